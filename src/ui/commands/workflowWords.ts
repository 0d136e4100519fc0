import { everyWords } from '../../core/cron.js';
import type { WorkflowPlan } from '../../core/reports.js';
import { plainLabel } from '../plainLabel.js';
import { listing } from '../quantity.js';
import type { Question } from './landingWords.js';

const NEEDS =
  'Before it can run, the repository on GitHub needs the variable AUTOSYNC_CLI and, for pull requests that start its CI, the secret AUTOSYNC_TOKEN; the README says how ("On GitHub Actions").';

function detailOf({ every, siblings, left }: WorkflowPlan): string {
  const who = siblings.length === 0 ? 'no sibling yet' : plainLabel(listing(siblings));
  const folders = `Left out: ${plainLabel(listing(left))}, ${left.length === 1 ? 'which is a folder' : 'which are folders'} of this machine.`;
  return [
    `GitHub then runs AutoSync ${everyWords(every)} for ${who}, by what the configuration says may land.`,
    ...(left.length === 0 ? [] : [folders]),
    'Nothing runs until you commit the file and push it.',
    '',
    NEEDS,
  ].join('\n');
}

/** What is asked before the workflow is written; null when the very text is there. */
export function workflowQuestion(plan: WorkflowPlan): Question | null {
  if (plan.there === 'same') return null;
  const detail = detailOf(plan);
  if (plan.there !== 'changed') return { text: `Write ${plan.file}?`, detail, yes: 'Write' };
  return {
    text: `Overwrite ${plan.file}?`,
    detail: `It was changed since AutoSync wrote it, or is somebody else's; those changes are lost.\n${detail}`,
    yes: 'Overwrite',
  };
}

/** What is said afterwards. */
export function workflowTold({ file }: WorkflowPlan, written: boolean): string {
  return written ? `Wrote ${file}. Commit it and push it.` : `${file} is up to date.`;
}
