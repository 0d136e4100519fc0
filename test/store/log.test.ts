import { describe, expect, it } from 'vitest';
import { logLine } from '../../src/store/log.js';

const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]');

describe('a log line', () => {
  it('is one JSON object without secrets, however deep they lie', () => {
    const fields = { deep: [{ url: 'https://hunter2@x' }], cause: new Error('hunter2 failed') };
    const line = logLine(redact, 'now', 'warn', 'a\nhunter2', fields);
    expect(line).not.toContain('hunter2');
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({ at: 'now', level: 'warn', cause: { message: '[redacted] failed' } });
  });

  it('cannot be overwritten by a field and survives what is no JSON', () => {
    expect(JSON.parse(logLine(redact, 'now', 'info', 'real', { message: 'fake', big: 1n }))).toMatchObject({
      message: 'real',
      big: '1',
    });
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(JSON.parse(logLine(redact, 'now', 'info', 'real', circle))).toMatchObject({ level: 'info' });
  });
});
