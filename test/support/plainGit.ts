import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

/** How one plain git command is run. */
export interface PlainGitOptions {
  readonly input?: string | Uint8Array;
  /** Exit statuses that are no failure. Default: 0. */
  readonly expect?: readonly number[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The environment of plain git in tests: nobody's settings, fixed names. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: devNull,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_AUTHOR_NAME: 'A. Writer',
    GIT_AUTHOR_EMAIL: 'writer@example.test',
    GIT_COMMITTER_NAME: 'A. Writer',
    GIT_COMMITTER_EMAIL: 'writer@example.test',
    ...more,
  };
}

/** Settings under which tests make repositories: local transports allowed, nothing in the background. */
const SETTINGS = ['protocol.file.allow=always', 'gc.auto=0', 'core.quotePath=false', 'advice.detachedHead=false'];

function run(folder: string, args: readonly string[], options: PlainGitOptions): SpawnSyncReturns<Buffer> {
  const flags = SETTINGS.flatMap((setting) => ['-c', setting]);
  const answer = spawnSync('git', [...flags, ...args], {
    cwd: folder,
    env: plainEnvironment(options.environment),
    maxBuffer: 1 << 28,
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (answer.status === null || !(options.expect ?? [0]).includes(answer.status)) {
    throw new Error(`git ${args.join(' ')} in ${folder}: exit ${answer.status}\n${answer.stderr}`);
  }
  return answer;
}

/** Runs plain git and returns what it printed as bytes. Throws when it fails. */
export function gitBytes(folder: string, args: readonly string[], options: PlainGitOptions = {}): Buffer {
  return run(folder, args, options).stdout;
}

/** Runs plain git and returns what it printed as trimmed text. Throws when it fails. */
export function git(folder: string, args: readonly string[], options: PlainGitOptions = {}): string {
  return gitBytes(folder, args, options).toString('utf8').trim();
}

/** Runs plain git where failing is an answer; returns its exit status and both outputs. */
export function tryGit(
  folder: string,
  args: readonly string[],
  options: PlainGitOptions = {},
): { readonly exit: number; readonly text: string } {
  const anything = Array.from({ length: 256 }, (_unused, exit) => exit);
  const answer = run(folder, args, { ...options, expect: anything });
  return { exit: answer.status ?? -1, text: `${answer.stdout}${answer.stderr}` };
}
