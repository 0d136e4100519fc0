import { describe, expect, it } from 'vitest';
import { describeConfig } from '../../../src/core/describeConfig.js';
import { readConfig } from '../../../src/core/readConfig.js';
import type { WorkflowPlan } from '../../../src/core/reports.js';
import { doctorText, doctorWords } from '../../../src/ui/commands/doctorText.js';
import { FIRST_CONFIG } from '../../../src/ui/commands/firstConfig.js';
import { commitPage, pullRequestPage, siblingPage } from '../../../src/ui/commands/forgePages.js';
import { policyOf } from '../../../src/ui/commands/policy.js';
import { progressWords } from '../../../src/ui/commands/progressWords.js';
import { byTarget, selectedEnhancements } from '../../../src/ui/commands/rows.js';
import { workflowQuestion, workflowTold } from '../../../src/ui/commands/workflowWords.js';
import { listing, quantity } from '../../../src/ui/quantity.js';
import type { EnhancementRow } from '../../../src/ui/tree/row.js';
import { incomingRow, overview } from './rows.js';

const policyFrom = (text: string) => {
  const { config, origins } = readConfig(text);
  return policyOf(describeConfig(config, origins));
};

describe('the policy that a person is told of', () => {
  it('is read from the lines of the configuration', () => {
    expect(policyFrom('{}')).toEqual({ autoMerge: true, maxRisk: 5, checks: null });
    const checks = '{"checks": [{"name": "a", "run": "x"}, {"name": "b", "run": "y"}]}';
    expect(policyFrom(`{"validate": ${checks}, "land": {"autoMerge": false}, "decide": {"maxRisk": 2.5}}`)).toEqual({
      autoMerge: false,
      maxRisk: 2.5,
      checks: 2,
    });
  });
});

describe('before the workflow is written', () => {
  const plan: WorkflowPlan = {
    ...{ root: '/srv/app', file: '.github/workflows/x.yml', there: 'nothing', cron: '17 * * * *', every: 3_600_000 },
    ...{ siblings: ['acme', 'globex'], left: [] },
  };

  it('a person reads how often it runs, for whom, what is left out, and that nothing runs before it is pushed', () => {
    const asked = workflowQuestion(plan);
    expect(asked).toMatchObject({ text: 'Write .github/workflows/x.yml?', yes: 'Write' });
    expect(asked?.detail).toContain('every hour for acme and globex');
    expect(asked?.detail).toContain('Nothing runs until you commit the file and push it.');
    expect(asked?.detail).not.toContain('Left out');
    const left = workflowQuestion({ ...plan, siblings: [], left: ['[x](command:y)'] })?.detail;
    expect(left).toContain('for no sibling yet');
    expect(left).toContain('Left out: [x] (command:y), which is a folder of this machine.');
  });

  it('is asked more plainly when somebody changed the file, and not at all when nothing would change', () => {
    expect(workflowQuestion({ ...plan, there: 'older' })?.yes).toBe('Write');
    expect(workflowQuestion({ ...plan, there: 'changed' })).toMatchObject({
      text: 'Overwrite .github/workflows/x.yml?',
      detail: expect.stringMatching(/^It was changed since AutoSync wrote it.*those changes are lost/),
      yes: 'Overwrite',
    });
    expect(workflowQuestion({ ...plan, there: 'same' })).toBeNull();
    expect([workflowTold(plan, true), workflowTold(plan, false)]).toEqual([
      'Wrote .github/workflows/x.yml. Commit it and push it.',
      '.github/workflows/x.yml is up to date.',
    ]);
  });
});

describe('progress', () => {
  it('names phase, sibling, what is done and how far it is', () => {
    const step = { phase: 'validate', sibling: 'acme', doing: 'test', done: 2, total: 5 } as const;
    expect(progressWords(step)).toBe('Validating acme: test (2 of 5)');
    expect(progressWords({ phase: 'decide', sibling: null, doing: 'all' })).toBe('Deciding: all');
    expect(progressWords(null)).toBe('Starting ...');
  });

  it('shows foreign text as plain text', () => {
    expect(progressWords({ phase: 'fetch', sibling: 'a', doing: '[x](command:y)' })).toBe('Asking a: [x] (command:y)');
  });
});

