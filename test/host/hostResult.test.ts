import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostLine, judgeHost } from './hostResult.js';

const PASSED: HostLine = { kind: 'passed', title: 'a command runs', milliseconds: 2 };
const FAILED: HostLine = { kind: 'failed', title: 'a view shows', milliseconds: 3, error: 'Error: no view' };

describe('a run of the host suite', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'autosync-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const judge = (lines: readonly HostLine[]): ReturnType<typeof judgeHost> => {
    const file = join(folder, 'result.jsonl');
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return judgeHost(file, 'exit 0');
  };

  it('passes when tests ran to the end and none failed', () => {
    expect(judge([PASSED, { kind: 'ended', failures: 0 }])).toMatchObject({ passed: 1, failed: 0 });
  });

  it('fails by each test that failed, and says why', () => {
    const result = judge([PASSED, FAILED, { kind: 'ended', failures: 1 }]);
    expect(result).toMatchObject({
      passed: 1,
      failed: 1,
      failures: [{ name: 'a view shows', message: 'Error: no view' }],
    });
    expect(result.text).toMatch(/FAIL a view shows[\s\S]*Error: no view/);
  });

  it('fails when the host died in the middle, although that exits with 0', () => {
    expect(judge([PASSED])).toMatchObject({ passed: 1, failed: 1 });
  });

  it('fails when no test ran', () => {
    expect(judge([{ kind: 'ended', failures: 0 }])).toMatchObject({ passed: 0, failed: 1 });
    expect(judgeHost(join(folder, 'missing'), 'exit 0')).toMatchObject({ passed: 0, failed: 1 });
  });
});
