import type { IncomingCommit, RunReport, SiblingReport } from '../../src/core/enhancement.js';
import type { ChainState, Decision, LandingState, RunState } from '../../src/core/facts.js';
import type {
  AuditReport,
  DoctorReport,
  Explanation,
  InitReport,
  StatusReport,
  WorkflowReport,
} from '../../src/core/reports.js';
import type { SharedStateReport } from '../../src/core/sharedState.js';
import type { Page, Paint } from '../../src/report/terminal/page.js';

/** An object name that looks like one and is the same for the same number. */
export const shaOf = (number: number): string =>
  ((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0').padEnd(40, 'd1f8a3');

/** The moment at which everything here is looked at. */
export const NOW = Date.parse('2026-03-02T12:00:00Z');

const same = (text: string): string => text;

/** A paint that leaves text as it is. */
export const UNPAINTED: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

/** A page without colours. */
export function pageOf(change: Partial<Page> = {}): Page {
  return { columns: 80, paint: UNPAINTED, verbose: false, now: NOW, ...change };
}

/** The risk of a commit that changes some files and breaks nothing. */
export const riskOf = (files: number): IncomingCommit['risk'] => ({
  score: files,
  items: [
    { reason: 'files changed', count: files, weight: 1 },
    { reason: 'new type errors', count: 0, weight: 3 },
    { reason: 'new test failures', count: 0, weight: 5 },
    { reason: 'prisma schema or migration touched', count: 0, weight: 2 },
  ],
});

/** An incoming commit, a candidate unless changed. */
export function commitOf(number: number, change: Partial<IncomingCommit> = {}): IncomingCommit {
  return {
    sha: shaOf(number),
    subject: 'fix(cart): put the same product on one line',
    author: 'A. Writer',
    date: '2026-02-18T09:30:00Z',
    type: 'fix',
    scope: 'cart',
    breaking: false,
    standing: 'candidate',
    reason: 'It picks cleanly; `autosync sync` validates it.',
    evidence: { kind: 'candidate', tree: shaOf(900 + number), needs: [] },
    forecast: 'clean',
    files: { kept: ['src/cart/cart.ts', 'test/cart.test.ts'], dropped: [] },
    partial: false,
    risk: riskOf(2),
    vetoes: [],
    verdict: 'auto-merge',
    landed: null,
    pullRequest: null,
    ...change,
  };
}

/** A commit that waits for a person, with vetoes. */
export const REVIEW = commitOf(1, {
  subject: 'feat(checkout)!: ask for the country before the address, so that the form fits it',
  type: 'feat',
  scope: 'checkout',
  breaking: true,
  standing: 'review',
  reason: 'It says that it is a breaking change. Its risk of 7 is above 5.',
  vetoes: [
    'It says that it is a breaking change.',
    'It touches package.json, which changes dependencies or what installing runs.',
  ],
  verdict: 'review',
  risk: riskOf(7),
  evidence: {
    kind: 'review',
    branch: 'autosync/acme',
    pick: shaOf(21),
    tree: shaOf(22),
    checks: ['typecheck', 'test'],
  },
  pullRequest: 'https://github.com/org/app/pull/12',
});

/** A commit that does not pick cleanly. */
export const CONFLICT = commitOf(2, {
  subject: 'fix(invoice): round each line before the sum',
  scope: 'invoice',
  standing: 'conflict',
  reason: `It does not pick cleanly in src/invoice.ts. It builds on ${shaOf(3).slice(0, 10)} refactor(invoice): split the totals.`,
  forecast: 'conflict',
  verdict: null,
  risk: null,
  evidence: {
    kind: 'conflict',
    files: [
      {
        path: 'src/invoice.ts',
        type: 'contents',
        hunks: [
          {
            line: 41,
            ours: ['  const sum = lines.reduce((total, line) => total + line.price, 0);'],
            theirs: [
              '  const sum = totals(lines).reduce((total, line) => total + round(line), 0);',
              '',
              '\treturn sum;',
            ],
          },
        ],
        lastAuthorHere: 'B. Keeper',
        lastAuthorThere: 'A. Writer',
      },
    ],
    prerequisites: [
      {
        sha: shaOf(3),
        subject: 'refactor(invoice): split the totals',
        standing: 'filtered',
        paths: ['src/invoice.ts'],
      },
    ],
  },
});

/** A commit that breaks a test and a type. */
export const REJECTED = commitOf(4, {
  subject: 'perf(search): keep the index between two questions',
  type: 'perf',
  scope: 'search',
  standing: 'rejected',
  reason: 'It brings 1 new type error and 1 new test failure that the target does not have.',
  verdict: 'rejected',
  risk: {
    score: 11,
    items: [
      { reason: 'files changed', count: 3, weight: 1 },
      { reason: 'new type errors', count: 1, weight: 3 },
      { reason: 'new test failures', count: 1, weight: 5 },
    ],
  },
  evidence: {
    kind: 'rejected',
    failures: [
      {
        check: 'typecheck',
        name: 'TS2345',
        file: 'src/search.ts',
        message: "Argument of type 'string' is not assignable to parameter of type 'Query'.",
      },
      {
        check: 'test',
        name: 'search > forgets the index when the catalogue changes',
        file: 'test/search.test.ts',
        message: 'expected 3 to be 4',
      },
    ],
    because: null,
  },
});

const filteredBy = (number: number, rule: string, subject: string): IncomingCommit =>
  commitOf(number, {
    subject,
    type: 'docs',
    scope: null,
    standing: 'filtered',
    reason: 'Its type "docs" is not among feat, fix, perf, refactor.',
    evidence: { kind: 'rule', rule, files: rule.startsWith('deny') ? [{ path: '.env.production', rule }] : [] },
    forecast: null,
    risk: null,
    verdict: null,
  });

/** One commit of every standing. */
export const EVERY_STANDING: readonly IncomingCommit[] = [
  filteredBy(5, 'type: docs', 'docs: say what the shop sells'),
  filteredBy(6, 'type: docs', 'docs: a picture of the family'),
  filteredBy(7, 'deny list: environment file (.env*)', 'fix(env): point at the new server'),
  commitOf(8, {
    standing: 'present',
    reason: `The target has it as ${shaOf(31).slice(0, 10)}.`,
    evidence: { kind: 'present', by: 'patch-id', in: shaOf(31) },
  }),
  commitOf(9, {
    standing: 'cancelled',
    reason: 'The sibling took it back.',
    evidence: { kind: 'cancelled', by: shaOf(32) },
  }),
  commitOf(10, {
    subject: 'feat(catalog): 新しい商品を一番上に表示する 🎉 and keep the order of the rest',
    type: 'feat',
    scope: 'catalog',
    standing: 'waiting',
    reason: 'It is younger than 36h; it is taken up after 2026-03-03T00:00:00Z.',
    evidence: { kind: 'waiting', because: 'min-age', until: '2026-03-03T00:00:00Z' },
    date: '2026-03-02T08:00:00Z',
  }),
  CONFLICT,
  commitOf(11, { subject: 'repair the login', type: null, scope: null }),
  REJECTED,
  REVIEW,
  commitOf(12, {
    subject: 'feat(search): find names with accents by plain letters',
    type: 'feat',
    scope: 'search',
    standing: 'landed',
    reason: `It landed as ${shaOf(33).slice(0, 10)}: risk 2 of at most 5, nothing new fails, and no veto.`,
    evidence: { kind: 'landed', pick: shaOf(33), tree: shaOf(34), how: 'auto-merge' },
    landed: shaOf(33),
  }),
  commitOf(13, {
    standing: 'declined',
    reason: 'B. Keeper declined it: we have our own cart',
    evidence: { kind: 'declined', by: 'B. Keeper', because: 'we have our own cart', until: null },
  }),
];

/** What a run says of one sibling. */
export function siblingOf(name: string, change: Partial<SiblingReport> = {}): SiblingReport {
  return { name, branch: 'main', tip: shaOf(50), error: null, notes: [], unchanged: false, commits: [], ...change };
}

/** A run over one sibling with everything, one that failed and one that is unchanged. */
export function runOf(change: Partial<RunReport> = {}): RunReport {
  return {
    run: '20260302-120000-7f3a',
    command: 'sync',
    dryRun: false,
    startedAt: '2026-03-02T11:59:30.000Z',
    endedAt: '2026-03-02T11:59:52.400Z',
    target: { branch: 'main', head: shaOf(60), landedHead: shaOf(61) },
    siblings: [
      siblingOf('acme', {
        commits: EVERY_STANDING,
        notes: ['Its history was rewritten since the last run (force-push).'],
      }),
      siblingOf('globex', {
        branch: null,
        tip: null,
        error:
          'Sibling "globex" could not be reached after 3 attempts: the name is not known. Check the network and the address in .autosync/config.json; the next run tries again.',
      }),
      siblingOf('initech', { unchanged: true, commits: [commitOf(14)] }),
    ],
    notes: ['The check "lint" fails on the target already; only what it does not print already counts.'],
    ...change,
  };
}

/** A landing that can be undone. */
export const LANDING: LandingState = {
  id: 'landing-1',
  run: '20260301-080000-11aa',
  sibling: 'acme',
  at: '2026-03-01T08:00:10Z',
  phase: 'done',
  how: 'auto-merge',
  refs: [{ ref: 'refs/heads/main', before: shaOf(59), after: shaOf(60) }],
  picks: [{ origin: shaOf(12), pick: shaOf(33) }],
};

const LAST_RUN: RunState = {
  run: '20260302-090000-22bb',
  command: 'sync',
  dryRun: false,
  startedAt: '2026-03-02T09:00:00Z',
  endedAt: '2026-03-02T09:00:12Z',
  outcome: 'partly',
  targetBefore: shaOf(59),
  targetAfter: shaOf(60),
  counts: { review: 1, conflict: 1, filtered: 3 },
};

/** A chain whose deployment failed and is taken back. */
export const CHAIN: ChainState = {
  head: shaOf(60),
  run: 'run-60',
  landings: ['landing-60'],
  since: '2026-03-02T09:00:12Z',
  state: 'failed',
  workflow: null,
  watched: { head: shaOf(60), after: 0 },
  stages: [
    { stage: 'build', state: 'passed', page: 'https://github.com/org/app/actions/runs/1/job/2' },
    { stage: 'deploy', state: 'failed', page: 'https://github.com/org/app/actions/runs/1/job/3' },
  ],
  retried: [],
  told: [],
  revert: 61,
  report: null,
  outcome: 'The deployment failed; pull request #61 takes back what landed.',
};

/** A status with what waits, a failing sibling and a landing. */
export const STATUS: StatusReport = {
  target: { root: '/home/someone/projects/app', branch: 'main', head: shaOf(60) },
  chains: [CHAIN],
  siblings: [
    {
      name: 'acme',
      branch: 'main',
      address: 'https://github.com/org/app-acme.git',
      seenAt: '2026-03-02T09:00:04Z',
      error: null,
      notes: [],
      counts: { review: 1, conflict: 1, rejected: 1, landed: 4, filtered: 12 },
      waiting: [CONFLICT, REVIEW],
    },
    {
      name: 'globex',
      branch: null,
      address: '../app-globex',
      seenAt: null,
      error: 'It was not there.',
      notes: ['a note'],
      counts: {},
      waiting: [],
    },
  ],
  lastRun: LAST_RUN,
  nextRun: '2026-03-02T12:20:00Z',
  landings: [LANDING],
  health: { source: 'database', notes: [], generation: 41 },
};

const DECISION: Decision = {
  sibling: 'acme',
  sha: shaOf(1),
  patchId: null,
  subject: REVIEW.subject,
  kind: 'declined',
  by: 'B. Keeper',
  because: 'not before the release',
  at: '2026-02-20T10:00:00Z',
  until: '2026-03-01T00:00:00Z',
};

/** A person's word. */
export { DECISION };

/** Everything known about one commit. */
export function explanationOf(commit: IncomingCommit): Explanation {
  return {
    sibling: 'acme',
    commit,
    message: `${commit.subject}\n\nThe form asked for a postcode before it knew the country.\n\nRefs: #12`,
    decisions: [DECISION],
    landings: [LANDING],
    next: [`\`autosync apply ${commit.sha.slice(0, 10)}\` lands it on your word.`],
  };
}

/** An audit with a problem. */
export const AUDIT: AuditReport = {
  siblings: [
    {
      name: 'acme',
      tip: shaOf(50),
      total: 132,
      counts: { ancestor: 120, landed: 4, filtered: 7, unaccounted: 1 },
      problems: [`${shaOf(70).slice(0, 10)} has no account: it is newer than the last scan.`],
      rows: [
        {
          sha: shaOf(70),
          subject: 'fix: newer than the scan',
          account: 'unaccounted',
          reason: 'It is newer than the last scan.',
        },
      ],
    },
    { name: 'a-sibling-with-a-long-name', tip: null, total: 0, counts: {}, problems: [], rows: [] },
  ],
};

/** A diagnosis with one finding of each state. */
export const DOCTOR: DoctorReport = {
  findings: [
    { subject: 'git', state: 'good', what: '2.39.5', mend: '' },
    {
      subject: 'AUTOSYNC_SOURCE_TOKEN',
      state: 'warning',
      what: 'not set, so private siblings cannot be read',
      mend: 'Set it to a token that may read them.',
    },
    {
      subject: 'sibling globex',
      state: 'bad',
      what: 'could not be reached',
      mend: 'Check "path" in .autosync/config.json.',
    },
  ],
  toolchain: {
    checks: [
      {
        name: 'typecheck',
        kind: 'type-check',
        run: 'npm run typecheck',
        reads: 'tsc',
        because: 'package.json script "typecheck"',
      },
      { name: 'test', kind: 'test', run: 'npm test', reads: 'vitest', because: 'package.json script "test"' },
    ],
    install: { command: 'npm ci --ignore-scripts', key: 'k', because: 'package-lock.json (npm)' },
    notes: ['There is no script named "lint".'],
  },
};

/** What `init` found. */
export const INIT: InitReport = {
  file: '.autosync/config.json',
  written: true,
  found: [
    { name: 'app-acme', path: '../app-acme', url: null, branch: 'main', because: 'shares 120 commits' },
    {
      name: 'upstream',
      path: null,
      url: 'https://github.com/org/template.git',
      branch: null,
      because: 'is a remote of this repository',
    },
  ],
  looked: ['4 folders beside this one', 'the remotes origin and upstream'],
};

/** Text that does harm where it is printed as it is (reliability T12, T13). */
export const HOSTILE =
  '\x1b[2J\x1b]8;;http://evil\x07x\x1b]52;c;ZXZpbA==\x07\x9b31m\r\n\u202e\u2066\u200b<img src=x onerror=alert(1)>|`code`[a](command:evil) @org/all <!channel> Closes #1 \ud800';

/** The same data with the hostile text at the end of every text, but for words that the program itself chose. */
export function poisoned<Data>(data: Data, key = ''): Data {
  const chosen = [
    'kind',
    'standing',
    'account',
    'state',
    'command',
    'source',
    'by',
    'because',
    'forecast',
    'verdict',
    'phase',
    'how',
    'outcome',
    'date',
    'at',
    'startedAt',
    'endedAt',
    'seenAt',
    'nextRun',
  ];
  if (typeof data === 'string')
    return (chosen.includes(key) && !data.includes(' ') ? data : `${data}${HOSTILE}`) as Data;
  if (Array.isArray(data)) return data.map((item) => poisoned(item, key)) as Data;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, poisoned(value, name)])) as Data;
}

/** A workflow that was written for one sibling; the other one is a folder. */
export const WORKFLOW: WorkflowReport = {
  file: '.github/workflows/auto-sync-from-siblings.yml',
  written: true,
  cron: '17 * * * *',
  every: 3_600_000,
  siblings: ['acme'],
  left: ['globex'],
};

/** What came of every way in which the fetch of a shared state can end. */
export const SHARED: SharedStateReport = {
  direction: 'fetch',
  siblings: [
    { sibling: 'acme', ref: 'refs/autosync/state/acme/main', outcome: 'taken', why: null },
    { sibling: 'globex', ref: 'refs/autosync/state/globex/main', outcome: 'refused', why: 'its checksum is wrong' },
  ],
  notes: [],
};