it('counts and lists as a person does', () => {
  expect([
    quantity(1, 'commit'),
    quantity(0, 'commit'),
    quantity(2000, 'commit'),
    quantity(2, 'repository', 'repositories'),
  ]).toEqual(['1 commit', '0 commits', '2,000 commits', '2 repositories']);
  expect([listing([]), listing(['a']), listing(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});

it('the first configuration is valid and names no sibling', () => {
  expect(readConfig(FIRST_CONFIG).config.siblings).toEqual([]);
});

it('the doctor tells what to mend first, in the words of the editor', () => {
  const findings = [
    { subject: 'git', state: 'good', what: 'version 2.50', mend: '' },
    { subject: 'siblings', state: 'bad', what: 'none', mend: 'Run `autosync init`.' },
  ] as const;
  const text = doctorText({ findings, toolchain: null });
  expect(text.indexOf('siblings')).toBeLessThan(text.indexOf('git'));
  expect(text).toContain('Run "AutoSync: Find Siblings".');
  expect([doctorWords([]), doctorWords(findings)]).toEqual(['All is well.', '1 thing to mend.']);
});

describe('pages of a forge', () => {
  const known = overview({
    siblings: [
      {
        name: 'acme',
        branch: 'main',
        address: 'https://github.com/org/acme.git',
        seenAt: null,
        error: null,
        notes: [],
        counts: {},
        commitPage: 'https://github.com/org/acme/commit/',
        folder: null,
      },
    ],
  });

  it('are those of a commit and of its repository', () => {
    expect(commitPage(known, incomingRow())).toBe(`https://github.com/org/acme/commit/${'a'.repeat(40)}`);
    expect(siblingPage(known, 'acme')).toBe('https://github.com/org/acme');
    expect(siblingPage(known, 'globex')).toBeNull();
  });

  const pageAt = (pullRequest: string | null, server = 'https://github.com'): string | null =>
    pullRequestPage(overview({ lands: { kind: 'branches', lacksToken: null, server } }), { pullRequest });

  it('are opened of pull requests on github.com and on the configured GitHub', () => {
    const page = 'https://github.com/org/app/pull/1';
    expect(pageAt(page)).toBe(page);
    expect(pageAt(page, 'https://git.example.com')).toBe(page);
    expect(pageAt('https://git.example.com/o/a/pull/1', 'https://git.example.com')).not.toBeNull();
    expect(pageAt('http://127.0.0.1:8080/o/a/pull/1', 'http://127.0.0.1:8080')).not.toBeNull();
    expect(pullRequestPage(null, { pullRequest: page })).toBe(page);
  });

  it('are not opened of anything else', () => {
    for (const server of ['http://x', 'https://u:p@x', 'file:///'])
      expect(pageAt(`${server}/o/a/pull/1`, server)).toBeNull();
    for (const bad of [
      'https://git.example.com/o/a/pull/1',
      'https://github.com.example.com/o/a/pull/1',
      'https://github.com:8443/o/a/pull/1',
      'http://github.com/o/a/pull/1',
      'https://u:p@github.com/o/a/pull/1',
      'command:workbench.action.quit',
      'file:///etc/passwd',
      'http://x/',
      'https://u:p@x/',
      'no',
      null,
    ])
      expect(pageAt(bad)).toBeNull();
  });
});

describe('rows of a selection', () => {
  const row = (id: string, target = 'one'): EnhancementRow => ({ kind: 'enhancement', id, target, row: incomingRow() });

  it('are all that are selected when the clicked one is among them, else the clicked one', () => {
    const [a, b, c] = [row('a'), row('b'), row('c', 'two')];
    expect(selectedEnhancements(a, [a, b, c])).toEqual([a, b, c]);
    expect(selectedEnhancements(a, [b, c])).toEqual([a]);
    expect(selectedEnhancements(a, undefined)).toEqual([a]);
    expect(selectedEnhancements(undefined, [a])).toEqual([]);
    expect([...byTarget([a, b, c])].map(([id, rows]) => [id, rows.length])).toEqual([
      ['one', 2],
      ['two', 1],
    ]);
  });
});
