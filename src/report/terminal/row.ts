import { shortSha } from '../../core/commit.js';
import type { IncomingCommit } from '../../core/enhancement.js';
import type { Failure } from '../../core/standing.js';
import { SYMBOLS } from '../standingWords.js';
import { ageOf } from '../time.js';
import { cut, fill, hang, widthOf, wrap } from './layout.js';
import { type Page, paintOf } from './page.js';

/** Conventional prefix of a subject: `fix(api)!: `. */
const PREFIX = /^[\w-]{1,40}(?:\([^()]{0,100}\))?!?:\s*/;
const INDENT = 4;
/** Columns of everything but the subject: two spaces, sign, sha; standing, risk, age and their gaps. */
const SIDES = 16 + 25;

/** The subject with its type and scope in front; the type alone is coloured. */
export function titleOf(commit: Pick<IncomingCommit, 'subject' | 'type' | 'scope' | 'breaking'>): {
  readonly prefix: string;
  readonly rest: string;
} {
  const { subject, type, scope, breaking } = commit;
  if (type === null) return { prefix: '', rest: subject };
  const prefix = `${type}${scope === null ? '' : `(${scope})`}${breaking ? '!' : ''}: `;
  return { prefix, rest: subject.replace(PREFIX, '') };
}

/** One incoming commit on one line: sign, sha, title, standing, risk, age. */
export function rowLine(commit: IncomingCommit, page: Page): string {
  const { paint } = page;
  const colour = paintOf(commit.standing, paint);
  const risk = commit.risk === null ? '' : `risk ${commit.risk.score}`;
  const title = paintTitle(commit, Math.max(20, page.columns - SIDES), page);
  const sign = colour(SYMBOLS[commit.standing]);
  const age = ageOf(commit.date, page.now).padStart(4);
  return `  ${sign} ${paint.dim(fill(shortSha(commit.sha), 10))}  ${title}  ${colour(fill(commit.standing, 9))}  ${fill(risk, 7)} ${paint.dim(age)}`;
}

/** A row, and below it why it stands there when it waits for a person or a dry run decided on it; `--verbose` says it of every row. */
export function rowLines(commit: IncomingCommit, page: Page): readonly string[] {
  const waits = ['review', 'conflict', 'rejected'].includes(commit.standing);
  const foreseen = commit.standing === 'candidate' && commit.verdict !== null;
  return [rowLine(commit, page), ...(waits || foreseen || page.verbose ? whyLines(commit, page) : [])];
}

function whyLines(commit: IncomingCommit, page: Page): readonly string[] {
  const vetoes = commit.vetoes.filter((veto) => !commit.reason.includes(veto));
  const link = commit.pullRequest === null ? [] : wrap(`Pull request: ${commit.pullRequest}`, page.columns, INDENT);
  return [
    ...wrap(commit.reason, page.columns, INDENT),
    ...failureLines(commit, page),
    ...vetoes.flatMap((veto) => hang('veto: ', veto, page.columns, INDENT)),
    ...link,
  ].map((line) => page.paint.dim(line));
}

/** The first failure; only its message when the reason names it already. */
function failureLines({ evidence, reason }: IncomingCommit, page: Page): readonly string[] {
  if (evidence.kind !== 'rejected') return [];
  const [first, ...others] = evidence.failures;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const words = reason.includes(first.name) ? first.message : failureWords(first);
  if (words === '') return [];
  return [`${' '.repeat(INDENT)}${cut(words, page.columns - INDENT - more.length)}${more}`];
}

/** A failure on one line: `test: refuses an empty body (test/api.test.ts): expected 400`. */
export function failureWords({ check, name, file, message }: Failure): string {
  const where = file === null ? '' : ` (${file})`;
  return `${check}: ${name}${where}${message === '' || message === name ? '' : `: ${message}`}`;
}

function paintTitle(commit: IncomingCommit, columns: number, { paint }: Page): string {
  const { prefix, rest } = titleOf(commit);
  const whole = fill(prefix + rest, columns);
  const shown = cut(prefix, columns);
  return prefix !== '' && whole.startsWith(shown) && widthOf(shown) < columns
    ? paint.bold(shown) + whole.slice(shown.length)
    : whole;
}
