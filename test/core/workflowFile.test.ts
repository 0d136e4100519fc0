import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isUntouched, workflowText } from '../../src/core/workflowFile.js';
import { readWorkflow, workflowProblems } from '../support/workflowSyntax.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const textOf = (change: { readonly branch?: string; readonly writesActions?: boolean } = {}): string =>
  workflowText({ branch: 'main', cron: '17 * * * *', writesActions: false, ...change }, digest);

describe('the workflow', () => {
  it.each(['main', 'release/2.x', "it's-{odd}-#1", 'a"b', '$x'])(
    'keeps to the syntax of GitHub for the branch %s',
    (branch) => {
      const text = textOf({ branch });
      expect(workflowProblems(text)).toEqual([]);
      const { jobs, concurrency } = readWorkflow(text);
      expect(jobs['sync']?.steps[0]?.with).toMatchObject({ ref: branch, 'persist-credentials': false });
      expect(concurrency).toEqual({ group: `autosync-${branch}`, 'cancel-in-progress': false });
    },
  );

  it('would be found out if an action were not pinned, a key unknown or an expression in a script', () => {
    const broken = textOf()
      .replace(/checkout@[0-9a-f]{40}/, 'checkout@v6')
      .replace('timeout-minutes: 120', 'timeout-minute: 120')
      .replace('autosync sync "--sibling=$SIBLING"', `autosync sync "--sibling=${'${{'} matrix.sibling }}"`);
    expect(workflowProblems(broken)).toEqual([
      'siblings[0]: actions/checkout@v6 is not pinned to a commit',
      'sync: unknown key "timeout-minute"',
      'sync[4]: an expression in a script',
    ]);
  });

  it('refuses a branch that a workflow would read as an expression', () => {
    expect(() => textOf({ branch: `a${'${{'}github.token}}` })).toThrow('in it as an expression');
  });

  it('may read only, but for the job that lands, which may write to Actions only when it follows the chain', () => {
    const { permissions, jobs } = readWorkflow(textOf());
    expect(permissions).toEqual({});
    expect(jobs['siblings']?.permissions).toEqual({ contents: 'read' });
    const writes = (text: string) =>
      Object.entries(readWorkflow(text).jobs['sync']?.permissions ?? {}).flatMap(([key, level]) =>
        level === 'write' ? [key] : [],
      );
    expect(writes(textOf())).toEqual(['contents', 'pull-requests']);
    expect(writes(textOf({ writesActions: true }))).toEqual(['contents', 'pull-requests', 'actions']);
  });

  it('names the version of every pinned action, and the same commit everywhere', () => {
    const pins = [...textOf().matchAll(/uses: ([\w-]+\/[\w-]+)[\w/-]*@([0-9a-f]{40})(.*)/g)];
    expect(pins.length).toBe(6);
    expect(pins.every(([, , , comment]) => /^ # v\d+\.\d+\.\d+$/.test(comment ?? ''))).toBe(true);
    const byAction = new Map(pins.map(([, action, sha]) => [action, sha]));
    expect(pins.every(([, action, sha]) => byAction.get(action) === sha)).toBe(true);
  });

  it('runs one sibling after the other and goes on when one fails', () => {
    expect(readWorkflow(textOf()).jobs['sync']?.['strategy']).toMatchObject({ 'fail-fast': false, 'max-parallel': 1 });
  });
});

describe('the seal', () => {
  it('holds with other ends of lines, and is broken by any change', () => {
    const text = textOf();
    expect(isUntouched(text, digest)).toBe(true);
    expect(isUntouched(text.replaceAll('\n', '\r\n'), digest)).toBe(true);
    expect(isUntouched(text.replace('17 *', '18 *'), digest)).toBe(false);
    expect(isUntouched('name: mine\n', digest)).toBe(false);
    expect(isUntouched('', digest)).toBe(false);
  });
});
