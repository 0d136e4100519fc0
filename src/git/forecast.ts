import { availableParallelism } from 'node:os';
import type { Commit, Sha } from '../core/commit.js';
import type { ForecastRequest, ForecastResult } from '../core/gitPort.js';
import { mergeAttributes } from './attributes.js';
import { foldersOf, type HeadFiles, type Plan, planForecast, type Triple } from './classify.js';
import { heldBack } from './contended.js';
import { ContentCache } from './contentCache.js';
import { mergeTriples, type TripleOutcome, tripleKey } from './contentMerge.js';
import { partialCommits } from './fastImport.js';
import type { TreeFile } from './lsTree.js';
import { conflictPath, type MergePair, type MergeReply, type MergeRoom, mergeMany } from './mergeTree.js';
import { type ObjectFormat, PackBuilder } from './objects.js';
import { type PickPart, pickParts, requestedChanges } from './pickParts.js';
import type { Quarantine } from './quarantine.js';
import { openScratch, type Scratch } from './scratch.js';
import { emptyRoot, syntheticCommit } from './synthetic.js';

/** What a forecast is made against; its files are asked for only when something is not remembered. */
export interface ForecastHead {
  readonly tree: Sha;
  files(): Promise<ReadonlyMap<string, TreeFile>>;
}

/** Where and how forecasts are made. */
export interface ForecastSetting {
  readonly quarantine: Quarantine;
  readonly format: ObjectFormat;
  /** Content merges, which hold on any head. */
  readonly cache: ContentCache;
  /** Outcomes of whole commits on one head. */
  readonly outcomes: ContentCache;
  /** False for git 2.38, which merges one pair per process. Default: true. */
  readonly mergeTreeStdin?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Git processes side by side. Default: the cores, at most 4. */
  readonly processes?: number;
}

interface Planned extends PickPart<ForecastRequest> {
  readonly plan: Plan;
}

const outcomeKey = (request: ForecastRequest, headTree: Sha): string =>
  ContentCache.key('outcome 2', request.commit.sha, headTree, ...(request.keep ?? ['*']));

const writeOutcome = ({ outcome, tree, conflicts }: ForecastResult): string =>
  `${outcome}\t${tree ?? ''}\t${JSON.stringify(conflicts)}`;

/** A remembered outcome: `outcome TAB tree TAB json of paths`. */
const readOutcome = (sha: Sha, line: string): ForecastResult => {
  const [outcome = '', tree = '', paths = '[]'] = line.split('\t');
  return {
    sha,
    outcome: outcome as ForecastResult['outcome'],
    tree: tree === '' ? null : tree,
    conflicts: JSON.parse(paths) as string[],
  };
};

const isConflict = (triple: Triple, merged: ReadonlyMap<string, TripleOutcome>): boolean =>
  merged.get(tripleKey(triple)) === null;

/** The outcome when content merges alone decide; null when a whole merge is needed. */
function settle(
  { request, plan, refused }: Planned,
  merged: ReadonlyMap<string, TripleOutcome>,
): ForecastResult | null {
  const sha = request.commit.sha;
  if (refused.length > 0) return { sha, outcome: 'conflict', tree: null, conflicts: refused.map(({ path }) => path) };
  const triples = plan.kind === 'content' ? plan.triples : plan.sure;
  const conflicts = triples.filter((triple) => isConflict(triple, merged)).map((triple) => triple.path);
  if (conflicts.length > 0) return { sha, outcome: 'conflict', tree: null, conflicts };
  if (plan.kind === 'whole') return null;
  const changes = plan.changes || triples.some((triple) => merged.get(tripleKey(triple)) !== triple.ours);
  return { sha, outcome: changes ? 'clean' : 'empty', tree: null, conflicts: [] };
}

const addRoot = (pack: PackBuilder): Sha => {
  const root = emptyRoot(pack.format);
  pack.add(root.tree);
  return pack.add(root.commit);
};

/** Commits that stand for the picked side: the commit itself, or a made-up one for roots and partial picks. */
async function theirsOf(
  scratch: Scratch,
  pack: PackBuilder,
  planned: readonly Planned[],
  signal?: AbortSignal,
): Promise<readonly Sha[]> {
  const partial = planned.filter(
    ({ asked }) => asked.keep !== undefined && asked.keep.length < asked.commit.changes.length,
  );
  const picks = partial.map(({ asked }) => ({
    commit: asked.commit,
    parent: asked.commit.parents[0] ?? addRoot(pack),
    keep: new Set(asked.keep),
  }));
  await pack.write(scratch.objects); // fast-import builds on the root commit
  const made = await partialCommits(scratch.room, scratch.objects, picks, signal);
  const byPlan = new Map(partial.map((plan, index) => [plan, made[index] ?? ''] as const));
  return planned.map((plan) => byPlan.get(plan) ?? wholeTheirs(pack, plan.request.commit));
}

const wholeTheirs = (pack: PackBuilder, commit: Commit): Sha =>
  commit.parents.length === 1
    ? commit.sha
    : pack.add(syntheticCommit(commit.tree, commit.parents[0] ?? addRoot(pack), commit.committer.seconds));

/** The pairs to merge for whole-tree forecasts, their synthetic commits written as one pack. */
async function mergePairs(
  scratch: Scratch,
  format: ObjectFormat,
  headTree: Sha,
  planned: readonly Planned[],
  signal?: AbortSignal,
): Promise<readonly MergePair[]> {
  const pack = new PackBuilder(format);
  const theirs = await theirsOf(scratch, pack, planned, signal);
  const pairs = planned.map(({ request: { commit } }, index) => ({
    ours: pack.add(syntheticCommit(headTree, commit.parents[0] ?? addRoot(pack), commit.committer.seconds)),
    theirs: theirs[index] ?? commit.sha,
  }));
  await pack.write(scratch.objects);
  return pairs;
}

