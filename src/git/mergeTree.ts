import type { Sha } from '../core/commit.js';
import type { GitPlace } from './environment.js';
import { runGit, startGit } from './run.js';
import { decode } from './tokens.js';

/** What `git merge-tree` says of one merge. */
export interface MergeReply {
  readonly clean: boolean;
  readonly tree: Sha;
  /** Conflicted entries, stages 1 to 3 (base, ours, theirs). */
  readonly conflicted: readonly ConflictedEntry[];
  /** Messages, when they were asked for. */
  readonly messages: readonly MergeMessage[];
}

/** One conflicted index entry. */
export interface ConflictedEntry {
  readonly mode: string;
  readonly oid: Sha;
  readonly stage: number;
  readonly path: string;
}

/** One informational message: git's own type word and the paths it is about. */
export interface MergeMessage {
  readonly paths: readonly string[];
  readonly type: string;
  readonly text: string;
}

/** A merge to try: two commits that have exactly the wished merge base. */
export interface MergePair {
  readonly ours: Sha;
  readonly theirs: Sha;
}

/** Where the objects that a merge makes go, and settings every merge of ours shares. */
export interface MergeRoom {
  readonly place: GitPlace;
  readonly environment?: Readonly<Record<string, string>>;
  /** False for git 2.38, which starts one process for each merge. Default: true. */
  readonly stdin?: boolean;
}

const SETTINGS = ['core.looseCompression=0'];

const entryOf = (token: string): ConflictedEntry => {
  const tab = token.indexOf('\t');
  const [mode = '', oid = '', stage = '0'] = token.slice(0, tab).split(' ');
  return { mode, oid, stage: Number(stage), path: token.slice(tab + 1) };
};

/**
 * A conflicted path as a person reads it. Where a file and a folder clash, git sets one aside under the name of a side;
 * the sides are commits of ours that nobody knows, so that part is left out.
 */
export function conflictPath(entry: Pick<ConflictedEntry, 'path'>): string {
  return decode(Buffer.from(entry.path, 'latin1')).text.replace(/~[0-9a-f]{40,64}(?:_\d+)?$/, '');
}

/** Reads the replies of `merge-tree --stdin -z` (git-merge-tree(1), "OUTPUT"). Paths are kept as Latin-1 bytes here. */
export function parseReplies(bytes: Buffer, withMessages: boolean): readonly MergeReply[] {
  const tokens = bytes.toString('latin1').split('\0');
  const replies: MergeReply[] = [];
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  while (at < tokens.length - 1) {
    const clean = next() === '1';
    const tree = next();
    const conflicted: ConflictedEntry[] = [];
    for (let token = next(); token !== ''; token = next()) conflicted.push(entryOf(token));
    replies.push({ clean, tree, conflicted, messages: withMessages ? readMessages(next) : [] });
  }
  return replies;
}

function readMessages(next: () => string): readonly MergeMessage[] {
  const messages: MergeMessage[] = [];
  for (let count = next(); count !== ''; count = next()) {
    const paths = Array.from({ length: Number(count) }, next);
    messages.push({ paths, type: next(), text: next() });
  }
  return messages;
}

/** Tries many merges in one git process; the replies come in order. */
export async function mergeMany(
  room: MergeRoom,
  pairs: readonly MergePair[],
  options: { readonly signal?: AbortSignal | undefined; readonly messages?: boolean } = {},
): Promise<readonly MergeReply[]> {
  if (pairs.length === 0) return [];
  const messages = options.messages ?? false;
  if (room.stdin === false) {
    const replies: MergeReply[] = [];
    for (const pair of pairs) replies.push(await mergeOne(room, pair, options.signal, messages));
    return replies;
  }
  const { out } = await runGit({
    ...room,
    args: ['merge-tree', '--write-tree', '-z', '--stdin', messages ? '--messages' : '--no-messages'],
    settings: SETTINGS,
    input: `${pairs.map((pair) => `${pair.ours} ${pair.theirs}`).join('\n')}\n`,
    signal: options.signal,
  });
  return parseReplies(out, messages);
}

/** Tries one merge in a process of its own: for git 2.38, which has no `--stdin`. */
async function mergeOne(
  room: MergeRoom,
  pair: MergePair,
  signal: AbortSignal | undefined,
  messages = false,
): Promise<MergeReply> {
  const args = ['merge-tree', '--write-tree', '-z', messages ? '--messages' : '--no-messages', pair.ours, pair.theirs];
  const { out, exit } = await runGit({ ...room, args, settings: SETTINGS, signal, expect: [0, 1] });
  const reply = parseReplies(
    Buffer.concat([Buffer.from(`${exit === 0 ? 1 : 0}\0`), out, Buffer.from('\0')]),
    messages,
  )[0];
  return reply ?? { clean: false, tree: '', conflicted: [], messages: [] };
}

/** A merge process that answers one question at a time, for chains in which each pick builds on the last. */
export interface MergeSession {
  merge(pair: MergePair): Promise<MergeReply>;
  close(): Promise<void>;
}

/**
 * Opens a live merge process. Before git 2.49 its replies sit in a 4 KiB buffer until more follows, so a `filler`
 * merge with a longer reply is sent after each question and its reply dropped (design: performance, d).
 */
export function openMergeSession(
  room: MergeRoom,
  options: { readonly filler: MergePair | null; readonly signal?: AbortSignal | undefined },
): MergeSession {
  if (room.stdin === false)
    return { merge: (pair) => mergeOne(room, pair, options.signal), close: async () => undefined };
  const args = ['merge-tree', '--write-tree', '-z', '--stdin', '--no-messages'];
  const { child, ended } = startGit({ ...room, args, settings: SETTINGS, signal: options.signal });
  const waiting: { resolve: (reply: MergeReply) => void; reject: (error: unknown) => void }[] = [];
  let buffered: Buffer = Buffer.alloc(0);
  let dropNext = false;
  let over = false;
  const refuseRest = async (): Promise<void> => {
    const error: unknown = await ended.then(
      () => new Error('git merge-tree ended before it had answered'),
      (reason: unknown) => reason,
    );
    over = true;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  void refuseRest();
  child.stdout.on('data', (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    for (let end = buffered.indexOf('\0\0'); end >= 0; end = buffered.indexOf('\0\0')) {
      const reply = parseReplies(buffered.subarray(0, end + 2), false)[0];
      buffered = buffered.subarray(end + 2);
      if (!dropNext && reply !== undefined) waiting.shift()?.resolve(reply);
      dropNext = options.filler !== null && !dropNext;
    }
  });
  const filler = options.filler === null ? '' : `${options.filler.ours} ${options.filler.theirs}\n`;
  return {
    merge: (pair) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        if (over) void refuseRest(); // a question to a process that is gone would wait for ever
        child.stdin.write(`${pair.ours} ${pair.theirs}\n${filler}`);
      }),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
