import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isUntouched, type WorkflowParts, workflowText } from '../../src/core/workflowFile.js';
import { readWorkflow, workflowProblems } from '../support/workflowSyntax.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const textOf = (change: Partial<WorkflowParts> = {}): string =>
  workflowText({ branch: 'main', cron: '17 * * * *', writesActions: false, mergesItself: true, ...change }, digest);

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
    expect(pins.length).toBe(4);
    expect(pins.every(([, , , comment]) => /^ # v\d+\.\d+\.\d+$/.test(comment ?? ''))).toBe(true);
    const byAction = new Map(pins.map(([, action, sha]) => [action, sha]));
    expect(pins.every(([, action, sha]) => byAction.get(action) === sha)).toBe(true);
  });

  it.each([
    [true, 1],
    [false, 4],
  ])('goes on when one sibling fails; merging by itself is %s, so %i run at once', (mergesItself, most) => {
    expect(readWorkflow(textOf({ mergesItself })).jobs['sync']?.['strategy']).toMatchObject({
      'fail-fast': false,
      'max-parallel': most,
    });
  });

  it('brings what is remembered before it syncs, and keeps it whatever the run came to, by nothing but itself', () => {
    const steps = readWorkflow(textOf()).jobs['sync']?.steps ?? [];
    const at = (words: string): number => steps.findIndex(({ run }) => run?.includes(words) === true);
    expect([at('state --fetch') > 0, at('autosync sync') > at('state --fetch')]).toEqual([true, true]);
    expect(at('state --push')).toBe(steps.length - 1);
    expect(steps.at(-1)?.if).toBe("always() && steps.remembered.outcome == 'success'");
    expect(textOf()).not.toContain('cache@');
  });

  it('hands tokens to the steps that need them, and keys of AWS only when a variable names a secret there', () => {
    const steps = readWorkflow(textOf()).jobs['sync']?.steps ?? [];
    const having = (name: string) => steps.filter(({ env }) => env?.[name] !== undefined);
    const names = (name: string) => having(name).map((step) => step.name);
    const works = ['Bring what is remembered', 'Sync', 'Keep what is remembered'];
    expect(names('AUTOSYNC_SOURCE_TOKEN')).toEqual(['Sync', 'Keep what is remembered']);
    const [sync] = having('AUTOSYNC_SOURCE_TOKEN');
    expect(sync?.env?.['AUTOSYNC_SOURCE_ORIGIN']).toBe(`${'${{'} vars.AUTOSYNC_SOURCE_ORIGIN }}`);
    const told = having('AUTOSYNC_SOURCE_TOKEN').at(-1)?.env?.['AUTOSYNC_SOURCE_TOKEN'];
    expect(told).toBe(`${'${{'} secrets.AUTOSYNC_SOURCE_TOKEN && 'there is one' || '' }}`);
    for (const name of ['GITHUB_TOKEN', 'AUTOSYNC_AWS_SECRET_ID', 'AWS_ACCESS_KEY_ID'])
      expect(names(name)).toEqual(works);
    for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
      for (const { env } of having(name)) expect(env?.[name]).toMatch(/^\$\{\{ vars\.AUTOSYNC_AWS_SECRET_ID && /);
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
