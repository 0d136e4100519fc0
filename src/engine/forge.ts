import manifest from '../../package.json' with { type: 'json' };
import type { Config } from '../core/config.js';
import { AutoSyncError } from '../core/errors.js';
import type { ForgePort, ForgeRepository } from '../core/forgePort.js';
import { forgeRepositoryOf } from '../core/forgeRepository.js';
import type { LandingPlace } from '../core/overview.js';
import { remoteUrl } from '../git/target.js';
import type { UpstreamPlace } from '../git/upstream.js';
import { type AnswersPort, answersInMemory } from '../github/answers.js';
import type { Patience } from '../github/patience.js';
import { type Environment, forgeAddresses, targetSecret } from '../secrets/environment.js';

/** The target's repository on its forge, and the token that works on it. */
export interface ForgePlace {
  readonly repository: ForgeRepository;
  readonly token: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const refuse = (what: string, next: string): AutoSyncError => new AutoSyncError({ code: 'usage', what, next });

/** The repository that the target's remote names on the forge, and the token; null where there is none. No network. */
async function findPlace(root: string, { target }: Config, environment: Environment) {
  const addresses = forgeAddresses(environment);
  const url = await remoteUrl(root, target.remote);
  const repository = url === null ? null : forgeRepositoryOf(url, addresses);
  return { addresses, repository, token: targetSecret(environment) };
}

/**
 * Where work lands by pull requests; null when it lands on branches of the target. Throws `usage` when the
 * configuration asks for pull requests and there is no forge, or no token for it.
 */
export async function forgePlaceOf(root: string, config: Config, environment: Environment): Promise<ForgePlace | null> {
  const { how } = config.land;
  if (how === 'branch') return null;
  const { remote } = config.target;
  const { addresses, repository, token } = await findPlace(root, config, environment);
  if (repository !== null && token !== null) return { repository, token };
  if (how === 'auto') return null;
  if (repository === null)
    throw refuse(
      `"land.how" is "pull-request", but the remote "${remote}" of the target is no repository on ${addresses.server}.`,
      'Point "target.remote" at the remote that is, or set "land.how" to "branch".',
    );
  throw new AutoSyncError({
    code: 'usage',
    lacks: 'token',
    what: '"land.how" is "pull-request", but there is no token for the target.',
    next: `Sign in to GitHub in the editor, or set GITHUB_TOKEN to a token for ${repository.owner}/${repository.name} with the permissions "Contents: read and write" and "Pull requests: read and write".`,
  });
}

/** What is known of where a target has landed before. */
interface LandedBefore {
  /** True when it had pull requests of AutoSync. */
  readonly byPullRequests: boolean;
}

/** The same in words for a screen: it never throws, and says where work would land with a token. No network. */
export async function landingPlaceOf(
  root: string,
  config: Config,
  environment: Environment,
  before: LandedBefore,
): Promise<LandingPlace> {
  const { how } = config.land;
  const { server } = forgeAddresses(environment);
  if (how === 'branch') return { kind: 'branches', lacksToken: null, server };
  const { repository, token } = await findPlace(root, config, environment);
  const name = repository === null ? null : `${repository.owner}/${repository.name}`;
  if (name !== null && token !== null) return { kind: 'forge', repository: name, server };
  if (how === 'pull-request') return { kind: 'nowhere', lacksToken: name, server };
  return name !== null && before.byPullRequests
    ? { kind: 'signed-out', lacksToken: name, server }
    : { kind: 'branches', lacksToken: name, server };
}

/** The repository on the forge where work would land, were there a token for it; null where that is not what is missing. */
export async function lackingToken(
  root: string,
  config: Config,
  environment: Environment,
): Promise<ForgeRepository | null> {
  if (config.land.how !== 'auto') return null;
  const { repository, token } = await findPlace(root, config, environment);
  return token === null ? repository : null;
}

const nameOf = ({ server, owner, name }: ForgeRepository): Pick<UpstreamPlace, 'name' | 'address'> => ({
  name: `${owner}/${name}`,
  address: `${server}/${owner}/${name}.git`,
});

/** Where git pushes to: over HTTP, so that it is the token that may or may not. */
export const upstreamPlace = ({ repository, token }: ForgePlace): UpstreamPlace => ({
  ...nameOf(repository),
  token: { token, origin: new URL(repository.server).origin },
});

/** The same place without a token: what is known of it serves, and it is not asked. */
export const knownPlace = (repository: ForgeRepository): UpstreamPlace & { readonly ask: null } => ({
  ...nameOf(repository),
  token: null,
  ask: null,
});

/**
 * The target's own remote, whatever lands there: over HTTP with the target's token when it is on the forge and there is
 * one, else as the target's settings name it. Throws `usage` when the target has no such remote.
 */
export async function targetPlaceOf(root: string, config: Config, environment: Environment): Promise<UpstreamPlace> {
  const { repository, token } = await findPlace(root, config, environment);
  if (repository !== null && token !== null) return upstreamPlace({ repository, token });
  const { remote } = config.target;
  const address = await remoteUrl(root, remote);
  if (address !== null) return { name: remote, address, token: null };
  const next = 'Add it with `git remote add`, or set "target.remote" to one that is there.';
  throw refuse(`The target has no remote "${remote}", so its state cannot be shared through it.`, next);
}

/**
 * Where anybody would read the target: over HTTP without a token when it is on the forge, whatever its remote is reached
 * by. Throws as `targetPlaceOf` does.
 */
export async function openPlaceOf(root: string, config: Config, environment: Environment): Promise<UpstreamPlace> {
  const { repository } = await findPlace(root, config, environment);
  return repository === null ? targetPlaceOf(root, config, environment) : { ...nameOf(repository), token: null };
}

/** Answers of the forge that an engine may have confirmed instead of sent again; they go with the engine. */
const answers = new WeakMap<object, AnswersPort>();

/** Who asks a forge, and how long it waits there. */
interface ForgeOwner {
  /** Milliseconds since 1970. Default: the system's clock. */
  readonly clock?: () => number;
  readonly patience?: Partial<Patience>;
}

/**
 * The forge itself; its client is loaded only here. Sends nothing yet. What `owner` has asked before costs no rate limit
 * while it has not changed.
 */
export async function openForge(place: ForgePlace, owner: ForgeOwner): Promise<ForgePort> {
  const { openGitHub } = await import('../github/github.js');
  const kept = answers.get(owner) ?? answersInMemory();
  answers.set(owner, kept);
  // GitHub asks for one write in a second; a forge on this machine asks for nothing.
  const patience = { spaced: !LOOPBACK.has(new URL(place.repository.api).hostname), ...owner.patience };
  const userAgent = `autosync/${manifest.version}`;
  return openGitHub({ ...place, userAgent, clock: owner.clock ?? Date.now, patience, answers: kept });
}
