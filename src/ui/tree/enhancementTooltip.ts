import { shortSha } from '../../core/commit.js';
import type { IncomingCommit } from '../../core/enhancement.js';
import type { Risk } from '../../core/risk.js';
import { sinceWords } from '../../core/since.js';
import { editorWords } from '../editorWords.js';
import { isolated } from '../isolated.js';
import { momentText } from '../moment.js';
import { plainMarkdown } from '../plainMarkdown.js';
import { quantity } from '../quantity.js';
import type { Proving } from '../state/proving.js';
import { evidenceLines } from './evidenceLines.js';
import { provingTable } from './provingTable.js';
import { standingTitle } from './standingWords.js';

const FORECASTS = {
  clean: 'It picks cleanly onto your branch.',
  conflict: 'It conflicts with your branch.',
  empty: 'Your branch has what it changes.',
} as const;

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

function riskText({ score, items }: Risk): string {
  const counting = items.filter(({ count }) => count > 0);
  const summands = counting.map(
    ({ reason, count, weight }) =>
      `${plainMarkdown(editorWords(reason), 500)} ${count}${weight === 1 ? '' : ` × ${weight}`}`,
  );
  return `**Risk ${score}**${summands.length === 0 ? '' : `: ${summands.join(', ')}`}`;
}

/** The forecast is of the whole commit, alone; what stands further than a conflict was picked otherwise. */
function forecastText({ forecast, standing, resolved }: IncomingCommit): string {
  if (forecast === null) return '';
  if (forecast !== 'conflict' || standing === 'conflict') return `${FORECASTS[forecast]} `;
  return resolved === undefined
    ? 'Alone, the whole commit would conflict with your branch. '
    : 'Its conflict with your branch was resolved by a person. ';
}

function filesText({ files: { kept, dropped } }: IncomingCommit): string {
  const taken = `${quantity(kept.length, 'file')} kept`;
  return dropped.length === 0 ? `${taken}.` : `${taken}, ${dropped.length} dropped by a rule.`;
}

function headText(sibling: string, commit: IncomingCommit): string {
  const { sha, author, date, breaking } = commit;
  const broken = breaking ? ' · **breaking change**' : '';
  return [
    `**${plainMarkdown(commit.subject, 500).trim()}**`,
    `${isolated(plainMarkdown(author, 100))} · ${plainMarkdown(momentText(date))} · ${plainMarkdown(sibling, 100)} · \`${shortSha(sha)}\`${broken}`,
  ].join('  \n');
}

/**
 * All that is known of an incoming commit, as Markdown for an untrusted tooltip: why it stands where it stands, its
 * itemised risk, vetoes, evidence and forecast, and the checks of this run. Foreign text is escaped.
 */
export function enhancementTooltip(sibling: string, commit: IncomingCommit, proving: Proving | null = null): string {
  const { standing, since, reason, risk, vetoes, pullRequest, ci } = commit;
  const evidence = evidenceLines(commit.evidence);
  const parts = [
    headText(sibling, commit),
    `**${standingTitle(standing)}**: ${plainMarkdown(editorWords(reason), 500)}`,
    since === undefined ? null : `${sinceWords(standing)} ${plainMarkdown(momentText(since))}.`,
    evidence.length === 0 ? null : bullets(evidence),
    proving === null ? null : provingTable(proving),
    risk === null ? null : riskText(risk),
    vetoes.length === 0 ? null : `**Held back from auto-merge**\n${bullets(vetoes.map((veto) => plainMarkdown(veto)))}`,
    `${forecastText(commit)}${filesText(commit)}`,
    pullRequest === null ? null : `Pull request: ${plainMarkdown(pullRequest)}`,
    ci === undefined ? null : `**CI after it landed**: ${plainMarkdown(ci, 500)}`,
  ];
  return parts.filter((part) => part !== null).join('\n\n');
}
