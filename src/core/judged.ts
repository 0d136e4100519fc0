import type { Commit, Sha } from './commit.js';
import { isoDate, shortSha } from './commit.js';
import type { Forecast, IncomingCommit, Verdict } from './enhancement.js';
import type { ResolutionFile } from './facts.js';
import type { Resolved } from './resolution.js';
import type { Risk } from './risk.js';
import { sanitize } from './sanitize.js';
import type { DroppedFile, Evidence, Standing } from './standing.js';

/** Where a commit stands and why: what the stages settle, one after the other. */
export interface Settled {
  readonly standing: Standing;
  readonly reason: string;
  readonly evidence: Evidence;
}

/** How a person resolved the conflicts of a commit. */
export interface JudgedResolution extends Resolved {
  readonly files: readonly ResolutionFile[];
  /** False when it is of other conflicts than the commit has on the target's head now. */
  readonly fits: boolean;
}

/**
 * An incoming commit on its way through the stages. `settled` is null while it is still open; each stage returns new
 * values, none is changed.
 */
export interface Judged {
  readonly commit: Commit;
  readonly type: string | null;
  readonly scope: string | null;
  readonly breaking: boolean;
  /** The commit that this one reverts, from its message. */
  readonly reverts: Sha | null;
  readonly kept: readonly string[];
  readonly dropped: readonly DroppedFile[];
  /** The forecast of the whole commit, alone on the target's head. */
  readonly forecast: Forecast | null;
  readonly settled: Settled | null;
  readonly risk: Risk | null;
  readonly vetoes: readonly string[];
  readonly verdict: Verdict | null;
  readonly landed: Sha | null;
  readonly resolved?: JudgedResolution;
  /** Page of the pull request that carries it; absent: none does. */
  readonly pullRequest?: string | null;
}

/** The commit, settled. */
export function settle(judged: Judged, standing: Standing, reason: string, evidence: Evidence): Judged {
  return { ...judged, settled: { standing, reason: sanitize(reason), evidence } };
}

/** True while no stage has said where the commit stands. */
export function isOpen(judged: Judged): boolean {
  return judged.settled === null;
}

/** True when some, but not all, of its files were dropped. */
export function isPartial(judged: Pick<Judged, 'kept' | 'dropped'>): boolean {
  return judged.dropped.length > 0 && judged.kept.length > 0;
}

/** The paths a pick is limited to; undefined when the whole commit is picked. */
export function keepOf(judged: Judged): readonly string[] | undefined {
  return isPartial(judged) ? judged.kept : undefined;
}

/** A commit as a person names it: short sha and subject. */
export function named(commit: Pick<Commit, 'sha' | 'subject'>): string {
  return `${shortSha(commit.sha)} ${sanitize(commit.subject, 80)}`;
}

/** The row that reports print and the store keeps; foreign text is made safe here, once. */
export function incomingCommit(judged: Judged): IncomingCommit {
  const { commit, settled } = judged;
  const path = (text: string): string => sanitize(text, 1000);
  return {
    sha: commit.sha,
    subject: sanitize(commit.subject),
    author: sanitize(commit.author.name, 200),
    date: isoDate(commit.author.seconds),
    type: judged.type,
    scope: judged.scope,
    breaking: judged.breaking,
    standing: settled?.standing ?? 'candidate',
    reason: settled?.reason ?? 'It picks cleanly; it was not validated yet.',
    evidence: settled?.evidence ?? { kind: 'candidate', tree: commit.tree, needs: [] },
    forecast: judged.forecast,
    files: { kept: judged.kept.map(path), dropped: judged.dropped.map((file) => ({ ...file, path: path(file.path) })) },
    partial: isPartial(judged),
    risk: judged.risk,
    vetoes: judged.vetoes,
    verdict: judged.verdict,
    landed: judged.landed,
    pullRequest: judged.pullRequest ?? null,
    ...(judged.resolved?.fits === true ? { resolved: { by: judged.resolved.by, at: judged.resolved.at } } : {}),
  };
}
