import { everyWords } from '../../core/cron.js';
import type { WorkflowReport } from '../../core/reports.js';
import { commandLines } from './commands.js';
import { hang } from './layout.js';
import type { Page } from './page.js';

/** Secrets and variables that the workflow reads, each with what it is for. */
const NEEDED = [
  ['variable AUTOSYNC_CLI', 'where its runner gets AutoSync from: README, "On GitHub Actions"'],
  ['variable AUTOSYNC_CLI_SHA256', 'the checksum of that, when it is an address'],
  [
    'secret AUTOSYNC_TOKEN',
    'works on the target: Contents, Pull requests and Actions: read and write. Without it the token of the workflow serves, and its pull requests start no CI',
  ],
  ['secret AUTOSYNC_SOURCE_TOKEN', 'reads private siblings: Contents: read'],
  ['variable AUTOSYNC_AWS_SECRET_ID', 'only to have both tokens from AWS Secrets Manager: README, "On GitHub Actions"'],
] as const;

/** What `workflow` prints: what was written, when it runs, for whom, and which secrets to set. */
export function workflowLines(report: WorkflowReport, page: Page): readonly string[] {
  const { file, written, every, cron, siblings, left } = report;
  const words = written ? `✓ Wrote ${file}.` : `✓ ${file} is up to date.`;
  const who = siblings.length === 0 ? 'no sibling that a runner can reach' : siblings.join(', ');
  const folders = `${left.join(', ')}: a folder on this machine, which a runner does not have; give it a "url".`;
  return [
    ...hang('', words, page.columns).map((line) => page.paint.green(line)),
    ...hang('Runs: ', `${everyWords(every)} (cron "${cron}", UTC), for ${who}`, page.columns, 2),
    ...(left.length === 0 ? [] : hang('! Left out: ', folders, page.columns, 2).map((line) => page.paint.yellow(line))),
    '',
    'Set in the settings of the repository, under Secrets and variables, Actions:',
    ...commandLines(NEEDED, page),
    'Then commit the file and push it.',
  ];
}

/** What `workflow --list` prints: names for the matrix of the workflow, as JSON on one line. */
export function workflowListLines(names: readonly string[]): readonly string[] {
  return [JSON.stringify(names)];
}
