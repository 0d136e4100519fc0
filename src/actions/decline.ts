import { shortSha } from '../core/commit.js';
import type { IncomingCommit } from '../core/enhancement.js';
import { AutoSyncError } from '../core/errors.js';
import type { Decision } from '../core/facts.js';
import type { GitPort } from '../core/gitPort.js';
import type { Ports } from '../core/ports.js';
import { sanitize } from '../core/sanitize.js';
import { standingSince } from '../core/since.js';
import { findCommits } from './find.js';

/** A person's no, with its reason; it holds for the same change under any sha, also after the sibling rebases. */
export async function declineCommit(
  ports: Ports,
  given: string,
  options: { readonly because: string; readonly until: string | null; readonly signal: AbortSignal },
): Promise<Decision> {
  const found = findCommits(ports.store, given);
  const [first] = found;
  if (first === undefined) throw new AutoSyncError({ code: 'unknown-commit', given, why: 'it is not known' });
  refuseLanded(first.commit);
  const because = checkReason(options.because);
  const until = checkUntil(options.until);
  const decision: Decision = {
    sibling: first.sibling,
    sha: first.commit.sha,
    patchId: await patchIdOf(ports.git, first.commit.sha, options.signal),
    subject: first.commit.subject,
    kind: 'declined',
    by: sanitize((await ports.git.user()).name, 100),
    because,
    at: new Date(ports.clock()).toISOString(),
    until,
  };
  await ports.store.record(
    found.flatMap(({ sibling, commit }) => [
      { kind: 'decision', decision: { ...decision, sibling } } as const,
      {
        kind: 'commits',
        sibling,
        run: 'decline',
        replace: false,
        commits: [standingSince(declinedRow(commit, decision), commit, decision.at)],
      } as const,
    ]),
  );
  return decision;
}

function checkReason(given: string): string {
  const because = sanitize(given).trim();
  if (because !== '') return because;
  throw new AutoSyncError({
    code: 'usage',
    what: 'The reason of the decline is empty.',
    next: 'Say in a few words why: whoever meets the commit again reads it.',
  });
}

function declinedRow(commit: IncomingCommit, { by, because, until }: Decision): IncomingCommit {
  return {
    ...commit,
    standing: 'declined',
    reason: `${by} declined it${until === null ? '' : ` until ${until}`}: ${because}`,
    evidence: { kind: 'declined', by, because, until },
  };
}

function refuseLanded({ sha, standing, reason }: IncomingCommit): void {
  if (standing !== 'landed' && standing !== 'present') return;
  throw new AutoSyncError({
    code: 'usage',
    what: `${shortSha(sha)} cannot be declined: ${reason}`,
    next: '`autosync undo RUN` takes back what a run landed; `git revert` does it for anything else.',
  });
}

async function patchIdOf(git: GitPort, sha: string, signal: AbortSignal): Promise<string | null> {
  if ((await git.resolve(sha)) === null)
    throw new AutoSyncError({ code: 'unknown-commit', given: shortSha(sha), why: 'it was not fetched here yet' });
  return (await git.patchIds([sha], signal)).get(sha) ?? null;
}

function checkUntil(until: string | null): string | null {
  if (until === null) return null;
  const time = Date.parse(until);
  if (Number.isNaN(time))
    throw new AutoSyncError({
      code: 'usage',
      what: `"${sanitize(until, 60)}" is no date.`,
      next: 'Write it as 2027-01-31.',
    });
  return new Date(time).toISOString();
}
