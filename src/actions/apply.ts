import { type Sha, shortSha } from '../core/commit.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { IncomingCommit } from '../core/enhancement.js';
import { AutoSyncError } from '../core/errors.js';
import type { StoredCommit } from '../core/facts.js';
import type { PickChain } from '../core/gitPort.js';
import { incomingCommit, type Judged, named } from '../core/judged.js';
import { pickRequest } from '../core/pick.js';
import type { Ports } from '../core/ports.js';
import { indexPaths, prerequisitesOf } from '../core/prerequisites.js';
import { sanitize } from '../core/sanitize.js';
import { bySecrets } from '../pipeline/integrate.js';
import { landOnTarget, picksOf } from '../pipeline/land.js';
import { baselinesOf } from '../steps/baselines.js';
import { buildChain } from '../steps/chain.js';
import { type LaneRequest, offerLane } from '../steps/lane.js';
import { type Look, lookAt } from '../steps/look.js';
import { mergeLane } from '../steps/mergeLane.js';
import { validateChain } from '../steps/prove.js';
import { type Visit, visitForge } from '../steps/visit.js';
import { findCommits } from './find.js';

/** What applying needs. */
export interface ApplyRequest {
  readonly run: string;
  readonly config: Config;
  readonly shas: readonly string[];
  readonly signal: AbortSignal;
}

const cannot = (why: string, next: string): AutoSyncError => new AutoSyncError({ code: 'cannot-land', why, next });

const BY_HAND =
  'Run again when that is mended, or take it over by hand with `git cherry-pick` and the package manager.';

/** The commits that were named, by sibling; a commit that several siblings carry is taken from the first in the configuration. */
function wantedBySibling(
  store: Ports['store'],
  given: readonly string[],
  config: Config,
): ReadonlyMap<string, ReadonlySet<Sha>> {
  const configured = new Set(config.siblings.map(({ name }) => name));
  const wanted = new Map<string, Set<Sha>>();
  for (const text of given) {
    const found = findCommits(store, text);
    const first: StoredCommit | undefined = found.find(({ sibling }) => configured.has(sibling));
    if (first === undefined)
      throw cannot(
        `${text} is of sibling "${found[0]?.sibling}", which the configuration no longer names`,
        'Add the sibling to .autosync/config.json again, run `autosync scan`, and apply.',
      );
    wanted.set(first.sibling, (wanted.get(first.sibling) ?? new Set()).add(first.commit.sha));
  }
  return wanted;
}

function refuse(judged: Judged): void {
  const { standing, reason } = judged.settled ?? { standing: 'candidate', reason: '' };
  if (standing === 'present' || standing === 'landed')
    throw cannot(`${named(judged.commit)} is in the target already. ${reason}`, 'There is nothing to apply.');
  if (judged.commit.parents.length > 1)
    throw cannot(`${named(judged.commit)} is a merge`, 'Apply its members instead.');
  if (judged.kept.length === 0)
    throw cannot(
      `every file of ${named(judged.commit)} is dropped by a rule`,
      'Files on the deny list are never taken over; change them by hand.',
    );
  if (judged.settled?.evidence.kind === 'rule' && judged.settled.evidence.rule === 'secret')
    throw cannot(
      `${named(judged.commit)} was filtered: ${reason}`,
      'Remove the secret on the sibling, or take the change over by hand.',
    );
}

/** Secrets are looked for here too: a commit that was filtered, waits or was declined was never scanned. */
async function refuseAny(ports: Pick<Ports, 'git'>, wanted: readonly Judged[], signal: AbortSignal): Promise<void> {
  wanted.forEach(refuse);
  const shas = wanted.map(({ commit }) => commit.sha);
  const content = await ports.git.addedLines(shas, signal);
  for (const judged of wanted) refuse(bySecrets({ ...judged, settled: null }, content.get(judged.commit.sha)));
}

/** Picks the wanted commits in the sibling's order. Throws `cannot-land` naming what is in the way. */
async function chainOf(
  ports: Ports,
  look: Look,
  wanted: readonly Judged[],
  sibling: Config['siblings'][number],
  request: ApplyRequest,
  head: Sha,
): Promise<PickChain> {
  const chain = await buildChain(
    ports,
    head,
    wanted.map((judged) => pickRequest(judged, sibling, request.run)),
    request.signal,
  );
  for (const result of chain.results) {
    const judged = wanted.find(({ commit }) => commit.sha === result.sha);
    if (result.kind !== 'conflict' || judged === undefined) continue;
    if (result.unmade !== undefined) throw cannot(`${named(judged.commit)}: ${sanitize(result.unmade, 2500)}`, BY_HAND);
    const needs = prerequisitesOf(look.judged, indexPaths(look.judged), look.judged.indexOf(judged), result.paths);
    const first = needs.map((need) => shortSha(need.sha)).join(' ');
    throw cannot(
      `${named(judged.commit)} conflicts in ${result.paths.slice(0, 3).join(', ')}`,
      needs.length === 0
        ? 'Resolve it by hand with `git cherry-pick`.'
        : `It may build on what the target lacks; try \`autosync apply ${first} ${shortSha(judged.commit.sha)}\`.`,
    );
  }
  return chain;
}

type Wanted = ReadonlyMap<string, ReadonlySet<Sha>>;

