import type { Sha } from '../core/commit.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { PickChain, PickRequest } from '../core/gitPort.js';
import { type Judged, named } from '../core/judged.js';
import { pickRequest } from '../core/pick.js';
import type { Ports } from '../core/ports.js';
import { indexPaths, needsOf } from '../core/prerequisites.js';
import { isMigration, isPrismaPath } from '../core/prisma.js';
import type { Baseline, RejectedPick, Validated } from '../core/proof.js';
import { type Decided, type DecideFacts, type DecideSetting, decidePicks } from '../pipeline/decide.js';
import { tryTree } from '../pipeline/validate.js';
import type { BaselineOf } from './baselines.js';
import { buildChain } from './chain.js';
import { landedBefore, settingOf } from './deciding.js';
import { heldElsewhere } from './held.js';
import { type Lane, landLane, pickedShas } from './landLane.js';
import type { OfferedLane } from './lane.js';
import type { Look } from './look.js';
import { pickable, takenUpBefore } from './pickable.js';
import { benchOf, validateChain } from './prove.js';
import { breaks } from './search.js';
import { type Unmade, unmadeIn } from './unmade.js';
import type { Visit } from './visit.js';

/** What improving the target by one sibling needs. */
export interface ImproveRequest {
  readonly run: string;
  readonly dryRun: boolean;
  readonly config: Config;
  readonly sibling: SiblingConfig;
  readonly head: Sha;
  readonly look: Look;
  readonly baseline: BaselineOf;
  /** The target's forge, when work lands there; null: it lands on branches of the target. */
  readonly visit: Visit | null;
  readonly signal: AbortSignal;
}

/** What came of it: where the head is now, and the word on every pick that was validated. */
export interface Improved {
  readonly head: Sha;
  readonly decided: ReadonlyMap<Sha, Decided>;
  readonly rejected: ReadonlyMap<Sha, RejectedPick>;
  /** Picks whose lockfile could not be made anew, with the reason. */
  readonly unmade: ReadonlyMap<Sha, Unmade>;
  /** The chain that was validated, for reuse when the head did not move. */
  readonly validated: Validated | null;
  /** The target's own checks that it was held against; null when nothing was validated. */
  readonly baseline: Baseline | null;
  /** Why what may merge by itself did not; null when it did or nothing may. */
  readonly kept: string | null;
  /** The pull request that brings it and is not merged yet; null: there is none. */
  readonly lane: OfferedLane | null;
  /** True when a branch that would bring it was left as it is. */
  readonly untouched: boolean;
  /** True when the checks could not be prepared: the next run tries again. */
  readonly unprepared: boolean;
  readonly notes: readonly string[];
}

/** A sibling that had nothing to improve. */
export const NOTHING_IMPROVED: Improved = {
  head: '',
  decided: new Map(),
  rejected: new Map(),
  unmade: new Map(),
  validated: null,
  baseline: null,
  kept: null,
  lane: null,
  untouched: false,
  unprepared: false,
  notes: [],
};

/** True when picks were rejected and the target has moved since by what another sibling landed. */
export function mayPassOn(improved: Improved | undefined, head: Sha): boolean {
  return improved !== undefined && improved.rejected.size > 0 && improved.head !== head;
}

/** Validates the chain of everything that picks, decides on each, and lands what is proved safe. */
export async function improveSibling(ports: Ports, request: ImproveRequest): Promise<Improved> {
  const { sibling, head, config, signal, visit } = request;
  const held = visit === null ? null : heldElsewhere(ports, visit, sibling.name);
  const look = held === null ? request.look : { ...request.look, judged: request.look.judged.map(held) };
  const chosen = pickable(look, takenUpBefore(ports, sibling.name), config.land.maxPerRun);
  if (chosen.length === 0) return { ...NOTHING_IMPROVED, head };
  ports.progress({
    phase: 'integrate',
    sibling: sibling.name,
    doing: `building the integration branch of ${chosen.length} commits`,
  });
  const requests = chosen.map((judged) => pickRequest(judged, sibling, request.run));
  const chain = await buildChain(ports, head, requests, signal);
  if (pickedShas(chain).size === 0) return { ...NOTHING_IMPROVED, head, unmade: unmadeIn(chain) };
  const { baseline, validated, survivors, lane } = await proveAll(ports, request, { chosen, chain, requests });
  const landing = await landLane(ports, request, lane, survivors);
  return {
    head: landing.head,
    decided: new Map(lane.decided.map((one) => [one.sha, one])),
    rejected: new Map(validated.rejected.map((one) => [one.sha, one])),
    unmade: new Map([...unmadeIn(chain), ...unmadeIn(validated.chain)]),
    validated,
    baseline,
    kept: landing.kept,
    lane: landing.lane,
    untouched: landing.untouched,
    unprepared: baseline.unprepared !== null,
    notes: [
      ...baseline.notes,
      ...validated.notes,
      ...(landing.alarm === null ? [] : [landing.alarm]),
      ...(landing.kept === null
        ? []
        : [`${sibling.name}: what may merge by itself was not merged, because ${landing.kept}.`]),
    ],
  };
}

/** A chain to prove: its commits, and how they are picked. */
interface ToProve {
  readonly chosen: readonly Judged[];
  readonly chain: PickChain;
  readonly requests: readonly PickRequest[];
}

