import type { SiblingConfig } from '../core/config.js';
import { AutoSyncError, isProblem, type ProblemCode } from '../core/errors.js';
import type { FetchedSibling, GitPort } from '../core/gitPort.js';
import type { Progress } from '../core/ports.js';
import { sanitize } from '../core/sanitize.js';

/** What fetching a sibling came to: its branch in the quarantine, or why not. The run goes on with the others. */
export type FetchOutcome =
  | {
      readonly kind: 'fetched';
      readonly sibling: SiblingConfig;
      readonly fetched: FetchedSibling;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly sibling: SiblingConfig;
      readonly error: string;
      readonly errorCode?: ProblemCode;
    };

/** Siblings that are asked at once; the network's round trips, not the cores, are what they wait for. */
export const AT_ONCE = 8;

function notesOn(fetched: FetchedSibling): readonly string[] {
  const { attempts, forcedFrom, mergeBase, shallow, incomplete } = fetched;
  return [
    ...(attempts > 1 ? [`It answered at attempt ${attempts}.`] : []),
    ...(forcedFrom === null
      ? []
      : [`Its history was rewritten (force-push): ${forcedFrom.slice(0, 10)} is no longer part of it.`]),
    ...(mergeBase === null
      ? ['It shares no commit with the target; every commit is judged by its content alone.']
      : []),
    ...(shallow ? ['A shallow clone is involved; commits before its boundary are unknown.'] : []),
    ...(incomplete
      ? [
          'The target lacks objects of its own history (a partial clone); merges that need them will fail. `git fetch --refetch --no-filter` completes it.',
        ]
      : []),
  ];
}

async function fetchOne(
  git: Pick<GitPort, 'tipOf' | 'fetch'>,
  sibling: SiblingConfig,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  try {
    const tip = await git.tipOf(sibling, signal);
    const fetched = await git.fetch(sibling, tip, signal);
    return { kind: 'fetched', sibling, fetched, notes: notesOn(fetched) };
  } catch (error) {
    if (isProblem(error, 'cancelled') || signal.aborted) throw new AutoSyncError({ code: 'cancelled' });
    if (isProblem(error, 'quarantine-damaged')) throw error;
    const said = error instanceof Error ? error.message : String(error);
    return {
      kind: 'failed',
      sibling,
      error: sanitize(said, 1000),
      ...(isProblem(error) ? { errorCode: error.code } : {}),
    };
  }
}

/** Fetches every sibling into the quarantine, several at once; a sibling that fails is a row, not the end. */
export async function fetchSiblings(
  git: Pick<GitPort, 'tipOf' | 'fetch'>,
  siblings: readonly SiblingConfig[],
  progress: Progress,
  signal: AbortSignal,
): Promise<readonly FetchOutcome[]> {
  const outcomes = new Map<string, FetchOutcome>();
  const waiting = [...siblings];
  const work = async (): Promise<void> => {
    for (let sibling = waiting.shift(); sibling !== undefined; sibling = waiting.shift()) {
      progress({
        phase: 'fetch',
        sibling: sibling.name,
        doing: 'asking for news',
        done: outcomes.size,
        total: siblings.length,
      });
      outcomes.set(sibling.name, await fetchOne(git, sibling, signal));
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, siblings.length) }, work));
  const failed = workers.find((worker) => worker.status === 'rejected'); // nobody fetches any more when it is told
  if (failed !== undefined) throw failed.reason;
  return siblings.flatMap((sibling) => outcomes.get(sibling.name) ?? []);
}
