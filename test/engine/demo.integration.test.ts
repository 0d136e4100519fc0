import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncomingCommit, RunReport } from '../../src/core/enhancement.js';
import { demoDeclines, runDemo } from '../../src/demo/demo.js';
import { DEMO_EXPECTED, type DemoExpectation } from '../../src/demo/expected.js';
import { createEngine } from '../../src/engine.js';
import { NEVER } from '../support/family.js';
import { git } from '../support/plainGit.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const before = process.env['PATH'];

/** The sample's checks are started with this project's own Node. */
beforeAll(() => {
  process.env['PATH'] = [resolve(import.meta.dirname, '../../node_modules/.bin'), before].join(delimiter);
});

afterAll(() => {
  process.env['PATH'] = before;
});

/** A row in the words in which the sample family says what it expects of it. */
function asExpected(row: IncomingCommit, expected: DemoExpectation): DemoExpectation {
  const { evidence } = row;
  const rule = evidence.kind === 'rule' ? [evidence.rule, ...evidence.files.map((file) => file.rule)] : [];
  return {
    sibling: expected.sibling,
    subject: row.subject,
    standing: row.standing,
    ...(rule.some((text) => expected.rule !== undefined && (text.startsWith(expected.rule) || text.includes('secret')))
      ? { rule: expected.rule ?? '' }
      : {}),
    ...(expected.veto !== undefined && row.vetoes.join(' ').includes(expected.veto) ? { veto: expected.veto } : {}),
    ...(evidence.kind === 'rejected' && evidence.failures[0] !== undefined
      ? { check: evidence.failures[0].check }
      : {}),
    ...(evidence.kind === 'conflict' && expected.needs !== undefined
      ? {
          needs: evidence.prerequisites.filter(({ standing }) => standing !== 'filtered').map(({ subject }) => subject),
        }
      : {}),
  };
}

function rowsOf(report: RunReport): readonly DemoExpectation[] {
  return report.siblings.flatMap(({ name, commits }) => {
    const expected = DEMO_EXPECTED.filter(({ sibling }) => sibling === name);
    const rowOf = (subject: string): IncomingCommit | undefined => commits.find((row) => row.subject === subject);
    const known = expected.flatMap((one) =>
      [rowOf(one.subject)].flatMap((row) => (row === undefined ? [] : [asExpected(row, one)])),
    );
    const more = commits.filter((row) => !expected.some(({ subject }) => subject === row.subject));
    return [
      ...known,
      ...more.map((row) => asExpected(row, { sibling: name, subject: row.subject, standing: row.standing })),
    ];
  });
}

describe('the sample family', () => {
  it('stands as it promises after a scan, a decline and a sync, and a later sync finds nothing new', async () => {
    const folder = join(temporaryFolder(), 'demo');
    await runDemo({ folder, json: true, say: () => undefined });
    const target = join(folder, 'target');
    const engine = createEngine({
      workspace: target,
      environment: {},
      cache: join(temporaryFolder(), 'cache'),
      progress: () => undefined,
    });
    await engine.scan({ signal: NEVER });
    for (const { sha, because } of await demoDeclines(folder)) await engine.decline(sha, { because, until: null });
    const report = await engine.sync({ dryRun: false, signal: NEVER });
    expect(rowsOf(report)).toEqual(DEMO_EXPECTED);
    expect(report.siblings.map(({ error }) => error)).toEqual([null, null, null]);
    expect(git(target, ['status', '--porcelain', '--untracked-files=no'])).toBe('');

    const refs = git(target, ['for-each-ref']);
    const second = await engine.sync({ dryRun: false, signal: NEVER });
    expect(second.siblings.map(({ unchanged }) => unchanged)).toEqual([true, true, true]);
    expect(git(target, ['for-each-ref'])).toBe(refs);
    const audit = await engine.audit({ signal: NEVER });
    expect(audit.siblings.map(({ problems }) => problems)).toEqual([[], [], []]);
  }, 400_000);
});
