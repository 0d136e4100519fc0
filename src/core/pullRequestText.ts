import { type Sha, shortSha } from './commit.js';
import type { IncomingCommit } from './enhancement.js';
import type { Lane } from './lane.js';
import { MOST_PICKS } from './pullRequestBlock.js';
import { riskLevel } from './risk.js';
import { sanitize } from './sanitize.js';
import type { ConflictFile, Evidence } from './standing.js';

/** An enhancement as a pull request tells of it. */
export interface OfferedRow {
  readonly commit: IncomingCommit;
  /** Its page on the sibling's forge; null when there is none. */
  readonly page: string | null;
}

/** What the text of a pull request is made of. */
export interface PullRequestParts {
  readonly sibling: string;
  readonly lane: Lane;
  /** The branch it is for, and the one it brings. */
  readonly base: string;
  readonly branch: string;
  readonly rows: readonly OfferedRow[];
  /** The pull request that has to be merged first; null: none. */
  readonly builtOn: number | null;
  readonly checks: readonly string[];
  readonly maxRisk: number;
  /** How a person fetches the sibling by hand: its URL or folder, and branch. */
  readonly source: string;
  /** For machines: the commit it builds on and the tree it leads to. */
  readonly head: Sha;
  readonly tree: Sha;
  readonly run: string;
}

/** Rows that are told of one by one; a body may be 65,536 characters long. */
const MOST_ROWS = 60;
const LONGEST = 55_000;
const NO_BREAK = '\u200b';

/**
 * Foreign text as code, on one line: no markup, no mention, no reference and no closing word in it takes effect
 * (design: reliability, T13).
 */
