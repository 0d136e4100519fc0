import { describe, expect, it } from 'vitest';
import { makeFamily } from '../support/family.js';

describe('the right to poll, as an engine asks for it', () => {
  it('is held again by who left it and asked in the same moment', async () => {
    const family = makeFamily();
    const [engine, other] = [family.engine(), family.engine()];
    expect(await engine.startPolling()).toBe(true);
    const left = engine.stopPolling();
    expect(await engine.startPolling()).toBe(true);
    await left;
    expect(await other.startPolling()).toBe(false);
    await engine.stopPolling();
    expect(await other.startPolling()).toBe(true);
    await other.stopPolling();
  });
});
