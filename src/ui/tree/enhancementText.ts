import type { IncomingRow } from '../../core/overview.js';
import { sanitize } from '../../core/sanitize.js';
import { canApply, canDecline, canResolve } from '../possible.js';
import { shortAge, spokenAge } from './age.js';
import { dotted, listed, type RowText } from './rowText.js';
import { standingWord } from './standingWords.js';

/** What a row of an incoming commit depends on beside the commit. */
export interface EnhancementSurroundings {
  readonly now: number;
  /** True when no row above says of which sibling it is. */
  readonly namesSibling: boolean;
  /** True when its page on the forge is known. */
  readonly hasPage: boolean;
  /** The check that runs on it now; null when none does. */
  readonly checking: string | null;
}

/** Number of a pull request by its page; null when there is none, or its page has none. */
const pullRequestNumber = (page: string | null): string | null => /\/pull\/(\d{1,9})$/.exec(page ?? '')?.[1] ?? null;

function contextOf(row: IncomingRow, hasPage: boolean): string {
  const words = [
    'enhancement',
    canApply(row) && 'applicable',
    canDecline(row) && 'declinable',
    canResolve(row) && 'resolvable',
    row.pullRequest !== null && 'pullrequest',
    hasPage && 'forge',
  ];
  return words.filter(Boolean).join(' ');
}

/** What the row of an incoming commit says; the subject is the whole first line of its message, type and scope included. */
export function enhancementText(row: IncomingRow, surroundings: EnhancementSurroundings): RowText {
  const { now, namesSibling, hasPage } = surroundings;
  const checking = surroundings.checking === null ? null : `checking: ${sanitize(surroundings.checking, 60)}`;
  const [label, author] = [sanitize(row.subject) || '(no subject)', sanitize(row.author, 60)];
  const sibling = sanitize(row.sibling, 60);
  const risk = row.risk === null ? null : `risk ${row.risk}`;
  const number = pullRequestNumber(row.pullRequest);
  const breaking = row.breaking ? 'breaking' : null;
  const partial = row.partial ? 'partial' : null;
  return {
    label,
    description: dotted([
      checking,
      number === null ? null : `#${number}`,
      risk,
      breaking,
      partial,
      namesSibling ? sibling : null,
      author,
      shortAge(row.date, now),
    ]),
    spoken: listed([
      label,
      checking,
      row.breaking ? 'breaking change' : null,
      standingWord(row.standing),
      risk ?? 'risk not known',
      number === null ? null : `pull request ${number}`,
      partial,
      `by ${author}`,
      namesSibling ? `of ${sibling}` : null,
      spokenAge(row.date, now),
    ]),
    context: contextOf(row, hasPage),
  };
}
