import type { BlobContent } from '../../../core/preview.js';
import { plainLabel } from '../../plainLabel.js';
import type { RecordedFile } from './record.js';

/** How a file is resolved that cannot be merged line by line. */
export interface Choice {
  readonly label: string;
  readonly detail: string;
  /** The whole text; null deletes the file, undefined leaves it as it is. */
  readonly text: string | null | undefined;
}

/** Contents of both sides; null where a side does not have the file. */
export interface Sides {
  readonly ours: BlobContent | null;
  readonly theirs: BlobContent | null;
}

const textChoice = (label: string, detail: string, side: BlobContent | null): readonly Choice[] =>
  side?.kind === 'text' ? [{ label, detail, text: side.text }] : [];

/** Comes first, so that Enter deletes nothing: no side can be kept from here. */
const LATER: Choice = {
  label: 'Not Now',
  detail: 'Keep one version by hand with git cherry-pick, or decline the commit',
  text: undefined,
};

const hasNoText = ({ ours, theirs }: Sides): boolean =>
  [ours, theirs].some((side) => side !== null && side.kind !== 'text');

/** What a person can choose for a file: a side that has text, or that the file goes. Where a side has none, first nothing. */
export function choicesFor(sides: Sides, branch: string, sibling: string): readonly Choice[] {
  const { ours, theirs } = sides;
  const gone =
    ours === null
      ? `${plainLabel(branch, 60)} does not have it`
      : theirs === null
        ? `${plainLabel(sibling, 60)} deleted it`
        : '';
  return [
    ...(hasNoText(sides) ? [LATER] : []),
    ...textChoice('Keep Ours', `The file as ${plainLabel(branch, 60)} has it`, ours),
    ...textChoice('Take Theirs', `The file as ${plainLabel(sibling, 60)} has it`, theirs),
    { label: 'Delete the File', detail: gone, text: null },
  ];
}

/** What a person is asked for a file: `src/a.ts (modify/delete): how is it resolved?`. Short: what is longer is cut off. */
export function choiceTitle({ path, type }: RecordedFile, sides: Sides): string {
  const file = `${plainLabel(path)} (${plainLabel(type, 40)})`;
  return hasNoText(sides) ? `${file} has no text to merge` : `${file}: how is it resolved?`;
}
