import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Sha } from '../../src/core/commit.js';
import type { EditorEngine } from '../../src/core/engine.js';
import type { IncomingCommit, RunReport } from '../../src/core/enhancement.js';
import type { ProgressStep } from '../../src/core/ports.js';
import type { EngineOptions } from '../../src/engine/opened.js';
import { createEngine } from '../../src/engine.js';
import { git } from './plainGit.js';
import { makeRepository, nextSecond } from './repository.js';
import { temporaryFolder } from './temporaryFolder.js';

/** A signal that is never raised. */
export const NEVER: AbortSignal = new AbortController().signal;

/** What a commit of a family holds; null removes a file. */
export type Files = Readonly<Record<string, string | null>>;

/** Parts of the configuration that a test sets. */
export type Policy = Readonly<Record<string, unknown>>;

/** How a commit differs from the usual one. */
export interface CommitMore {
  readonly body?: string;
  readonly author?: string;
  readonly email?: string;
  /** Seconds since 1970. */
  readonly seconds?: number;
}

/** How an engine differs from the usual one. */
export interface EngineMore {
  readonly progress?: (step: ProgressStep) => void;
  readonly workspace?: string;
  /** Variables that the engine is started with; default: none. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly patience?: EngineOptions['patience'];
}

/** A target and its siblings in folders, with a policy whose checks are shell commands that note when they ran. */
export interface Family {
  readonly folder: string;
  readonly target: string;
  readonly cache: string;
  /** Folder outside every repository, where checks leave their notes. */
  readonly notes: string;
  sibling(name: string): string;
  commit(repository: string, subject: string, files: Files, more?: CommitMore): Sha;
  configure(policy: Policy): void;
  /** Moves the engine's clock ahead, by milliseconds. */
  wait(milliseconds: number): void;
  engine(more?: EngineMore): EditorEngine;
  scan(): Promise<RunReport>;
  sync(): Promise<RunReport>;
  dryRun(): Promise<RunReport>;
  /** How many checks ran since the family was made. */
  checksRun(): number;
  /** Trees that checks saw. */
  treesSeen(): readonly Sha[];
}

/** The usual check: fails when a file below `src` says BROKEN, or `half-a` and `half-b` are both there. */
export function proofCheck(notes: string): Policy {
  const seen = `echo run >> '${notes}/runs'; git rev-parse 'HEAD^{tree}' >> '${notes}/trees'`;
  const pair = 'if [ -e src/half-a ] && [ -e src/half-b ]; then echo both halves; exit 1; fi';
  return { name: 'proof', run: `${seen}; ${pair}; ! grep -rl BROKEN src`, reads: 'exit-code' };
}

/** The files every member of a family starts with. */
export const TEMPLATE: Files = {
  'src/app.txt': Array.from({ length: 20 }, (_unused, line) => `line ${line + 1}\n`).join(''),
  'src/other.txt': 'other\n',
  'README.md': 'A template.\n',
};

/** Puts files in place, commits just them, and returns the commit's name. */
export function commitFiles(root: string, subject: string, files: Files, more: CommitMore = {}): Sha {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (content === null) rmSync(join(root, path));
    else writeFileSync(join(root, path), content);
  }
  if (Object.keys(files).length > 0) git(root, ['add', '--force', '-A', '--', ...Object.keys(files)]);
  const now = `@${more.seconds ?? nextSecond()} +0200`;
  const who =
    more.author === undefined
      ? {}
      : { GIT_AUTHOR_NAME: more.author, GIT_AUTHOR_EMAIL: more.email ?? 'author@example.test' };
  const message = more.body === undefined ? `${subject}\n` : `${subject}\n\n${more.body}\n`;
  git(root, ['commit', '-q', '--allow-empty', '--no-verify', '-F', '-'], {
    input: message,
    environment: { GIT_AUTHOR_DATE: now, GIT_COMMITTER_DATE: now, ...who },
  });
  return git(root, ['rev-parse', 'HEAD']);
}

function makeTarget(folder: string, files: Files): string {
  const target = makeRepository({ folder: join(folder, 'target') });
  git(target, ['config', 'user.name', 'A. Keeper']);
  git(target, ['config', 'user.email', 'keeper@example.test']);
  appendFileSync(
    join(mkdirSync(join(target, '.git/info'), { recursive: true }) ?? join(target, '.git/info'), 'exclude'),
    '/.autosync/\n',
  );
  commitFiles(target, 'chore: the template', files);
  return target;
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** A family: a target made from the template, and clones of it as siblings. */
export function makeFamily(siblings: readonly string[] = ['acme'], files: Files = TEMPLATE): Family {
  const folder = temporaryFolder();
  const target = makeTarget(folder, files);
  const [cache, notes] = [join(folder, 'cache'), join(folder, 'notes')];
  mkdirSync(notes);
  for (const name of siblings) git(folder, ['clone', '-q', '--', target, name]);
  let ahead = 0;
  const configure = (policy: Policy): void => {
    mkdirSync(join(target, '.autosync'), { recursive: true });
    const listed = siblings.map((name) => ({ name, path: `../${name}` }));
    const config = { version: 1, siblings: listed, validate: { checks: [proofCheck(notes)] }, ...policy };
    writeFileSync(join(target, '.autosync/config.json'), JSON.stringify(config, null, 2));
  };
  configure({});
  const engine = (more: EngineMore = {}): EditorEngine =>
    createEngine({
      workspace: more.workspace ?? target,
      environment: more.environment ?? {},
      ...(more.patience === undefined ? {} : { patience: more.patience }),
      cache,
      clock: () => Date.now() + ahead,
      progress: more.progress ?? (() => undefined),
    });
  return {
    folder,
    target,
    cache,
    notes,
    sibling: (name) => join(folder, name),
    commit: commitFiles,
    configure,
    wait: (milliseconds) => {
      ahead += milliseconds;
    },
    engine,
    scan: () => engine().scan({ signal: NEVER }),
    sync: () => engine().sync({ dryRun: false, signal: NEVER }),
    dryRun: () => engine().sync({ dryRun: true, signal: NEVER }),
    checksRun: () => linesOf(join(notes, 'runs')).length,
    treesSeen: () => linesOf(join(notes, 'trees')),
  };
}

/** The row of a commit in a report. Throws when there is not exactly one in a sibling. */
export function rowOf(report: RunReport, sha: Sha, sibling?: string): IncomingCommit {
  const rows = report.siblings
    .filter(({ name }) => sibling === undefined || name === sibling)
    .flatMap(({ commits }) => commits);
  const found = rows.filter((row) => row.sha === sha);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} rows for ${sha}`);
  return found[0];
}

/** Where commits stand in a report, in the order in which they were asked for. */
export function standingsOf(report: RunReport, shas: readonly Sha[]): readonly string[] {
  return shas.map((sha) => rowOf(report, sha).standing);
}

/** Subjects of a branch, oldest first. */
export function subjectsOf(root: string, range: string): readonly string[] {
  return git(root, ['log', '--reverse', '--format=%s', range]).split('\n').filter(Boolean);
}

/** The lines of the template's main file with some replaced; `lines` counts from 1. */
export function appWith(lines: Readonly<Record<number, string>>): string {
  return Array.from({ length: 20 }, (_unused, index) => `${lines[index + 1] ?? `line ${index + 1}`}\n`).join('');
}
