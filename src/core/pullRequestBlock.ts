import type { Sha } from './commit.js';
import { isText, listOf, objectOf } from './shape.js';

/** What a pull request tells machines, hidden in its text. Whoever may write there may have changed it. */
export interface PullRequestBlock {
  /** The commit that its picks stand on, and the tree they lead to. */
  readonly head: Sha;
  readonly tree: Sha;
  readonly run: string;
  /** Commits of the sibling that it is about. */
  readonly picks: readonly Sha[];
}

/** Commits that a block names at most; what a longer one is about it does not say. */
export const MOST_PICKS = 200;

const isBlock = objectOf<PullRequestBlock>({ head: isText, tree: isText, run: isText, picks: listOf(isText) });
const isSha = (text: string): boolean => /^[0-9a-f]{40,64}$/.test(text);

const LINE = /^<!-- autosync (\{.*\}) -->$/gm;

/**
 * The text of a pull request that AutoSync closes: it brings nothing any more, so that another AutoSync, which did not
 * see why, takes it for nobody's word against what it brought.
 */
export function withoutPicks(body: string): string {
  const block = readPullRequestBlock(body);
  const line = [...body.matchAll(LINE)].at(-1);
  if (block === null || line === undefined) return body;
  const emptied = `<!-- autosync ${JSON.stringify({ ...block, picks: [] })} -->`;
  return `${body.slice(0, line.index)}${emptied}${body.slice(line.index + line[0].length)}`;
}

/** The block of a pull request's text, its last line of its own; null when it has none that could be AutoSync's. */
export function readPullRequestBlock(body: string): PullRequestBlock | null {
  const json = [...body.matchAll(LINE)].at(-1)?.[1];
  if (json === undefined) return null;
  try {
    const block: unknown = JSON.parse(json);
    return isBlock(block) && [block.head, block.tree, ...block.picks].every(isSha) ? block : null;
  } catch {
    return null;
  }
}
