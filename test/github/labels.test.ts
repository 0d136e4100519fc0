import { describe, expect, it } from 'vitest';
import { labelChanges } from '../../src/github/labels.js';

describe('labels', () => {
  it("are added where they lack; AutoSync's own are taken off, people's never", () => {
    const now = ['bug', 'risk:high', 'autosync:conflict', 'auto-sync'];
    expect(labelChanges(now, ['auto-sync', 'risk:low'])).toEqual({
      add: ['risk:low'],
      remove: ['risk:high', 'autosync:conflict'],
    });
  });

  it('are the same in capitals, as they are to GitHub', () => {
    expect(labelChanges(['Auto-Sync', 'Risk:Low'], ['auto-sync', 'risk:low'])).toEqual({ add: [], remove: [] });
  });
});
