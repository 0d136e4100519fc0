import { shortSha } from '../../core/commit.js';
import type { IncomingCommit } from '../../core/enhancement.js';
import { sanitize } from '../../core/sanitize.js';

/** UTF-16 units of a subject that a title holds. */
const LONGEST_SUBJECT = 72;

/** Which commit of which sibling. */
export interface NamedCommit {
  readonly sibling: string;
  readonly commit: Pick<IncomingCommit, 'sha' | 'subject'>;
}

/** `fix(money): rounding`, as the sibling wrote it. */
export const subjectOf = ({ subject }: NamedCommit['commit']): string => sanitize(subject, LONGEST_SUBJECT);

const where = ({ sibling, commit }: NamedCommit): string => `(${sanitize(sibling, 60)} ${shortSha(commit.sha)})`;

/** Title of what would change: `Preview fix: rounding (acme 1a2b3c4d5e) → main`. */
export const previewTitle = (named: NamedCommit, branch: string): string =>
  `Preview ${subjectOf(named.commit)} ${where(named)} → ${sanitize(branch, 60)}`;

/** Title of the sibling's own commit. */
export const ownTitle = (named: NamedCommit): string => `${subjectOf(named.commit)} ${where(named)}`;

/** Name of a file without its folders, as one line of plain text. */
export const nameOf = (path: string): string => sanitize(path.slice(path.lastIndexOf('/') + 1), 120);

/** Title of one file of something: `app.txt: Preview fix: rounding ...`. */
export const fileTitle = (path: string, title: string): string => `${nameOf(path)}: ${title}`;
