import type { Sha } from '../core/commit.js';
import type { SharedBase, SharedOutcome, SharedStateRow } from '../core/sharedState.js';

/** A state as it lies on a ref. */
export interface SharedCommit {
  readonly commit: Sha;
  /** False for what only a person can have put there: a tag, a tree or a blob. */
  readonly isCommit: boolean;
  readonly parents: readonly Sha[];
  /** Null when there is no file of the right name, or one that is too large. */
  readonly bytes: Buffer | null;
}

/** A shared state that was read: one that can be taken, or why not, in words. */
export type ReadState =
  | { readonly kind: 'good'; readonly take: () => Promise<void> }
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'newer'; readonly why: string };

/** What sharing the state of one sibling asks of the world. */
export interface SharedStatePorts {
  /** What lies on the ref; null when it is not there. */
  bring(): Promise<SharedCommit | null>;
  /** Moves the ref from `before` to a new commit; null when it was not at `before`. */
  send(text: string, before: Sha | null, parents: readonly Sha[]): Promise<Sha | null>;
  /** This workspace's state of the sibling as a text; null when it remembers nothing of it. */
  own(): Promise<string | null>;
  read(bytes: Buffer): Promise<ReadState>;
  base(): Promise<SharedBase | null>;
  keepBase(base: SharedBase): Promise<void>;
}

type Ended = Pick<SharedStateRow, 'outcome' | 'why'>;

const ended = (outcome: SharedOutcome, why: string | null = null): Ended => ({ outcome, why });

const TOO_ODD = 'there is no state on it that could be read';
const NO_COMMIT = 'what is on it is no commit, and AutoSync deletes nothing of others; delete the ref by hand';

/**
 * Takes the state that lies on the ref, where this workspace has none of the sibling. What is refused is left where it is,
 * and the run goes on as a first one: trailers and pull requests tell the rest.
 */
export async function fetchState(ports: SharedStatePorts): Promise<Ended> {
  const [own, there] = [await ports.own(), await ports.bring()];
  if (there === null) {
    await ports.keepBase({ commit: null, refused: false });
    return ended('none');
  }
  const { commit, bytes } = there;
  if (own !== null) return compare(ports, own, there);
  const read: ReadState = bytes === null ? { kind: 'bad', why: TOO_ODD } : await ports.read(bytes);
  if (read.kind === 'newer') return ended('newer', read.why);
  if (read.kind === 'bad') {
    await ports.keepBase({ commit, refused: true });
    return ended('refused', read.why);
  }
  await read.take();
  await ports.keepBase({ commit, refused: false });
  return ended('taken');
}

/** A workspace that was cut off between taking a state and saying so is found to have it. */
async function compare(ports: SharedStatePorts, own: string, { commit, bytes }: SharedCommit): Promise<Ended> {
  const base = await ports.base();
  if (base?.commit === commit && !base.refused) return ended('same');
  if (bytes?.toString('utf8') !== own) return ended('own');
  await ports.keepBase({ commit, refused: false });
  return ended('same');
}

/**
 * Puts this workspace's state on the ref, by compare-and-swap from what the workspace has seen there. History does not
 * grow: each state is a commit without parents that replaces the one before; only states that were refused stay, as
 * parents, because nobody has read them yet.
 */
export async function pushState(ports: SharedStatePorts): Promise<Ended> {
  const own = await ports.own();
  if (own === null) return ended('empty');
  const [base, there] = [(await ports.base()) ?? { commit: null, refused: false }, await ports.bring()];
  const isSame = there?.bytes?.toString('utf8') === own;
  if (there !== null && isSame) {
    await ports.keepBase({ commit: there.commit, refused: false });
    return ended('same');
  }
  if ((there?.commit ?? null) !== base.commit) return lost(ports, there);
  if (there?.isCommit === false) return ended('refused', NO_COMMIT);
  const sent = await ports.send(own, base.commit, parentsAfter(base, there));
  if (sent === null) return ended('lost');
  await ports.keepBase({ commit: sent, refused: false });
  return ended('kept');
}

async function lost(ports: SharedStatePorts, there: SharedCommit | null): Promise<Ended> {
  const read = there === null || there.bytes === null ? null : await ports.read(there.bytes);
  return read?.kind === 'newer' ? ended('newer', read.why) : ended('lost');
}

function parentsAfter({ refused }: SharedBase, there: SharedCommit | null): readonly Sha[] {
  if (there === null) return [];
  return refused ? [there.commit] : there.parents;
}
