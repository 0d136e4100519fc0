import type { Toolchain } from '../core/check.js';
import type { Sha } from '../core/commit.js';
import type { Config } from '../core/config.js';
import type { PickChain, PickRequest } from '../core/gitPort.js';
import { narrowToolchain } from '../core/narrow.js';
import type { Ports } from '../core/ports.js';
import type { Baseline } from '../core/proof.js';
import { findToolchain, takeBaseline } from '../pipeline/validate.js';

/** The target's checks on the base of a chain: those that what the chain may touch calls for, or all of them. */
export type BaselineOf = (
  chain: PickChain,
  requests: readonly PickRequest[],
  which?: 'touched' | 'all',
) => Promise<Baseline>;

/** Paths that a chain touches, or may touch once a culprit is gone: what did not pick is tried again then. */
function touchedBy({ results }: PickChain, requests: readonly PickRequest[]): readonly string[] {
  const picked = results.flatMap((result) => (result.kind === 'picked' ? result.paths : []));
  const asked = requests.flatMap(({ commit, keep }) => keep ?? commit.changes.map(({ path }) => path));
  return [...new Set([...picked, ...asked])];
}

/** Baselines of one run, each taken once for the same checks on the same head, and only when a chain has to be checked. */
export function baselinesOf(
  ports: Pick<Ports, 'git' | 'checks' | 'store' | 'clock' | 'progress'>,
  config: Config['validate'],
  signal: AbortSignal,
): BaselineOf {
  const toolchains = new Map<Sha, Promise<Toolchain>>();
  const taken = new Map<string, Promise<Baseline>>();
  return async (chain, requests, which = 'touched') => {
    const head = { commit: chain.base, tree: await ports.git.treeOf(chain.base) };
    const found = toolchains.get(chain.base) ?? findToolchain(ports, head, config, signal);
    toolchains.set(chain.base, found);
    const toolchain = which === 'all' ? await found : narrowToolchain(await found, touchedBy(chain, requests));
    const key = JSON.stringify([
      chain.base,
      toolchain.narrowed,
      ...toolchain.checks.map(({ name, run }) => [name, run]),
    ]);
    const baseline = taken.get(key) ?? takeBaseline(ports, head, toolchain, signal);
    taken.set(key, baseline);
    return baseline;
  };
}
