import type { IncomingCommit } from '../../core/enhancement.js';
import type { Decision, LandingState } from '../../core/facts.js';
import type { Explanation } from '../../core/reports.js';
import { type Risk, riskItemText } from '../../core/risk.js';
import { sanitizeBlock } from '../../core/sanitize.js';
import { sinceWords } from '../../core/since.js';
import { counted, SYMBOLS } from '../standingWords.js';
import { momentOf, sinceOf } from '../time.js';
import { droppedLines, evidenceLines, untilWords } from './evidence.js';
import { cut, hang, wrap } from './layout.js';
import { type Page, paintOf } from './page.js';
import { titleOf } from './row.js';

const FORECASTS = {
  clean: 'Alone on the target it picks cleanly.',
  conflict: 'Alone on the target it does not pick cleanly.',
  empty: 'Alone on the target it changes nothing.',
} as const;

/** What `explain` prints: everything known about one incoming commit, and why it stands where it does. */
export function explainLines(explanation: Explanation, page: Page): readonly string[] {
  const { commit } = explanation;
  return [
    ...headLines(explanation, page),
    ...section('Message', messageLines(explanation.message, page), page),
    ...section('Standing', standingLines(commit, page), page),
    ...section('Evidence', evidenceLines(commit.evidence, page), page),
    ...section('Resolved', resolvedLines(explanation, page), page),
    ...section('Forecast', forecastLines(commit, page), page),
    ...section('Files', fileLines(commit, page), page),
    ...section('Risk', commit.risk === null ? [] : hang('', riskSum(commit.risk), page.columns, 2), page),
    ...section(
      'Vetoes',
      commit.vetoes.flatMap((veto) => hang('- ', veto, page.columns, 2)),
      page,
    ),
    ...section(
      'Decisions',
      explanation.decisions.flatMap((decision) => decisionLines(decision, page)),
      page,
    ),
    ...section(
      'Landings',
      [
        ...explanation.landings.flatMap((landing) => landingLines(landing, page)),
        ...(explanation.commit.ci === undefined ? [] : hang('- CI: ', explanation.commit.ci, page.columns, 2)),
      ],
      page,
    ),
    ...section(
      'Next',
      explanation.next.flatMap((next) => hang('- ', next, page.columns, 2)),
      page,
    ),
  ];
}

/** A risk as a sum that can be checked: `4 = 4 files changed x 1 + 0 new type errors x 3`. */
export function riskSum({ score, items }: Risk): string {
  const summands = items.map((item) => `${riskItemText(item)} x ${item.weight}`);
  return `${score} = ${summands.join(' + ') || 'nothing counted'}`;
}

/** A person's word on a commit: who, what, when, why and until when. */
export function decisionLines({ by, kind, at, because, until }: Decision, page: Page): readonly string[] {
  return hang('- ', `${by} ${kind} it on ${momentOf(at)}, ${untilWords(until)}: ${because}`, page.columns, 2);
}

function headLines({ sibling, commit }: Explanation, page: Page): readonly string[] {
  const { prefix, rest } = titleOf(commit);
  const origin = `from ${sibling}, by ${commit.author}, ${momentOf(commit.date)} (${sinceOf(commit.date, page.now)})`;
  const about = commit.breaking ? ['It says that it is a breaking change.'] : [];
  return [
    ...wrap(prefix + rest, page.columns).map((line) => page.paint.bold(line)),
    cut(commit.sha, 64),
    ...wrap(origin, page.columns),
    ...about,
  ];
}

function section(title: string, lines: readonly string[], { paint }: Page): readonly string[] {
  return lines.length === 0 ? [] : ['', paint.bold(title), ...lines];
}

/** The message but for its first line when that is all there is. */
function messageLines(message: string, page: Page): readonly string[] {
  const lines = sanitizeBlock(message).trimEnd().split('\n');
  if (lines.length <= 1) return [];
  return lines
    .slice(1)
    .flatMap((line) => (line.trim() === '' ? [''] : wrap(line, page.columns, 2)))
    .slice(lines[1] === '' ? 1 : 0);
}

function standingLines(
  { standing, reason, since, verdict, landed, pullRequest }: IncomingCommit,
  page: Page,
): readonly string[] {
  const colour = paintOf(standing, page.paint);
  const words = hang(`${SYMBOLS[standing]} ${standing}: `, reason, page.columns, 2);
  const facts = [
    ...(since === undefined ? [] : [`${sinceWords(standing)} ${momentOf(since)} (${sinceOf(since, page.now)}).`]),
    ...(verdict === null ? [] : [`Verdict: ${verdict}.`]),
    ...(landed === null ? [] : [`In the target as ${landed}.`]),
    ...(pullRequest === null ? [] : [`Pull request: ${pullRequest}`]),
  ];
  return [...words.map(colour), ...facts.flatMap((fact) => hang('', fact, page.columns, 2))];
}

/** Who resolved its conflicts. */
function resolvedLines({ resolved }: Explanation, page: Page): readonly string[] {
  if (resolved === undefined) return [];
  const { by, at, files } = resolved;
  return hang('- ', `${by} resolved its conflicts on ${momentOf(at)}, in ${files.join(', ')}`, page.columns, 2);
}

/** The forecast is of the whole commit, so a partial pick may do better than it says. */
function forecastLines({ forecast, partial }: IncomingCommit, page: Page): readonly string[] {
  if (forecast === null) return [];
  const whole = partial ? ' This is said of the whole commit, with the files that stay out by rule.' : '';
  return hang('', `${FORECASTS[forecast]}${whole}`, page.columns, 2);
}

function fileLines({ files, partial, evidence }: IncomingCommit, page: Page): readonly string[] {
  const dropped = evidence.kind === 'rule' && evidence.files.length > 0 ? [] : files.dropped;
  const count = `${counted(files.kept.length, 'file')} may come${partial ? ', the rest stayed out by rule (a partial pick)' : ''}:`;
  const kept = files.kept.flatMap((path) => hang('+ ', path, page.columns, 2));
  return [...(kept.length === 0 ? [] : [`  ${count}`, ...kept]), ...droppedLines(dropped, page)];
}

function landingLines({ run, at, how, phase, picks }: LandingState, page: Page): readonly string[] {
  return hang(
    '- ',
    `run ${run}, ${momentOf(at)}: ${counted(picks.length, 'pick')} by ${how}, ${phase}`,
    page.columns,
    2,
  );
}
