import { createEngine } from '../../../src/engine.js';

const [workspace = '', cache = '', wasm = ''] = process.argv.slice(2);

/** One `sync` with a forge, in a process of its own, which the test that started it may kill at any moment. */
const engine = createEngine({
  ...{ workspace, cache, wasm, environment: process.env, progress: () => undefined },
  patience: { request: 4000, second: 20, spaced: false },
});
await engine.sync({ dryRun: false, signal: new AbortController().signal });
