import type { Sha } from '../../src/core/commit.js';
import type { Judged } from '../../src/core/judged.js';

/** An incoming commit on its way, still open; its sha is the digit that is given, forty times. */
export function judgedCommit(digit: string, paths: readonly string[], more: Partial<Judged> = {}): Judged {
  const sha: Sha = digit.repeat(40);
  const someone = { name: 'A. Writer', email: 'writer@example.test', seconds: 1_700_000_000, zone: '+0000' };
  const blobs = { oldMode: '100644', newMode: '100644', oldBlob: '0'.repeat(40), newBlob: sha } as const;
  return {
    commit: {
      sha,
      tree: sha,
      parents: ['f'.repeat(40)],
      author: someone,
      committer: someone,
      subject: `fix: ${digit}`,
      message: `fix: ${digit}\n`,
      changes: paths.map((path) => ({ status: 'M', path, ...blobs })),
      readablePaths: true,
    },
    type: 'fix',
    scope: null,
    breaking: false,
    reverts: null,
    kept: paths,
    dropped: [],
    forecast: null,
    settled: null,
    risk: null,
    vetoes: [],
    verdict: null,
    landed: null,
    ...more,
  };
}
