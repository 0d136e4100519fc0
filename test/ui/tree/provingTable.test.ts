import { describe, expect, it } from 'vitest';
import type { EndedCheck } from '../../../src/ui/state/proving.js';
import { provingTable } from '../../../src/ui/tree/provingTable.js';

const ended = (more: Partial<EndedCheck> = {}): EndedCheck => ({
  check: 'test',
  status: 'passed',
  tests: { passed: 12, failed: 0 },
  milliseconds: 3_400,
  remembered: false,
  failures: [],
  more: 0,
  flaky: [],
  ...more,
});

describe('the table of checks in a tooltip', () => {
  it('has a row for every check that ended, and says which one runs', () => {
    const failure = { check: 'test', name: 'sums', file: 'a.test.js', message: 'expected 3' };
    const failed = ended({ check: 'unit', status: 'failed', tests: { passed: 2, failed: 1 }, failures: [failure] });
    const text = provingTable({ checking: 'build', ended: [ended({ remembered: true }), failed] });
    expect(text).toMatch(/^Checking: build\n\n\| Check \| Outcome \| Tests \| Time \|\n/);
    expect(text).toContain('| test | passed | 12 passed | remembered |');
    expect(text).toContain('| unit | failed | 2 passed, 1 failed | 3.4 s |');
    expect(text).toContain('unit breaks sums in a&#46;test&#46;js&#58; expected 3');
  });

  it('shows what checks print as text, never as markup', () => {
    const evil = '[x](command:workbench.action.terminal.sendSequence) | <img src=x onerror=alert(1)> \u001b[2J';
    const failure = { check: evil, name: evil, file: evil, message: evil };
    const text = provingTable({ checking: evil, ended: [ended({ check: evil, failures: [failure], flaky: [evil] })] });
    expect(text).not.toMatch(/[[\]<>`\u001b]|\(command/);
    expect(
      text
        ?.split('\n')
        .find((line) => line.includes('passed'))
        ?.split('|'),
    ).toHaveLength(6);
  });

  it('is none where nothing was checked', () => {
    expect(provingTable({ checking: null, ended: [] })).toBeNull();
  });
});
