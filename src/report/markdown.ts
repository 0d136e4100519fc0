import { shortSha } from '../core/commit.js';
import type { IncomingCommit } from '../core/enhancement.js';
import type { RunState, StoredCommit } from '../core/facts.js';
import type { StatusReport } from '../core/reports.js';
import { type Evidence, STANDINGS, type Standing } from '../core/standing.js';
import { neutral } from './markdownText.js';
import { counted, countStandings } from './standingWords.js';
import { ruleOf, tally } from './tally.js';
import { momentOf } from './time.js';

/** What a report is made from. `date` as YYYY-MM-DD. */
export interface ReportFacts {
  readonly date: string;
  readonly status: StatusReport;
  readonly rows: readonly StoredCommit[];
}

const MOST_FAILURES = 10;
/** Conflicts told in full, the newest of each sibling: a fork that went its own way has thousands. */
const MOST_CONFLICTS = 30;

/** The report as Markdown: summary, what landed, what waits, conflicts, rejections, and what the rules kept out. */
export function renderMarkdown(facts: ReportFacts): string {
  const { date, status, rows } = facts;
  const of = (...standings: readonly Standing[]): readonly StoredCommit[] =>
    rows.filter(({ commit }) => standings.includes(commit.standing));
  const lines = [
    `# AutoSync report, ${date}`,
    '',
    `${neutral(status.target.branch)} at ${shortSha(status.target.head)}. ${lastRun(status.lastRun)}`,
    ...section('Summary', summaryTable(facts)),
    ...section('Siblings with trouble', trouble(status)),
    ...section('Landed', of('landed').map(landedItem)),
    ...section('Waits for a person', of('review').flatMap(waitingItem)),
    ...section('Conflicts', conflictItems(of('conflict'))),
    ...section('Rejected', of('rejected').flatMap(rejectedItem)),
    ...section('Not yet decided', of('candidate', 'waiting').map(reasonItem)),
    ...section('Declined', of('declined').map(reasonItem)),
    ...section('Filtered, by rule', ruleTable(of('filtered'))),
    ...section('Present already, by proof', ruleTable(of('present', 'cancelled'))),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function lastRun(run: RunState | null): string {
  if (run === null) return 'Nothing ran yet.';
  return `Last run: ${run.command}${run.dryRun ? ' (dry run)' : ''}, ${run.outcome}, ${momentOf(run.startedAt)}, run ${neutral(run.run)}.`;
}

function summaryTable({ status, rows }: ReportFacts): readonly string[] {
  const present = countStandings(rows.map(({ commit }) => commit));
  const used = STANDINGS.filter((standing) => (present[standing] ?? 0) > 0);
  const names = [...new Set([...status.siblings.map(({ name }) => name), ...rows.map(({ sibling }) => sibling)])];
  if (names.length === 0) return ['No siblings are configured.'];
  const cells = (name: string): readonly string[] => {
    const counts = countStandings(rows.filter(({ sibling }) => sibling === name).map(({ commit }) => commit));
    const total = rows.filter(({ sibling }) => sibling === name).length;
    return [neutral(name), ...used.map((standing) => String(counts[standing] ?? 0)), String(total)];
  };
  return [tableRow(['sibling', ...used, 'all']), rule(used.length + 1), ...names.map((name) => tableRow(cells(name)))];
}

const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The line under a table's head: text to the left, numbers to the right. */
const rule = (numbers: number): string => tableRow(['---', ...Array.from({ length: numbers }, () => '---:')]);

function trouble({ siblings }: StatusReport): readonly string[] {
  return siblings.flatMap(({ name, error }) => (error === null ? [] : [`- **${neutral(name)}**: ${neutral(error)}`]));
}

/** The head of an item: sha, title, sibling, author, risk. */
function item({ sibling, commit }: StoredCommit): string {
  const risk = commit.risk === null ? '' : `, risk ${commit.risk.score}`;
  const who = `${neutral(sibling, 100)}, ${neutral(commit.author, 100)}, ${momentOf(commit.date).slice(0, 10)}${risk}`;
  return `- \`${shortSha(commit.sha)}\` ${neutral(commit.subject)} (${who})`;
}

function landedItem(row: StoredCommit): string {
  const { landed } = row.commit;
  return landed === null ? item(row) : `${item(row)}, landed as \`${shortSha(landed)}\``;
}

const detail = (text: string): string => `  - ${text}`;

const reasonItem = (row: StoredCommit): string => `${item(row)}: ${neutral(row.commit.reason)}`;

function waitingItem(row: StoredCommit): readonly string[] {
  const { reason, vetoes, pullRequest } = row.commit;
  return [
    item(row),
    detail(neutral(reason)),
    ...vetoes.filter((veto) => !reason.includes(veto)).map((veto) => detail(`Veto: ${neutral(veto)}`)),
    ...(pullRequest === null ? [] : [detail(`Pull request: ${link(pullRequest)}`)]),
  ];
}

/** A web address as a link; anything else stays text. */
function link(address: string): string {
  return /^https:\/\/[\w./:-]+$/.test(address) ? `<${address}>` : neutral(address);
}

function conflictItems(rows: readonly StoredCommit[]): readonly string[] {
  const newest = new Set(
    [...new Set(rows.map(({ sibling }) => sibling))].flatMap((name) =>
      rows.filter(({ sibling }) => sibling === name).slice(-MOST_CONFLICTS),
    ),
  );
  const short = rows.length - newest.size;
  const note = `${counted(short, 'older conflict')} below by title alone: \`autosync explain\` says more of each.`;
  const items = rows.flatMap((row) => (newest.has(row) ? conflictItem(row) : [item(row)]));
  return short === 0 ? items : [note, '', ...items];
}

function conflictItem(row: StoredCommit): readonly string[] {
  const evidence = evidenceOf(row.commit, 'conflict');
  const files = evidence?.files.map(({ path, type, hunks }) =>
    detail(`${neutral(path)}: ${neutral(type)}, ${counted(hunks.length, 'place')}`),
  );
  const needs = evidence?.prerequisites.map(({ sha, subject, standing }) =>
    detail(`needs \`${shortSha(sha)}\` ${neutral(subject)} (${standing})`),
  );
  return [item(row), detail(neutral(row.commit.reason)), ...(files ?? []), ...(needs ?? [])];
}

function rejectedItem(row: StoredCommit): readonly string[] {
  const failures = evidenceOf(row.commit, 'rejected')?.failures ?? [];
  const shown = failures
    .slice(0, MOST_FAILURES)
    .map(({ check, name, file, message }) =>
      detail(
        `**${neutral(check)}**: ${neutral(name)}${file === null ? '' : ` in ${neutral(file)}`}: ${neutral(message)}`,
      ),
    );
  const more = failures.length - shown.length;
  return [item(row), detail(neutral(row.commit.reason)), ...shown, ...(more > 0 ? [detail(`and ${more} more`)] : [])];
}

function evidenceOf<Kind extends Evidence['kind']>(
  { evidence }: IncomingCommit,
  kind: Kind,
): Extract<Evidence, { readonly kind: Kind }> | null {
  const isKind = (one: Evidence): one is Extract<Evidence, { readonly kind: Kind }> => one.kind === kind;
  return isKind(evidence) ? evidence : null;
}

function ruleTable(rows: readonly StoredCommit[]): readonly string[] {
  if (rows.length === 0) return [];
  const tallies = tally(rows.map(({ commit }) => ruleOf(commit)));
  return [
    tableRow(['why', 'commits']),
    rule(1),
    ...tallies.map(({ label, count }) => tableRow([neutral(label), String(count)])),
  ];
}
