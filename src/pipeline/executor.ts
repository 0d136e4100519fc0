import type { Check, CheckOutcome } from '../core/check.js';
import type { Ports } from '../core/ports.js';
import type { Checked } from '../core/proof.js';

/** A tree on which checks run. */
export interface Ground {
  readonly tools: Pick<Ports, 'git' | 'checks'>;
  readonly at: Checked;
  readonly signal: AbortSignal;
  /** The checks that build, also those that are not asked for. */
  readonly builds: readonly Check[];
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

/** What these kinds of checks run may have been built first. */
const ON_WHAT_IS_BUILT: ReadonlySet<Check['kind']> = new Set(['test', 'smoke']);

/**
 * Runs checks in one worktree, which moves to the tree when the first of them has to run. What was built for another
 * tree, or is only remembered to build, is not there: it is built again before anything that may run it.
 */
export function executor(ground: Ground): Execute {
  let folder: Promise<string> | null = null;
  const built = new Set<string>();
  const run: Execute = async (check, signal) => {
    folder ??= prepare(ground);
    built.add(check.name);
    return ground.tools.checks.run(await folder, check, signal);
  };
  return async (check, signal) => {
    const missing = ON_WHAT_IS_BUILT.has(check.kind) ? ground.builds.filter(({ name }) => !built.has(name)) : [];
    for (const build of missing) await run(build, signal);
    return run(check, signal);
  };
}