/** A chain that was proved and waits to be landed. */
interface Proved {
  readonly sibling: SiblingConfig;
  readonly chain: PickChain;
  readonly rows: readonly IncomingCommit[];
  /** Checks that passed on it. */
  readonly checks: readonly string[];
}

/** Builds and proves the chain of one sibling's wanted commits on `head`. Throws `cannot-land`. */
async function prepare(
  ports: Ports,
  request: ApplyRequest,
  name: string,
  shas: ReadonlySet<Sha>,
  head: Sha,
): Promise<Proved> {
  const { config, signal } = request;
  const sibling = config.siblings.find((one) => one.name === name);
  const fetched = sibling === undefined ? null : await ports.git.lastFetched(sibling);
  if (sibling === undefined || fetched === null)
    throw cannot(`sibling "${name}" was not fetched here yet`, 'Run `autosync scan` first.');
  const look = await lookAt(ports, { sibling, head, tip: fetched.tip, config, signal });
  const wanted = look.judged.filter(({ commit }) => shas.has(commit.sha));
  await refuseAny(ports, wanted, signal);
  if (wanted.length < shas.size)
    throw cannot(`not every commit is part of ${name} any more`, 'Run `autosync scan` and look again.');
  const chain = await chainOf(ports, look, wanted, sibling, request, head);
  if (chain.tip === head) throw cannot('the commits change nothing in the target', 'There is nothing to apply.');
  const checks = await prove(ports, request, name, chain, wanted);
  return { sibling, chain, rows: wanted.map((one) => incomingCommit({ ...one, settled: null })), checks };
}

/**
 * Lands the named commits because a person said so: vetoes, types, soak time and an earlier decline do not hold them
 * back; path rules, secrets and failing checks do. Everything is proved before anything lands. Returns where the
 * target's branch is then.
 */
export async function applyCommits(ports: Ports, request: ApplyRequest): Promise<Sha> {
  const wanted = wantedBySibling(ports.store, request.shas, request.config);
  const visit = await visitForge(ports, { ...request, writes: true });
  return visit === null ? applyHere(ports, request, wanted) : applyByForge(ports, visit, request, wanted);
}

async function applyHere(ports: Ports, request: ApplyRequest, wanted: Wanted): Promise<Sha> {
  const { branch } = ports.git.target;
  const proved: Proved[] = [];
  let tip = ports.git.target.head;
  for (const [name, shas] of wanted) {
    const next = await prepare(ports, request, name, shas, tip);
    proved.push(next);
    tip = next.chain.tip;
  }
  for (const { sibling, chain } of proved) {
    ports.progress({ phase: 'land', sibling: sibling.name, doing: `merging into ${branch}` });
    const { run, signal } = request;
    const landing = { run, sibling: sibling.name, how: 'apply', branch, head: chain.base, chain, signal } as const;
    const outcome = await landOnTarget(ports, landing);
    if (outcome.kind === 'kept')
      throw cannot(outcome.why, 'Commit, stash or finish what is under way, then apply again.');
  }
  return tip;
}

/** By a pull request for each sibling, merged at once when what guards the branch agrees; else it waits there. */
async function applyByForge(ports: Ports, visit: Visit, request: ApplyRequest, wanted: Wanted): Promise<Sha> {
  let { head } = ports.git.target;
  for (const [name, shas] of wanted) {
    const { sibling, chain, rows, checks } = await prepare(ports, request, name, shas, head);
    const lane: LaneRequest = {
      ...{ run: request.run, config: request.config, sibling, lane: 'apply', base: head, signal: request.signal },
      ...{ tip: chain.tip, tree: chain.tree, picks: picksOf(chain), rows, checks, builtOn: null },
    };
    const offered = await offerLane(ports, visit, lane);
    if (offered.kind === 'kept') throw cannot(offered.why, 'Clear that up, then apply again.');
    const outcome = await mergeLane(ports, { ...visit, paused: () => null }, lane, offered);
    if (outcome.kind === 'left')
      throw cannot(outcome.why, `It waits in ${offered.pullRequest.page}: merge it there, or apply again later.`);
    head = outcome.head;
  }
  return head;
}

async function prove(
  ports: Ports,
  request: ApplyRequest,
  sibling: string,
  chain: PickChain,
  wanted: readonly Judged[],
): Promise<readonly string[]> {
  const { config, signal, run } = request;
  const source = config.siblings.find((one) => one.name === sibling);
  if (source === undefined) return [];
  const requests = wanted.map((judged) => pickRequest(judged, source, run));
  const baseline = await baselinesOf(ports, config.validate, signal)(chain, requests, 'all');
  if (baseline.unprepared !== null)
    throw cannot(baseline.unprepared, 'Nothing is applied unproved; mend that, then apply again.');
  const validated = await validateChain(
    { tools: ports, baseline, strategy: config.validate.strategy, sibling, signal },
    chain,
    requests,
  );
  const culprit = validated.rejected[0];
  if (culprit === undefined) return validated.checks;
  const judged = wanted.find(({ commit }) => commit.sha === culprit.sha);
  const failure = culprit.found.failures[0];
  throw cannot(
    `${judged === undefined ? shortSha(culprit.sha) : named(judged.commit)} breaks ${failure === undefined ? 'a check' : `${failure.check}: ${failure.name}`}`,
    judged?.resolved === undefined
      ? 'Mend it on the sibling, or take it over by hand with `git cherry-pick` and mend it here.'
      : 'It was picked as its conflicts were resolved by hand; resolve them again in the editor.',
  );
}
