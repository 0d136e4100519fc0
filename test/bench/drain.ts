import { spawn } from 'node:child_process';
import { plainEnvironment } from '../support/plainGit.js';

/**
 * Runs git, reads everything it prints through a pipe and throws it away; answers the milliseconds until it ended.
 * Throws when it fails, unless any exit is an answer.
 */
export function drainGit(folder: string, args: readonly string[], exits: 'zero' | 'any' = 'zero'): Promise<number> {
  const started = performance.now();
  const child = spawn('git', [...args], { cwd: folder, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.resume();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => {
      if (exit === 0 || exits === 'any') resolve(performance.now() - started);
      else reject(new Error(`git ${args.join(' ')} ended with ${exit}`));
    });
  });
}
