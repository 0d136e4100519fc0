import type { FileChange, Sha } from '../core/commit.js';
import type { ForecastRequest } from '../core/gitPort.js';
import { isLockfile } from '../core/lockfiles.js';
import { generatedPaths } from './attributes.js';
import { beside, type Contended, derivedPart } from './contended.js';
import { lsTree, type TreeFile } from './lsTree.js';
import type { Quarantine } from './quarantine.js';

/** A pick, taken apart into what git merges and what it may not. */
export interface PickPart<Request extends ForecastRequest> {
  readonly request: Request;
  /** The request without the lockfiles that are made anew. */
  readonly asked: Request;
  /** Lockfiles that both sides changed and that are made anew. */
  readonly aside: readonly Contended[];
  /** Files that a program writes and that both sides changed: for a person to decide on. */
  readonly refused: readonly Contended[];
}

/** Paths that one command line holds with ease. */
const MOST_NAMED = 500;

interface PartSetting {
  readonly quarantine: Quarantine;
  readonly signal?: AbortSignal | undefined;
}

/** The changes of a commit that a request asks for. */
export function requestedChanges(request: ForecastRequest): readonly FileChange[] {
  if (request.keep === undefined) return request.commit.changes;
  const keep = new Set(request.keep);
  return request.commit.changes.filter((file) => keep.has(file.path));
}

const pathsOf = (requests: readonly ForecastRequest[]): readonly string[] =>
  requests.flatMap((request) => requestedChanges(request).map(({ path }) => path));

function partOf<Request extends ForecastRequest>(
  request: Request,
  files: ReadonlyMap<string, TreeFile>,
  generated: ReadonlySet<string>,
): PickPart<Request> {
  const changes = requestedChanges(request);
  const { aside, refused } = derivedPart(changes, (path) => files.get(path), generated);
  return { request, asked: beside(request, changes, aside), aside, refused };
}

/** Takes picks apart, each as it is alone on a tree with these files. */
export async function pickParts<Request extends ForecastRequest>(
  setting: PartSetting,
  files: ReadonlyMap<string, TreeFile>,
  requests: readonly Request[],
): Promise<readonly PickPart<Request>[]> {
  const generated = await generatedPaths(setting.quarantine, pathsOf(requests), setting.signal);
  return requests.map((request) => partOf(request, files, generated));
}

/** Takes a pick apart as it is on a tree of which only the files in question are read. */
export type PartOn<Request extends ForecastRequest> = (request: Request, on: Sha) => Promise<PickPart<Request>>;

/** Prepares to take picks apart one after the other, on a tree that each of them moves. */
export async function partsOnTrees<Request extends ForecastRequest>(
  setting: PartSetting,
  requests: readonly Request[],
): Promise<PartOn<Request>> {
  const { quarantine, signal } = setting;
  const generated = await generatedPaths(quarantine, pathsOf(requests), signal);
  return async (request, on) => {
    const paths = pathsOf([request]).filter((path) => isLockfile(path) || generated.has(path));
    const some = paths.length > MOST_NAMED ? {} : { paths };
    const files = paths.length === 0 ? new Map() : await lsTree(quarantine.place, on, { signal, ...some });
    return partOf(request, files, generated);
  };
}
