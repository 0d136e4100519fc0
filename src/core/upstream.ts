import type { Sha } from './commit.js';

/** Where the target's own remote stands, when work lands there through a forge. */
export interface Upstream {
  /** The target's branch there: what picks are made on then. */
  readonly head: Sha;
  /** Branches of AutoSync there, by name without `refs/heads/`. */
  readonly lanes: ReadonlyMap<string, Sha>;
}

/** What a run asks of the target's own remote. */
export interface UpstreamPort {
  /** The target's remote as it was last seen, or left by a push; null when work lands in this repository. */
  upstream(): Upstream | null;
  /** The target's remote as it is now, brought here. Throws `forge-refused`, `forge-unreachable`, `usage` when there is none. */
  askUpstream(signal: AbortSignal): Promise<Upstream>;
  /** Moves a branch of the target's remote by compare-and-swap; `after` null deletes it. Throws `moved`, `forge-refused`. */
  push(
    move: { readonly branch: string; readonly before: Sha | null; readonly after: Sha | null },
    signal: AbortSignal,
  ): Promise<void>;
}
