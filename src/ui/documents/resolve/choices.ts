import type { BlobContent } from '../../../core/preview.js';
import { plainLabel } from '../../plainLabel.js';
import type { RecordedFile } from './record.js';

/** How a file is resolved that cannot be merged line by line. */
export interface Choice {
  readonly label: string;
  readonly detail: string;
  /** The whole text; null deletes the file. */
  readonly text: string | null;
}

/** Contents of both sides; null where a side does not have the file. */
export interface Sides {
  readonly ours: BlobContent | null;
  readonly theirs: BlobContent | null;
}

const textChoice = (label: string, detail: string, side: BlobContent | null): readonly Choice[] =>
  side?.kind === 'text' ? [{ label, detail, text: side.text }] : [];

/** What a person can choose for a file: a side that has text, or that the file goes. */
export function choicesFor({ ours, theirs }: Sides, branch: string, sibling: string): readonly Choice[] {
  const gone =
    ours === null
      ? `${plainLabel(branch, 60)} does not have it`
      : theirs === null
        ? `${plainLabel(sibling, 60)} deleted it`
        : '';
  return [
    ...textChoice('Keep Ours', `The file as ${plainLabel(branch, 60)} has it`, ours),
    ...textChoice('Take Theirs', `The file as ${plainLabel(sibling, 60)} has it`, theirs),
    { label: 'Delete the File', detail: gone, text: null },
  ];
}

/** What a person is asked for a file: `src/a.ts (modify/delete): how is it resolved?` */
export function choiceTitle({ path, type }: RecordedFile, { ours, theirs }: Sides): string {
  const hasNoText = [ours, theirs].some((side) => side !== null && side.kind !== 'text');
  const why = hasNoText ? ', a file without text: keep one version by hand with git cherry-pick, or' : ':';
  return `${plainLabel(path)} (${plainLabel(type, 40)})${why} how is it resolved?`;
}
