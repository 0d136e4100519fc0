import type { ChangeStatus, Commit, FileChange, Sha, Signature } from '../core/commit.js';
import type { GitPlace } from './environment.js';
import { startGit } from './run.js';
import { decode, NulTokens } from './tokens.js';

/** Format and parser come from this one table: git's placeholder for each field, in order. */
const FIELDS = ['%H', '%T', '%P', '%an', '%ae', '%ad', '%cn', '%ce', '%cd', '%B'] as const;

const LOG = [
  'log',
  '-z',
  '--raw',
  '--no-abbrev',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--date=raw',
  `--format=${FIELDS.join('%x00')}`,
];

const signature = (name: string, email: string, date: string): Signature => {
  const [seconds = '0', zone = '+0000'] = date.split(' ');
  return { name, email, seconds: Number(seconds) || 0, zone: /^[+-]\d{4}$/.test(zone) ? zone : '+0000' };
};

/** Turns the tokens of `git log -z --raw` into commits, as they come. */
class CommitReader {
  private fields: Buffer[] = [];
  private changes: FileChange[] = [];
  private pending: readonly string[] | null = null;
  private readable = true;

  /** Takes one token; returns the commit that it proves complete, if any. */
  take(token: Buffer): Commit | null {
    if (this.pending !== null) return this.takePath(this.pending, token);
    if (this.fields.length < FIELDS.length) {
      this.fields.push(token);
      return null;
    }
    const start = token[0] === 0x0a ? 1 : 0;
    if (token[start] === 0x3a) {
      this.pending = token.toString('latin1', start + 1).split(' ');
      return null;
    }
    const finished = this.finish();
    this.fields.push(token);
    return finished;
  }

  private takePath(raw: readonly string[], token: Buffer): null {
    const { text, exact } = decode(token);
    if (!exact) this.readable = false;
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', status = 'M'] = raw;
    this.changes.push({ status: status[0] as ChangeStatus, path: text, oldMode, newMode, oldBlob, newBlob });
    this.pending = null;
    return null;
  }

  /** The commit that is being read, when the stream ends. */
  finish(): Commit | null {
    if (this.fields.length < FIELDS.length) return null;
    const [sha = '', tree = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', message = ''] =
      this.fields.map((field) => decode(field).text);
    const commit: Commit = {
      sha,
      tree,
      parents: parents === '' ? [] : parents.split(' '),
      author: signature(an, ae, ad),
      committer: signature(cn, ce, cd),
      subject: message.split('\n', 1)[0]?.trim() ?? '',
      message,
      changes: this.changes,
      readablePaths: this.readable,
    };
    this.fields = [];
    this.changes = [];
    this.readable = true;
    return commit;
  }
}

/**
 * Lists commits with their changes in one pass, as a stream: `revisions` are checked object names, or `^name`.
 * Costs about what `git log --raw -z` costs; counts of lines would cost ten to thirty times that
 * (design: performance, a).
 */
export async function* logCommits(
  place: GitPlace,
  revisions: readonly string[],
  options: {
    readonly signal?: AbortSignal;
    readonly order?: 'topo-reverse' | 'default' | 'unsorted';
    readonly limit?: number;
  } = {},
): AsyncGenerator<Commit> {
  const order = { 'topo-reverse': ['--topo-order', '--reverse'], default: [], unsorted: ['--no-walk=unsorted'] }[
    options.order ?? 'default'
  ];
  const limit = options.limit === undefined ? [] : [`--max-count=${options.limit}`];
  const { child, ended } = startGit({
    place,
    args: [...LOG, ...order, ...limit, '--stdin', '--'],
    signal: options.signal,
  });
  ended.catch(() => undefined);
  child.stdin.end(`${revisions.join('\n')}\n`);
  const tokens = new NulTokens();
  const reader = new CommitReader();
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    for (const token of tokens.push(chunk)) {
      const commit = reader.take(token);
      if (commit !== null) yield commit;
    }
  }
  const rest = tokens.end();
  if (rest.length > 0) reader.take(rest);
  await ended;
  const last = reader.finish();
  if (last !== null) yield last;
}

/** Collects a stream of commits. */
export async function collect(commits: AsyncIterable<Commit>): Promise<readonly Commit[]> {
  const all: Commit[] = [];
  for await (const commit of commits) all.push(commit);
  return all;
}

/** Commits reachable from `tip` and not from the other, oldest first, parents before children. */
export function incomingCommits(
  place: GitPlace,
  tip: Sha,
  without: Sha,
  signal?: AbortSignal,
): Promise<readonly Commit[]> {
  return collect(logCommits(place, [tip, `^${without}`], { order: 'topo-reverse', ...(signal ? { signal } : {}) }));
}
