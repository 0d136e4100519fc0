import type { BlobContent } from '../../../core/preview.js';
import { plainLabel } from '../../plainLabel.js';
import { sizeText } from '../blobText.js';
import type { RecordedFile, Resolving } from './record.js';

/** How a file is resolved that cannot be merged line by line. */
export interface Choice {
  readonly label: string;
  /** A sentence that says what becomes of the file. */
  readonly detail: string;
  readonly answer: Exclude<Resolving, 'text'>;
}

/** Contents of both sides; null where a side does not have the file. */
export interface Sides {
  readonly ours: BlobContent | null;
  readonly theirs: BlobContent | null;
}

const sizeOf = (content: BlobContent): string => (content.kind === 'text' ? '' : ` (${sizeText(content.bytes)})`);

function oursChoice(side: BlobContent | null, branch: string): readonly Choice[] {
  const detail = `The file stays as ${branch} has it`;
  return side === null ? [] : [{ label: 'Keep Yours', detail: `${detail}${sizeOf(side)}.`, answer: 'ours' }];
}

function theirsChoice(side: BlobContent | null, sibling: string): readonly Choice[] {
  const detail = `The file becomes what ${sibling} has`;
  return side === null ? [] : [{ label: 'Take Theirs', detail: `${detail}${sizeOf(side)}.`, answer: 'theirs' }];
}

function deletion({ ours, theirs }: Sides, branch: string, sibling: string): Choice {
  const detail =
    ours === null
      ? `${branch} does not have the file, and that stays so.`
      : theirs === null
        ? `The file goes, as ${sibling} deleted it.`
        : 'Neither version stays: the file goes.';
  return { label: 'Delete the File', detail, answer: 'deleted' };
}

/** What a person can choose for a file: the version of a side, as it is, or that the file goes. That comes last. */
export function choicesFor(sides: Sides, branch: string, sibling: string): readonly Choice[] {
  const [here, there] = [plainLabel(branch, 60), plainLabel(sibling, 60)];
  return [...oursChoice(sides.ours, here), ...theirsChoice(sides.theirs, there), deletion(sides, here, there)];
}

const hasNoText = ({ ours, theirs }: Sides): boolean =>
  [ours, theirs].some((side) => side !== null && side.kind !== 'text');

/** What a person is asked for a file: `src/a.ts (modify/delete): which version?`. Short: what is longer is cut off. */
export function choiceTitle({ path, type }: RecordedFile, sides: Sides): string {
  const file = `${plainLabel(path)} (${plainLabel(type, 40)})`;
  return hasNoText(sides) ? `${file} has no text to merge: which version?` : `${file}: how is it resolved?`;
}
