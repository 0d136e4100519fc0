import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench.js';

/** Which side of a diff: as it was, or as it would be. */
export type Side = 'original' | 'modified';

const VISIBLE = '.editor-instance:visible';

/** The text that is shown of an editor, without what is scrolled away. Editors show a space as one that does not break. */
const textIn = async (editor: Locator): Promise<string> => {
  const lines = await editor.locator('.view-line').evaluateAll((rows) =>
    rows
      .map((row) => ({ top: row.getBoundingClientRect().top, text: row.textContent ?? '' }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text),
  );
  return lines.join('\n').replaceAll('\u00a0', ' ');
};

/** What a side of the open diff shows; of the file at `path` when there are several. */
export async function diffText(workbench: Workbench, side: Side, path?: string): Promise<string> {
  const entry = path === undefined ? '' : `.multiDiffEntry:has([aria-label$="${path}"])`;
  const editor = workbench.page.locator(`${VISIBLE} ${entry} .editor.${side}`).first();
  await editor.waitFor();
  return textIn(editor);
}

/** The paths of the files that the open editor of many files shows. */
export async function diffFiles(workbench: Workbench): Promise<readonly string[]> {
  const titles = workbench.page.locator(`${VISIBLE} .multiDiffEntry .title.modified .monaco-icon-label`);
  await titles.first().waitFor();
  return titles.evaluateAll((labels) => labels.map((label) => label.getAttribute('aria-label') ?? ''));
}

/** A part of the open merge editor: the person's own side, the incoming one, or the result. */
export type MergeSide = 'yours' | 'incoming' | 'result';

const MERGE_VIEWS: Readonly<Record<MergeSide, string>> = {
  yours: '.code-view.input >> nth=0',
  incoming: '.code-view.input >> nth=1',
  result: '.code-view.result',
};

/** One of its parts, with its title. */
export const mergeView = ({ page }: Workbench, side: MergeSide): Locator =>
  page.locator('.merge-editor:visible').locator(MERGE_VIEWS[side]);

/** The text in it. */
export async function mergeText(workbench: Workbench, side: MergeSide): Promise<string> {
  const view = mergeView(workbench, side);
  await view.locator('.view-line').first().waitFor();
  return textIn(view);
}

/** Clicks a button in the title of the open editor. */
export const actOnEditor = ({ page }: Workbench, action: string): Promise<void> =>
  page.locator('.editor-actions').getByRole('button', { name: action }).first().click();