export function asCode(text: string, limit = 120): string {
  const plain = sanitize(text, limit).replaceAll('`', "'").replaceAll('|', '¦');
  const inert = plain
    .replaceAll('@', `@${NO_BREAK}`)
    .replace(/#(?=\d)/g, `#${NO_BREAK}`)
    // Put in between and not taken out: what stays would close up, and may be a comment's end again.
    .replace(/<(?=!--)|-(?=->)/g, `$&${NO_BREAK}`);
  return inert.trim() === '' ? '`(empty)`' : `\`${inert}\``;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** One line for the list of pull requests; nothing of it is the sibling's own words. */
export function pullRequestTitle({ sibling, lane, rows }: Pick<PullRequestParts, 'sibling' | 'lane' | 'rows'>): string {
  const improvements = counted(rows.length, 'improvement');
  switch (lane) {
    case 'auto':
      return `AutoSync: ${improvements} from ${sibling}`;
    case 'apply':
      return `AutoSync: ${improvements} from ${sibling}, applied by hand`;
    case 'review':
      return `AutoSync: ${improvements} from ${sibling} for review`;
    case 'conflict':
      return `AutoSync: ${counted(rows.length, 'conflict')} with ${sibling} to resolve`;
    case 'revert':
      return `AutoSync: take back what came by ${sibling}`;
  }
}

/** Labels of a pull request: ours, its highest risk, and whether it waits for somebody to resolve conflicts. */
export function pullRequestLabels({
  lane,
  rows,
  maxRisk,
}: Pick<PullRequestParts, 'lane' | 'rows' | 'maxRisk'>): readonly string[] {
  const highest = Math.max(0, ...rows.map(({ commit }) => commit.risk?.score ?? 0));
  return [
    'auto-sync',
    ...(lane === 'conflict' || lane === 'revert' ? [] : [`risk:${riskLevel(highest, maxRisk)}`]),
    ...(lane === 'conflict' ? ['autosync:conflict'] : []),
  ];
}

const introduction = ({ sibling, lane, base, rows, builtOn }: PullRequestParts): readonly string[] => {
  const what = `${counted(rows.length, 'improvement')} of the sibling \`${sibling}\``;
  const first = builtOn === null ? [] : ['', `It builds on #${builtOn}, which has to be merged first.`];
  switch (lane) {
    case 'auto':
      return [`${what}, proved to fit \`${base}\`: nothing new fails, and nothing forbids to merge them.`];
    case 'apply':
      return [`${what}, applied to \`${base}\` by a person.`];
    case 'review':
      return [`${what} for \`${base}\`. Nothing new fails; what a person should look at is said below.`, ...first];
    case 'conflict':
      return [`${counted(rows.length, 'commit')} of the sibling \`${sibling}\` conflict with \`${base}\`.`];
    case 'revert':
      return [`Takes back what AutoSync landed: \`${sibling}\`.`];
  }
};

const named = ({ commit, page }: OfferedRow): string => {
  const short = `\`${shortSha(commit.sha)}\``;
  return page === null ? short : `[${short}](${page})`;
};

function table(parts: PullRequestParts): readonly string[] {
  const lines = parts.rows.slice(0, MOST_ROWS).map((row) => {
    const { risk, subject } = row.commit;
    return `| ${named(row)} | ${asCode(subject)} | ${risk?.score ?? '-'} | ${row.commit.vetoes.length || '-'} |`;
  });
  const more = parts.rows.length - MOST_ROWS;
  return [
    '',
    '| commit | what | risk | vetoes |',
    '|---|---|---|---|',
    ...lines,
    ...(more > 0 ? ['', `... and ${more} more.`] : []),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];

const vetoLines = (rows: readonly OfferedRow[]): readonly string[] =>
  rows.flatMap((row) => row.commit.vetoes.map((veto) => `- ${named(row)}: ${asCode(veto, 300)}`));

const riskLines = (rows: readonly OfferedRow[]): readonly string[] =>
  rows.map((row) => {
    const items = (row.commit.risk?.items ?? []).filter(({ count }) => count > 0);
    const sum = items.map(({ reason, count, weight }) => `${count} ${reason} x ${weight}`).join(' + ');
    return `- ${named(row)}: ${row.commit.risk?.score ?? '-'}${sum === '' ? '' : ` = ${sum}`}`;
  });

const droppedLines = (rows: readonly OfferedRow[]): readonly string[] =>
  rows.flatMap((row) =>
    row.commit.files.dropped.slice(0, 10).map(({ path, rule }) => `- ${named(row)}: ${asCode(path)} (${asCode(rule)})`),
  );

type Conflict = Extract<Evidence, { kind: 'conflict' }>;

function conflictFile({ path, type, hunks, lastAuthorHere, lastAuthorThere }: ConflictFile): string {
  const lines = hunks.slice(0, 5).map(({ line }) => line);
  const where = lines.length === 0 ? '' : `, line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}`;
  const here = lastAuthorHere === null ? '' : `; last changed here by ${asCode(lastAuthorHere, 60)}`;
  const there = lastAuthorThere === null ? '' : `, there by ${asCode(lastAuthorThere, 60)}`;
  return `  - ${asCode(path, 200)} (${asCode(type, 40)}${where}${here}${there})`;
}

const conflictLines = (rows: readonly OfferedRow[]): readonly string[] =>
  rows.slice(0, MOST_ROWS).flatMap((row) => {
    const { evidence } = row.commit;
    if (evidence.kind !== 'conflict') return [];
    return [`- ${named(row)} ${asCode(row.commit.subject)}`, ...ofConflict(evidence)];
  });

const ofConflict = ({ files, prerequisites }: Conflict): readonly string[] => [
  ...files.slice(0, 10).map(conflictFile),
  ...prerequisites
    .slice(0, 5)
    .map(({ sha, subject }) => `  - it may build on \`${shortSha(sha)}\` ${asCode(subject)}, which is missing here`),
];

function howToResolve({ branch, source, rows }: PullRequestParts): readonly string[] {
  const [first] = rows;
  if (first === undefined) return [];
  return [
    '```sh',
    `git fetch origin ${branch} && git switch ${branch}`,
    `git fetch ${sanitize(source, 300).replaceAll('`', '')}`,
    `git cherry-pick -x ${rows
      .slice(0, 20)
      .map(({ commit }) => commit.sha)
      .join(' ')}`,
    '# resolve, git cherry-pick --continue, then',
    `git push origin ${branch}`,
    '```',
    '',
    'From the first commit of a person on, this branch is left alone. Or resolve them in the editor: AutoSync, Resolve Conflict.',
  ];
}

/** For machines: what stands on the branch. Object names, a name and a run of ours; never foreign text. */
const hidden = ({ sibling, lane, head, tree, run, rows }: PullRequestParts): string =>
  `<!-- autosync ${JSON.stringify({ sibling, lane, head, tree, run, picks: rows.slice(0, MOST_PICKS).map(({ commit }) => commit.sha) })} -->`;

/** The lines that fit, each of them whole: half a line of foreign text would no longer be code. */
function shortened(lines: readonly string[]): readonly string[] {
  let left = LONGEST;
  const end = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

/** What a pull request says; the same parts give the same text. */
export function pullRequestBody(parts: PullRequestParts): string {
  const isConflict = parts.lane === 'conflict';
  const checks = parts.checks.map((check) => asCode(check, 60)).join(', ');
  const lines = [
    ...introduction(parts),
    ...(isConflict || parts.rows.length === 0 ? [] : table(parts)),
    ...(isConflict || checks === '' ? [] : ['', `Checks that pass on it: ${checks}.`]),
    ...section('What forbids to merge them by themselves', isConflict ? [] : vetoLines(parts.rows)),
    ...section('Conflicts', isConflict ? conflictLines(parts.rows) : []),
    ...section('To resolve them', isConflict ? howToResolve(parts) : []),
    ...section('Files left out by rule', droppedLines(parts.rows)),
    ...section('Risk, itemised', isConflict ? [] : riskLines(parts.rows.slice(0, MOST_ROWS))),
    '',
    'Closing this pull request without merging it declines what it brings; reopening it takes that back.',
  ];
  return `${shortened(lines).join('\n')}\n\n${hidden(parts)}\n`;
}
