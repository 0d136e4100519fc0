import type { TestProject } from 'vitest/node';
import { VSIX } from '../host/places.js';
import { installed } from '../host/server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder in which the packaged extension is installed, for every editor of a run. */
    readonly extensions: string;
  }
}

/** Installs the packaged extension before the first test of a run, and answers how to take it away after the last. */
export function setup(project: TestProject): () => void {
  const { extensions, remove } = installed('current', VSIX);
  project.provide('extensions', extensions);
  return remove;
}
