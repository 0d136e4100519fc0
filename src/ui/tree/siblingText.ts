import type { SiblingOverview } from '../../core/overview.js';
import { sanitize } from '../../core/sanitize.js';
import { editorWords } from '../editorWords.js';
import { agoText, spokenAge } from './age.js';
import { dotted, listed, type RowText } from './rowText.js';
import type { Section } from './section.js';

/** What the row of a sibling is made of. */
export interface SiblingInput {
  readonly sibling: SiblingOverview;
  readonly section: Pick<Section, 'rows' | 'open'>;
  /** True when a filter limits the list. */
  readonly limited: boolean;
  readonly now: number;
}

/** True when a sibling with an address refused to be read: it asks for a token, or does not exist for who asks. */
export const isSignedOut = ({ name, error, folder }: SiblingOverview): boolean =>
  // The first words of the message of `sibling-refused` (core/errors.ts): the state keeps the message only.
  folder === null && (error?.startsWith(`Sibling "${name}" refused to be read`) ?? false);

function countText({ sibling, section, limited }: SiblingInput): string | null {
  if (limited) return `${section.rows.length.toLocaleString('en-US')} shown`;
  if (sibling.seenAt === null || (section.open === 0 && sibling.error !== null)) return null;
  return section.open === 0 ? 'nothing incoming' : `${section.open.toLocaleString('en-US')} incoming`;
}

function troubleText(sibling: SiblingOverview): string | null {
  if (sibling.error === null) return null;
  return isSignedOut(sibling) ? 'signed out' : 'could not be read';
}

/** What the row of a sibling says: its branch, how far it is ahead, when it was last seen, what is wrong with it. */
export function siblingText(input: SiblingInput): RowText {
  const { sibling, now } = input;
  const [label, branch] = [sanitize(sibling.name, 100), sibling.branch === null ? null : sanitize(sibling.branch, 100)];
  const [trouble, count] = [troubleText(sibling), countText(input)];
  const isNew = sibling.seenAt === null ? (sibling.error === null ? 'not looked at yet' : null) : null;
  const seen = sibling.seenAt === null ? null : `seen ${agoText(sibling.seenAt, now)}`;
  const context = ['sibling', isSignedOut(sibling) && 'signedout', sibling.commitPage !== null && 'siblingforge'];
  return {
    label,
    description: dotted([trouble, branch, count, isNew, seen]),
    spoken: listed([
      `Sibling ${label}`,
      trouble,
      branch === null ? null : `branch ${branch}`,
      count,
      isNew,
      sibling.seenAt === null ? null : `seen ${spokenAge(sibling.seenAt, now)}`,
    ]),
    context: context.filter(Boolean).join(' '),
  };
}

/** What more there is to say of a sibling: its address, its error with the way out, its notes. Plain text of many lines. */
export function siblingTooltip({ name, address, error, notes }: SiblingOverview): string {
  const lines = [`${name}: ${address}`, error, ...notes].flatMap((line) =>
    line === null ? [] : [sanitize(editorWords(line), 1_000)],
  );
  return lines.join('\n');
}
