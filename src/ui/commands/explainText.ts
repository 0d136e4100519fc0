import type { IncomingCommit } from '../../core/enhancement.js';
import type { Decision, LandingState } from '../../core/facts.js';
import type { Explanation } from '../../core/reports.js';
import { type Risk, riskItemText } from '../../core/risk.js';
import { sanitizeBlock } from '../../core/sanitize.js';
import { sinceWords } from '../../core/since.js';
import { editorWords } from '../editorWords.js';
import { momentText } from '../moment.js';
import { quantity } from '../quantity.js';
import { droppedText, evidenceText, untilText } from './evidenceText.js';
import { nextSteps } from './nextSteps.js';
import { section, wrapText } from './wrapText.js';

const FORECASTS = {
  clean: 'Alone on the target it picks cleanly.',
  conflict: 'Alone on the target it does not pick cleanly.',
  empty: 'Alone on the target it changes nothing.',
} as const;

function titleText({ sibling, commit }: Explanation): readonly string[] {
  return [
    ...wrapText(commit.subject),
    commit.sha,
    ...wrapText(`from ${sibling}, ${momentText(commit.date)}, by ${commit.author}`),
    ...(commit.breaking ? ['It says that it is a breaking change.'] : []),
  ];
}

/** The message without its first line, which is the title. */
function bodyText(message: string): readonly string[] {
  const [, ...rest] = sanitizeBlock(message).trimEnd().split('\n');
  const first = rest.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : rest.slice(first).map((line) => `  ${line}`.trimEnd());
}

function standingText({ standing, reason, since, verdict, landed, pullRequest }: IncomingCommit): readonly string[] {
  return [
    ...wrapText(`${standing}: ${editorWords(reason)}`, '  '),
    ...(since === undefined ? [] : [`  ${sinceWords(standing)} ${momentText(since)}`]),
    ...(verdict === null ? [] : [`  Verdict: ${verdict}`]),
    ...(landed === null ? [] : [`  In the target as ${landed}`]),
    ...(pullRequest === null ? [] : [`  Pull request: ${pullRequest}`]),
  ];
}

function forecastText({ forecast, partial }: IncomingCommit): readonly string[] {
  if (forecast === null) return [];
  const whole = partial ? ' This is said of the whole commit, with the files that stay out by a rule.' : '';
  return wrapText(`${FORECASTS[forecast]}${whole}`, '  ');
}

function filesText({ files, evidence }: IncomingCommit): readonly string[] {
  const dropped = evidence.kind === 'rule' && evidence.files.length > 0 ? [] : files.dropped;
  return [
    ...(files.kept.length === 0 ? [] : [`  ${quantity(files.kept.length, 'file')} would change:`]),
    ...files.kept.flatMap((path) => wrapText(path, '  + ')),
    ...(dropped.length === 0
      ? []
      : [`  ${quantity(dropped.length, 'file')} ${dropped.length === 1 ? 'stays' : 'stay'} out by a rule:`]),
    ...droppedText(dropped),
  ];
}

/** The risk as a sum that can be checked. */
function riskText(risk: Risk | null): readonly string[] {
  if (risk === null) return [];
  const parts = risk.items.map(
    (item) => `  ${String(item.count * item.weight).padStart(4)}  ${riskItemText(item)} x ${item.weight}`,
  );
  return [...parts, `  ${String(risk.score).padStart(4)}  together`];
}

const decisionText = ({ by, kind, at, because, until }: Decision): readonly string[] =>
  wrapText(`${by} ${kind} it on ${momentText(at)}, ${untilText(until)}: ${because}`, '  - ');

const landingText = ({ run, at, how, phase, picks }: LandingState): readonly string[] =>
  wrapText(`run ${run}, ${momentText(at)}: ${quantity(picks.length, 'pick')} by ${how}, ${phase}`, '  - ');

/** Everything known about one incoming commit, as plain text in sections; next steps in the editor's words. */
export function explainText(explanation: Explanation): string {
  const { commit, message, decisions, landings } = explanation;
  const lines = [
    ...titleText(explanation),
    ...section('Message', bodyText(message)),
    ...section('Standing', standingText(commit)),
    ...section('Evidence', commit.evidence.kind === 'declined' ? [] : evidenceText(commit.evidence)),
    ...section('Forecast', forecastText(commit)),
    ...section('Files', filesText(commit)),
    ...section('Risk', riskText(commit.risk)),
    ...section(
      'Vetoes',
      commit.vetoes.flatMap((veto) => wrapText(veto, '  - ')),
    ),
    ...section('Decisions', decisions.flatMap(decisionText)),
    ...section('Landings', landings.flatMap(landingText)),
    ...section(
      'What you can do',
      nextSteps(commit).flatMap((step) => wrapText(step, '  - ')),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
