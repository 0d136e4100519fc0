import type { Standing } from '../src/core/standing.js';

/** What is meant by a standing, for who does not know the word yet. */
export const STANDING_MEANING: Readonly<Record<Standing, string>> = {
  review: 'validated, waits for a person',
  conflict: 'does not pick cleanly',
  rejected: 'breaks a check that passes without it',
  candidate: 'picks cleanly, not validated yet',
  waiting: 'too young, over a cap, or outside the schedule',
  landed: 'brought into the target',
  present: 'the target has the change already',
  cancelled: 'reverted later by the sibling itself',
  declined: 'a person said no',
  filtered: 'dropped by a rule',
};
