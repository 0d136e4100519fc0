import type { Preview, PreviewFile } from '../../core/preview.js';
import { sanitize } from '../../core/sanitize.js';
import { editorWords } from '../editorWords.js';
import { plainLabel } from '../plainLabel.js';
import { quantity } from '../quantity.js';
import { fileTitle, ownTitle, previewTitle, subjectOf } from './titles.js';

/** Files that one editor shows side by side; more would take it minutes. */
const MOST_FILES = 300;

/** Paths and notes that a message names. */
const MOST_NAMED = 3;

/** What a message offers beside its text. */
export type PreviewOffer = 'resolve' | 'own';

/** What a person is shown: files in two versions, and what these do not show. */
export interface PreviewPlan {
  readonly title: string;
  readonly files: readonly PreviewFile[];
  readonly message: { readonly text: string; readonly offers: readonly PreviewOffer[] } | null;
}

const listed = (words: readonly string[]): string => {
  const more = words.length - MOST_NAMED;
  const named = words.slice(0, MOST_NAMED).map((word) => plainLabel(word, 120));
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
};

/** What a diff of text does not show, in words; null when there is nothing. */
function notesText(files: readonly PreviewFile[]): string | null {
  const notes = files.filter(({ note }) => note !== '').map(({ path, note }) => `${path}: ${note}`);
  return notes.length === 0 ? null : `${listed(notes)}.`;
}

/** Which lockfiles the preview does not show as they will land; null when there are none. */
function unmadeText(unmade: readonly string[]): string | null {
  if (unmade.length === 0) return null;
  const [are, them] = unmade.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${listed(unmade)} ${are} made anew by your package manager when this is validated; until then the preview leaves ${them} as ${unmade.length === 1 ? 'it is' : 'they are'}.`;
}

function limited(title: string, files: readonly PreviewFile[]): Pick<PreviewPlan, 'title' | 'files'> {
  if (files.length <= MOST_FILES) return { title, files };
  return { title: `${title} (first ${MOST_FILES} of ${files.length} files)`, files: files.slice(0, MOST_FILES) };
}

function messageOf({ target, conflicts, commit, unmade = [] }: Preview, branch: string): PreviewPlan['message'] {
  const [subject, into] = [plainLabel(subjectOf(commit)), plainLabel(branch, 60)];
  if (conflicts.length > 0) {
    const rest = target.length === 0 ? '' : ' The preview shows the files that pick cleanly.';
    const text = `"${subject}" conflicts with ${into} in ${quantity(conflicts.length, 'file')}: ${listed(conflicts)}.${rest}`;
    return { text, offers: ['resolve', 'own'] };
  }
  if (target.length === 0)
    return {
      text: `Landing "${subject}" would change nothing in ${into}. ${plainLabel(editorWords(commit.reason), 300)}`,
      offers: ['own'],
    };
  const text = [notesText(target), unmadeText(unmade)].filter((part) => part !== null).join(' ');
  return text === '' ? null : { text, offers: [] };
}

/** Why a file of a commit is shown as it changed there. */
function elsewhere({ unmade = [] }: Preview, path: string, rule: string | null): string {
  if (rule !== null) return 'stays out by a rule';
  return unmade.includes(path) ? 'is made anew here' : 'would not change here';
}

/** How a preview of what would change in the target is shown. */
export const previewPlan = (preview: Preview, branch: string): PreviewPlan => ({
  ...limited(previewTitle(preview, branch), preview.target),
  message: messageOf(preview, branch),
});

/** How the sibling's own commit is shown. */
export function ownPlan(preview: Preview): PreviewPlan {
  const { own, commit } = preview;
  const text = own.length === 0 ? `"${plainLabel(subjectOf(commit))}" changes no file by itself.` : notesText(own);
  return { ...limited(ownTitle(preview), own), message: text === null ? null : { text, offers: [] } };
}

/** How a conflicted file is shown: as it is here, and as the sibling has it. */
export interface ConflictPlan {
  readonly kind: 'conflict';
  readonly title: string;
  readonly text: string;
}

/** How one file of a commit is shown: as it would change here, or, where that cannot be, as it changed there. */
export type FilePlan =
  | { readonly kind: 'diff'; readonly title: string; readonly file: PreviewFile; readonly note: string | null }
  | ConflictPlan
  | { readonly kind: 'nothing'; readonly text: string };

/** What to show of one file of a commit; `rule` is what dropped it, null when it is kept. */
export function filePlan(preview: Preview, branch: string, path: string, rule: string | null): FilePlan {
  const here = preview.target.find((file) => file.path === path);
  const there = preview.own.find((file) => file.path === path);
  const shown = (title: string, file: PreviewFile): FilePlan => ({
    kind: 'diff',
    title: fileTitle(path, title),
    file,
    note: notesText([file]),
  });
  if (rule === null && preview.conflicts.includes(path))
    return {
      kind: 'conflict',
      title: fileTitle(path, `conflict of ${ownTitle(preview)} with ${sanitize(branch, 60)}`),
      text: `"${plainLabel(subjectOf(preview.commit))}" conflicts with ${plainLabel(branch, 60)} in ${plainLabel(path, 120)}.`,
    };
  if (rule === null && here !== undefined) return shown(previewTitle(preview, branch), here);
  if (there !== undefined) return shown(`${ownTitle(preview)}, ${elsewhere(preview, path, rule)}`, there);
  return { kind: 'nothing', text: `${plainLabel(path)} is not changed by this commit any more. Scan to look again.` };
}
