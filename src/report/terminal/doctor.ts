import type { Check, Toolchain } from '../../core/check.js';
import type { Finding } from '../../core/finding.js';
import type { DoctorReport } from '../../core/reports.js';
import type { Workspace } from '../../core/workspace.js';
import { counted } from '../standingWords.js';
import { hang } from './layout.js';
import type { Page } from './page.js';

const SIGNS = { good: '✓', warning: '!', bad: '✗' } as const;
const WORDS = { good: 'good', warning: 'warning', bad: 'bad' } as const;

/** What `doctor` prints: each finding with how to mend it, the toolchain that was detected, and a verdict. */
export function doctorLines({ findings, toolchain }: DoctorReport, page: Page): readonly string[] {
  return [
    ...findings.flatMap((finding) => findingLines(finding, page)),
    ...(toolchain === null ? [] : ['', ...toolchainLines(toolchain, page)]),
    '',
    verdict(findings, page),
  ];
}

function findingLines({ subject, state, what, mend }: Finding, page: Page): readonly string[] {
  const label = `${SIGNS[state]} ${state === 'good' ? '' : `${WORDS[state]}: `}`;
  const [first = '', ...rest] = hang(label, `${subject}: ${what}`, page.columns);
  const colour = colourOf(state, page);
  const mended = mend === '' ? [] : hang('mend: ', mend, page.columns, 2);
  return [colour(label) + first.slice(label.length), ...rest, ...mended];
}

function colourOf(state: Finding['state'], { paint }: Page): (text: string) => string {
  if (state === 'good') return paint.green;
  return state === 'warning' ? paint.yellow : paint.red;
}

function toolchainLines({ checks, install, notes, workspace }: Toolchain, page: Page): readonly string[] {
  const first = install === null ? [] : pairLines(`install: ${install.command}`, `because of ${install.because}`, page);
  const packages = workspace === undefined ? [] : workspaceLines(workspace, page);
  const none = checks.length === 0 ? ['  No check was found, so nothing can land without a person.'] : [];
  return [
    page.paint.bold('Checks, in the order in which they run'),
    ...first,
    ...packages,
    ...none,
    ...checks.flatMap((check) => checkLines(check, page)),
    ...notes.flatMap((note) => hang('note: ', note, page.columns, 2)),
  ];
}

/** Names shown of a long list. */
const SHOWN = 12;

function workspaceLines({ packages, because }: Workspace, page: Page): readonly string[] {
  const folders = packages.map(({ folder }) => folder);
  const more = folders.length > SHOWN ? ` and ${folders.length - SHOWN} more` : '';
  const what = `workspace: ${counted(folders.length, 'package')}: ${folders.slice(0, SHOWN).join(', ')}${more}`;
  return pairLines(
    what,
    `from ${because}; a package is checked when a commit touches it or what it depends on, every one when it touches anything else`,
    page,
  );
}

function checkLines({ name, kind, run, reads, because, spread }: Check, page: Page): readonly string[] {
  const apart =
    spread === undefined ? '' : `; by itself for each of ${counted(spread.length, 'package')} where that is enough`;
  return pairLines(`${name}: ${run}`, `${kind}, read by ${reads}, from ${because}${apart}`, page);
}

function pairLines(what: string, why: string, page: Page): readonly string[] {
  return [...hang('', what, page.columns, 2), ...hang('', why, page.columns, 6).map((line) => page.paint.dim(line))];
}

function verdict(findings: readonly Finding[], { paint }: Page): string {
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  const [bad, warnings] = [count('bad'), count('warning')];
  if (bad > 0) return paint.red(`✗ ${counted(bad, 'thing')} to mend, ${counted(warnings, 'warning')}.`);
  if (warnings > 0) return paint.yellow(`! It works, with ${counted(warnings, 'warning')}.`);
  return paint.green('✓ All is well.');
}
