import type { Check, CheckOutcome } from '../core/check.js';
import type { Ports } from '../core/ports.js';
import type { Checked } from '../core/proof.js';

/** A tree on which checks run. */
export interface Ground {
  readonly tools: Pick<Ports, 'git' | 'checks'>;
  readonly at: Checked;
  readonly signal: AbortSignal;
  /** All checks in their order, also those that are not asked for: some of them build what others run. */
  readonly checks: readonly Check[];
}

/** The worktree at the tree, with its dependencies installed; with nothing that an earlier check left among them. */
async function prepare({ tools, at, signal }: Ground): Promise<string> {
  const folder = await tools.git.checkout(at.commit, signal);
  if (!(await tools.checks.isAsInstalled(folder))) await tools.git.checkout(at.commit, signal, 'fresh');
  await tools.checks.install(folder, await tools.checks.detect(folder), signal);
  return folder;
}

/** One run of a check. */
export type Execute = (check: Check, signal: AbortSignal) => Promise<CheckOutcome>;

/** What these kinds of checks run may have been built first, wherever the build is listed. */
const ON_WHAT_IS_BUILT: ReadonlySet<Check['kind']> = new Set(['test', 'smoke']);

/** The checks that leave files which this one may read: those before it, as one package is built on another. */
function buildsFor({ name, kind }: Check, checks: readonly Check[]): readonly Check[] {
  const place = checks.findIndex((one) => one.name === name);
  const before = ON_WHAT_IS_BUILT.has(kind) ? checks : checks.slice(0, Math.max(0, place));
  return before.filter((one) => one.kind === 'build' || one.emits === true);
}

/**
 * Runs checks in one worktree, which moves to the tree when the first of them has to run. What was built for another
 * tree, or is only remembered to build, is not there: it is built again before anything that may read it.
 */
export function executor(ground: Ground): Execute {
  let folder: Promise<string> | null = null;
  const started = new Map<string, Promise<CheckOutcome>>();
  const run: Execute = (check, signal) => {
    folder ??= prepare(ground);
    const ending = folder.then((place) => ground.tools.checks.run(place, check, signal));
    started.set(check.name, ending);
    return ending;
  };
  return async (check, signal) => {
    for (const build of buildsFor(check, ground.checks)) await (started.get(build.name) ?? run(build, signal));
    return run(check, signal);
  };
}
