import { endWords, failureWords } from '../../core/checkStep.js';
import { plainMarkdown } from '../plainMarkdown.js';
import type { EndedCheck, Proving } from '../state/proving.js';

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;

function tableRow({ check, status, tests, milliseconds, remembered }: EndedCheck): string {
  const [outcome] = endWords({ status, tests: null, milliseconds, remembered }).split(',');
  const counts = tests === null ? '' : `${tests.passed} passed${tests.failed > 0 ? `, ${tests.failed} failed` : ''}`;
  const time = remembered ? 'remembered' : seconds(milliseconds);
  return `| ${plainMarkdown(check, 60)} | ${outcome} | ${counts} | ${time} |`;
}

const failureLines = ({ check, failures, more, flaky }: EndedCheck): readonly string[] => [
  ...failures.map((failure) => `- ${plainMarkdown(`${check} breaks ${failureWords(failure)}`, 400)}`),
  ...(more > 0 ? [`- and ${more} more`] : []),
  ...flaky.map((name) => `- flaky: ${plainMarkdown(name, 200)}`),
];

/** The checks of a commit in this run, as a Markdown table with what fails below it; null when there are none. Foreign text is escaped. */
export function provingTable({ checking, ended }: Proving): string | null {
  const now = checking === null ? [] : [`Checking: ${plainMarkdown(checking, 60)}`];
  if (ended.length === 0) return now[0] ?? null;
  const table = ['| Check | Outcome | Tests | Time |', '| --- | --- | --- | ---: |', ...ended.map(tableRow)].join('\n');
  const failing = ended.flatMap(failureLines);
  return [...now, table, ...(failing.length === 0 ? [] : [failing.join('\n')])].join('\n\n');
}
