import { shortSha } from '../../core/commit.js';
import type { IncomingCommit, SiblingReport } from '../../core/enhancement.js';
import { STANDINGS, type Standing } from '../../core/standing.js';
import { counted, countStandings, countWords, SYMBOLS, summaryOf } from '../standingWords.js';
import { ruleOf, tally } from '../tally.js';
import { cut, hang, widthOf, wrap } from './layout.js';
import type { Page } from './page.js';
import { standingRows } from './rows.js';

/** Standings that need nobody: one line for all of them, unless `--verbose`. */
const FOLDED: ReadonlySet<Standing> = new Set(['present', 'cancelled', 'declined', 'filtered']);
const MOST_RULES = 6;
const UNCONVENTIONAL = 'type: not a conventional commit';

/** What a run says of one sibling: heading, errors and notes, the rows that matter, and the rest in one line each. */
export function siblingLines(sibling: SiblingReport, page: Page, landedNow: boolean): readonly string[] {
  const fold = sibling.unchanged && !page.verbose;
  const rows = fold ? [] : STANDINGS.flatMap((standing) => standingLines(standing, sibling.commits, page, landedNow));
  return [...headingLines(sibling, page), ...remarks(sibling, page), ...rows, ...typeAdvice(sibling, page)];
}

/** Who does not write conventional commits sees nearly all of them filtered: then one key of the policy matters. */
function typeAdvice({ unchanged, commits }: SiblingReport, page: Page): readonly string[] {
  const other = commits.filter(({ evidence }) => evidence.kind === 'rule' && evidence.rule === UNCONVENTIONAL).length;
  if (unchanged || other * 2 <= commits.length) return [];
  const words = `${other} of ${counted(commits.length, 'commit')} are not conventional ones (fix: ..., feat: ...); "filter": { "types": ["*"] } in .autosync/config.json takes every commit.`;
  return hang('note: ', words, page.columns, 2);
}

function headingLines(sibling: SiblingReport, page: Page): readonly string[] {
  const { paint } = page;
  const name = cut(sibling.name, 40);
  const at = cut([sibling.branch ?? '', sibling.tip === null ? '' : shortSha(sibling.tip)].join(' ').trim(), 50);
  const news = sibling.unchanged ? 'unchanged since the last run; ' : '';
  const counts =
    sibling.error !== null && sibling.commits.length === 0
      ? ''
      : `${news}${summaryOf(countStandings(sibling.commits))}`;
  const head = [paint.bold(name), ...(at === '' ? [] : [at])].join('  ');
  const room = page.columns - widthOf(`${name}  ${at}  `);
  if (widthOf(counts) <= room) return [`${head}  ${counts}`.trimEnd()];
  return [head, ...wrap(counts, page.columns, 2)];
}

function remarks({ error, notes }: SiblingReport, page: Page): readonly string[] {
  const wrong = error === null ? [] : hang('✗ ', error, page.columns, 2).map((line) => page.paint.red(line));
  return [...wrong, ...notes.flatMap((note) => hang('note: ', note, page.columns, 2))];
}

function standingLines(
  standing: Standing,
  commits: readonly IncomingCommit[],
  page: Page,
  landedNow: boolean,
): readonly string[] {
  const own = commits.filter((commit) => commit.standing === standing);
  if (own.length === 0) return [];
  const folded = FOLDED.has(standing) || (standing === 'landed' && !landedNow);
  if (folded && !page.verbose) return foldedLines(standing, own, page);
  return standingRows(standing, own, page);
}

function foldedLines(standing: Standing, commits: readonly IncomingCommit[], page: Page): readonly string[] {
  const rules = tally(commits.map(ruleOf));
  const named = rules
    .slice(0, MOST_RULES)
    .map(({ label, count }) => (rules.length === 1 ? label : `${label} (${count})`));
  const more = rules.length > MOST_RULES ? [counted(rules.length - MOST_RULES, 'other reason')] : [];
  const text = [...named, ...more].join(', ');
  const label = `${SYMBOLS[standing]} ${countWords(standing, commits.length)}: `;
  return hang(label, text, page.columns, 2).map((line) => page.paint.dim(line));
}