/** A chain that was proved by some checks: what is left of it, and what of that may merge by itself. */
interface ProvedBy {
  readonly baseline: Baseline;
  readonly validated: Validated;
  readonly survivors: readonly Judged[];
  readonly lane: Lane;
}

async function proveBy(
  ports: Ports,
  request: ImproveRequest,
  { chosen, chain, requests }: ToProve,
  baseline: Baseline,
): Promise<ProvedBy> {
  const validated = await validateChain(benchOf(ports, request, baseline), chain, requests);
  ports.progress({ phase: 'decide', sibling: request.sibling.name, doing: 'weighing risk' });
  const survived = pickedShas(validated.chain);
  const survivors = chosen.filter(({ commit }) => survived.has(commit.sha));
  const lane = await autoLane(ports, request, baseline, validated, survivors);
  return { baseline, validated, survivors, lane };
}

/**
 * Proves a chain by the checks of what it touches. Before anything of it merges by itself all checks run once: a package
 * may need another without saying so. Should one break then, the chain is proved by all of them.
 */
async function proveAll(ports: Ports, request: ImproveRequest, what: ToProve): Promise<ProvedBy> {
  const proved = await proveBy(ports, request, what, await request.baseline(what.chain, what.requests));
  const { chain } = proved.lane;
  if (chain === null || !proved.baseline.narrowed) return proved;
  const all = await request.baseline(what.chain, what.requests, 'all');
  const at = { commit: chain.tip, tree: chain.tree, picks: [...pickedShas(chain)] };
  const tip = await tryTree(benchOf(ports, request, all), at, { runs: 1 });
  return breaks(tip) ? proveBy(ports, request, what, all) : proved;
}

type Migrations = DecideSetting['migrations'];

/** The target's migrations; not looked for when no pick touches Prisma, because that lists the whole tree. */
async function migrationsOf(ports: Ports, request: ImproveRequest, picks: readonly Judged[]): Promise<Migrations> {
  if (!picks.some(({ kept }) => kept.some(isPrismaPath))) return new Map();
  return ports.git.filesAt(request.head, isMigration, request.signal);
}

/**
 * The chain of what may merge by itself. A pick that does not apply without one that waits for a person waits too; the
 * shorter chain is checked again, because it is a tree that was never seen, and what its own proof lacks is a veto.
 */
async function autoLane(
  ports: Ports,
  request: ImproveRequest,
  baseline: Baseline,
  validated: Validated,
  survivors: readonly Judged[],
): Promise<Lane> {
  const missing = new Map<Sha, readonly string[]>();
  const migrations = await migrationsOf(ports, request, survivors);
  const before = landedBefore(ports.store.landings(), ports.git.target.branch);
  const factsOf = (judged: Judged): DecideFacts => ({
    judged,
    content: request.look.content.get(judged.commit.sha) ?? [],
    missing: missing.get(judged.commit.sha) ?? [],
    lostFrom: before.get(judged.commit.sha) ?? null,
  });
  const decideBy = (proof: Validated): readonly Decided[] =>
    decidePicks(survivors.map(factsOf), settingOf(request.config, baseline, proof, migrations));
  for (;;) {
    const decided = decideBy(validated);
    const auto = autoOf(decided);
    if (auto.size === 0) return { decided, chain: null, checks: [] };
    if (auto.size === survivors.length) return { decided, chain: validated.chain, checks: validated.checks };
    const requests = validated.requests.filter(({ commit }) => auto.has(commit.sha));
    const shorter = await proveChain(ports, request, baseline, requests);
    const kept = pickedShas(shorter.chain);
    const lost = survivors.filter(({ commit }) => auto.has(commit.sha) && !kept.has(commit.sha));
    if (lost.length === 0) return provedLane(decided, decideBy(shorter), shorter);
    for (const judged of lost) missing.set(judged.commit.sha, builtOn(judged, survivors, auto));
  }
}

const autoOf = (decided: readonly Decided[]): ReadonlySet<Sha> =>
  new Set(decided.filter((one) => one.verdict === 'auto-merge').map((one) => one.sha));

/** The word on each pick by the proof of the chain it is in: what would merge by itself, by that of the shorter one. */
function provedLane(whole: readonly Decided[], shorter: readonly Decided[], { chain, checks }: Validated): Lane {
  const auto = autoOf(whole);
  const decided = whole.map((one, place) => (auto.has(one.sha) ? (shorter[place] ?? one) : one));
  return { decided, chain: autoOf(decided).size === auto.size ? chain : null, checks };
}

/** What a pick builds on that waits for a person, in words; never empty, so that each round settles something. */
function builtOn(judged: Judged, survivors: readonly Judged[], auto: ReadonlySet<Sha>): readonly string[] {
  const needs = new Set(needsOf(survivors, indexPaths(survivors), survivors.indexOf(judged)));
  const held = survivors.filter(({ commit }) => needs.has(commit.sha) && !auto.has(commit.sha));
  return held.length > 0 ? held.map(({ commit }) => named(commit)) : ['picks that wait for a person'];
}

async function proveChain(
  ports: Ports,
  request: ImproveRequest,
  baseline: Baseline,
  requests: readonly PickRequest[],
): Promise<Validated> {
  const chain = await buildChain(ports, request.head, requests, request.signal);
  return validateChain(benchOf(ports, request, baseline), chain, requests);
}
