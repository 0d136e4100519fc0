import type { Config } from '../core/config.js';
import type { ChecksPort } from '../core/ports.js';
import { detect } from './detect.js';
import { safePath } from './environment.js';
import { installDependencies } from './install.js';
import { runCheck } from './run.js';
import { nodeVersionOn } from './runtime.js';
import { sweepScratch } from './scratch.js';

/** What running checks depends on. */
export interface ChecksOptions {
  readonly config: Config['validate'];
  /** A folder of AutoSync's own, outside the user's folders, for the homes and temporary files of checks. */
  readonly cacheFolder: string;
  /** Bytes of output kept from the end while a check runs; a quarter of it from the start. Default: 256 KiB. */
  readonly maxOutputBytes?: number;
}

/** Runs the target's own checks: detection, install, and one process group per check with an environment built from nothing. */
export function createChecks({ config, cacheFolder, maxOutputBytes = 256 * 1024 }: ChecksOptions): ChecksPort {
  const run = { cacheFolder, timeoutSeconds: config.timeout, keepBytes: maxOutputBytes };
  const path = safePath(process.env);
  const nodeVersion = once(() => nodeVersionOn(path));
  const swept = once(() => sweepScratch(cacheFolder));
  return {
    detect: (folder) => detect(folder, { checks: config.checks, nodeVersion: nodeVersion(), path }),
    async install(folder, { install }, signal) {
      await swept();
      return install ? installDependencies(folder, install, run, signal) : { ran: false, milliseconds: 0 };
    },
    async run(folder, check, signal) {
      await swept();
      return runCheck(folder, check, run, signal);
    },
    runtime: () => `node ${nodeVersion()} ${process.platform} ${process.arch}`,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
