import { assertNever } from '../../core/errors.js';
import type { SharedOutcome, SharedStateReport, SharedStateRow } from '../../core/sharedState.js';
import { hang } from './layout.js';
import type { Page } from './page.js';

const NEXT_FIRST =
  'The next run goes on as a first one: what landed is known from the log, open pull requests are found.';

/** What came of a ref, as the rest of a sentence that begins with the sibling. */
function wordsOf(outcome: SharedOutcome, { ref, why }: SharedStateRow): string {
  switch (outcome) {
    case 'taken':
      return `what is remembered was taken from ${ref}.`;
    case 'kept':
      return `what is remembered was put on ${ref}.`;
    case 'none':
      return `there is nothing on ${ref} yet.`;
    case 'same':
      return `${ref} says the same; nothing to do.`;
    case 'empty':
      return 'nothing is remembered yet, so nothing was put anywhere.';
    case 'own':
      return `${ref} was not taken, because this workspace remembers the sibling already. To have what is there, move all but config.json out of .autosync first.`;
    case 'lost':
      return `not put on ${ref}: what is there is no longer what this state was taken from, because somebody else was first, and it stays. What landed is known from the log all the same.`;
    case 'open':
      return 'what is remembered was put nowhere: anybody may read this repository, and siblings are read with a token of their own. Add --open where nothing of them is secret.';
    case 'newer':
      return `${ref} was left as it is: ${why}. Update AutoSync here.`;
    case 'refused':
      return `what is on ${ref} was refused: ${why}. ${NEXT_FIRST}`;
    default:
      return assertNever(outcome);
  }
}

const MARKS: Readonly<Partial<Record<SharedOutcome, string>>> = {
  own: '!',
  lost: '!',
  open: '!',
  newer: '!',
  refused: '!',
};

/** What `state` prints: what is wrong with the state here, and one sentence for each sibling. */
export function sharedStateLines({ siblings, notes }: SharedStateReport, page: Page): readonly string[] {
  if (siblings.length === 0) return ['The configuration names no sibling.'];
  const told = notes.flatMap((note) => hang('! ', note, page.columns)).map((line) => page.paint.yellow(line));
  const rows = siblings.flatMap((row) => {
    const mark = MARKS[row.outcome];
    const lines = hang(`${mark ?? '✓'} `, `${row.sibling}: ${wordsOf(row.outcome, row)}`, page.columns);
    return mark === undefined ? lines : lines.map((line) => page.paint.yellow(line));
  });
  return [...told, ...rows];
}