async function mergeInParts(
  room: MergeRoom,
  pairs: readonly MergePair[],
  processes: number,
  options: { signal?: AbortSignal | undefined; messages?: boolean },
): Promise<readonly MergeReply[]> {
  const parts = Array.from({ length: processes }, (_unused, part) =>
    pairs.filter((_pair, index) => index % processes === part),
  );
  const replies = await Promise.all(parts.map((part) => mergeMany(room, part, options)));
  return pairs.flatMap((_pair, index) => replies[index % processes]?.[Math.floor(index / processes)] ?? []);
}

const conflictedPaths = (reply: MergeReply): readonly string[] => [...new Set(reply.conflicted.map(conflictPath))];

const resultOf = (sha: Sha, reply: MergeReply, headTree: Sha): ForecastResult => ({
  sha,
  outcome: reply.clean ? (reply.tree === headTree ? 'empty' : 'clean') : 'conflict',
  tree: reply.clean ? reply.tree : null,
  conflicts: reply.clean ? [] : conflictedPaths(reply),
});

async function planAll(
  setting: ForecastSetting,
  head: ForecastHead,
  requests: readonly ForecastRequest[],
): Promise<readonly Planned[]> {
  const files = await head.files(); // its attributes decide merges too, so they are in place from here on
  const paths = [...new Set(requests.flatMap((request) => requestedChanges(request).map(({ path }) => path)))];
  const special = await mergeAttributes(setting.quarantine, paths, setting.signal);
  const parts = await pickParts(setting, files, requests);
  const look: HeadFiles = { files, folders: foldersOf(files.keys()), special };
  return parts.map((part) => ({
    ...part,
    plan: planForecast(part.request.commit, requestedChanges(part.asked), look),
  }));
}

const processesOf = (setting: ForecastSetting): number => setting.processes ?? Math.min(4, availableParallelism());

/**
 * Forecasts each request alone on the head, in memory: what a real `git cherry-pick` on that head would give.
 * Look first, merge each distinct content once, whole trees only where they decide; remembered by content
 * (design: performance, c). Results are in the order of the requests.
 */
export async function forecastAll(
  setting: ForecastSetting,
  head: ForecastHead,
  requests: readonly ForecastRequest[],
): Promise<readonly ForecastResult[]> {
  const known = new Map<ForecastRequest, ForecastResult>();
  for (const request of requests) {
    const line = setting.outcomes.get(outcomeKey(request, head.tree));
    if (line !== undefined) known.set(request, readOutcome(request.commit.sha, line));
  }
  const open = requests.filter((request) => !known.has(request));
  if (open.length > 0) {
    for (const [{ request }, result] of await forecastOpen(setting, head, await planAll(setting, head, open))) {
      known.set(request, result);
      setting.outcomes.set(outcomeKey(request, head.tree), writeOutcome(result));
    }
    await Promise.all([setting.cache.save(), setting.outcomes.save()]);
  }
  return requests.flatMap((request) => known.get(request) ?? []);
}

async function forecastOpen(
  setting: ForecastSetting,
  head: ForecastHead,
  open: readonly Planned[],
): Promise<ReadonlyMap<Planned, ForecastResult>> {
  const known = new Map<Planned, ForecastResult>();
  const scratch = await openScratch(setting.quarantine, setting.mergeTreeStdin ?? true, open.length);
  const options = { processes: processesOf(setting), signal: setting.signal };
  try {
    const triples = open.flatMap(({ plan }) => (plan.kind === 'content' ? plan.triples : plan.sure));
    const merged = await mergeTriples(scratch, setting.format, setting.cache, triples, options);
    for (const plan of open) {
      const settled = settle(plan, merged);
      if (settled !== null) known.set(plan, settled);
    }
    const whole = open.filter((plan) => !known.has(plan));
    const pairs = await mergePairs(scratch, setting.format, head.tree, whole, setting.signal);
    const replies = await mergeInParts(scratch.room, pairs, options.processes, { signal: setting.signal });
    for (const [index, plan] of whole.entries()) {
      const reply = replies[index];
      if (reply === undefined)
        throw new Error(`git merge-tree gave ${replies.length} replies to ${pairs.length} merges`);
      known.set(plan, resultOf(plan.request.commit.sha, reply, head.tree));
    }
    return known;
  } finally {
    await scratch.remove();
  }
}

/** Whole-tree merges with git's own messages and the scratch they are in, for explaining conflicts. */
export async function mergeForExplanation<T>(
  setting: ForecastSetting,
  headTree: Sha,
  parts: readonly PickPart<ForecastRequest>[],
  read: (room: MergeRoom, replies: readonly MergeReply[]) => Promise<T>,
): Promise<T> {
  const scratch = await openScratch(setting.quarantine, setting.mergeTreeStdin ?? true, parts.length);
  try {
    const planned = parts.map((part) => ({ ...part, plan: { kind: 'whole', sure: [] } as const }));
    const pairs = await mergePairs(scratch, setting.format, headTree, planned, setting.signal);
    const replies = await mergeInParts(scratch.room, pairs, processesOf(setting), {
      signal: setting.signal,
      messages: true,
    });
    const held = replies.map((reply, index) => heldBack(reply, parts[index]?.refused ?? []));
    return await read(scratch.room, held);
  } finally {
    await scratch.remove();
  }
}
