import type { Config } from '../core/config.js';
import type { ChecksPort } from '../core/ports.js';
import { checksAtOnce } from './budget.js';
import { detect } from './detect.js';
import { safePath } from './environment.js';
import { installDependencies } from './install.js';
import { isAsInstalled } from './installed.js';
import { isolationHere } from './isolation.js';
import { prismaCommand } from './prismaCommand.js';
import { lockProgram, relock } from './relock.js';
import { runCheck } from './run.js';
import { nodeVersionOn } from './runtime.js';
import type { Isolation } from './sandbox.js';
import { sweepScratch } from './scratch.js';
import { runSmoke } from './smoke.js';

/** What running checks depends on. */
export interface ChecksOptions {
  readonly config: Config['validate'];
  /** A folder of AutoSync's own, outside the user's folders, for the homes and temporary files of checks. */
  readonly cacheFolder: string;
  /** Bytes of output kept from the end while a check runs; a quarter of it from the start. Default: 256 KiB. */
  readonly maxOutputBytes?: number;
  /** Most checks side by side. Default: what the machine has cores and memory for. */
  readonly atOnce?: number;
  /** How foreign commands are kept apart. Default: the strongest way that works here. */
  readonly isolation?: Isolation;
}

/** Runs the target's own checks: detection, install, and every check apart from all else, with an environment built from nothing. */
export function createChecks(options: ChecksOptions): ChecksPort {
  const { config, cacheFolder, maxOutputBytes = 256 * 1024 } = options;
  const run = once(async () => {
    const isolation = options.isolation ?? (await isolationHere());
    return { cacheFolder, timeoutSeconds: config.timeout, keepBytes: maxOutputBytes, isolation };
  });
  const path = safePath(process.env);
  const nodeVersion = once(() => nodeVersionOn(path));
  const swept = once(() => sweepScratch(cacheFolder));
  return {
    detect: (folder) => detect(folder, { ...config, nodeVersion: nodeVersion(), path }),
    async install(folder, { install }, signal) {
      await swept();
      return install ? installDependencies(folder, install, await run(), signal) : { ran: false, milliseconds: 0 };
    },
    isAsInstalled: (folder) => isAsInstalled(folder, cacheFolder),
    async run(folder, check, signal) {
      await swept();
      if (check.smoke !== undefined) return runSmoke(folder, { ...check, smoke: check.smoke }, await run(), signal);
      return runCheck(folder, await prismaCommand(folder, check), await run(), signal);
    },
    lockProgram: (lockfile) => lockProgram(lockfile, path),
    async relock(folder, lockfile, signal) {
      await swept();
      return relock({ folder, lockfile, path, options: await run(), signal });
    },
    atOnce: options.atOnce ?? checksAtOnce(),
    // What install scripts leave behind, or do not, is part of what a check runs in.
    runtime: () =>
      `node ${nodeVersion()} ${process.platform} ${process.arch}${config.installScripts ? ' install-scripts' : ''}`,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
