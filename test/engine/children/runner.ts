import { createEngine } from '../../../src/engine.js';

const [workspace = '', cache = '', wasm = ''] = process.argv.slice(2);

/** One `sync` in a process of its own, which the test that started it may kill at any moment. */
const engine = createEngine({ workspace, cache, wasm, environment: {}, progress: () => undefined });
const report = await engine.sync({ dryRun: false, signal: new AbortController().signal });
console.log(JSON.stringify({ unchanged: report.siblings.map(({ unchanged }) => unchanged), notes: report.notes }));
