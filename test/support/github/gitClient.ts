import { execFile } from 'node:child_process';
import { plainEnvironment } from '../plainGit.js';

/** How a git that talks to the stand-in ended. */
export interface GitEnd {
  /** 0: it worked. */
  readonly exit: number;
  /** Both outputs. */
  readonly text: string;
}

/** Settings by which git carries a token to an origin without writing it anywhere. */
export function carrying(origin: string, token: string): Readonly<Record<string, string>> {
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  };
}

/** Runs git beside this process: the stand-in lives in it, and could not answer a git that is waited for. */
export function gitBeside(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<GitEnd> {
  const env = plainEnvironment({ GIT_TERMINAL_PROMPT: '0', ...environment });
  return new Promise((resolve) => {
    execFile('git', args, { cwd: folder, env }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exit, text: `${stdout}${stderr}` });
    });
  });
}
