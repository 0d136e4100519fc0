import { createEngine } from '../../../src/engine.js';

const [workspace = '', cache = '', wasm = '', sha = ''] = process.argv.slice(2);

/** One `resolve` in a process of its own, which the test that started it may kill at any moment. */
const engine = createEngine({ workspace, cache, wasm, environment: {}, progress: () => undefined });
const files = [{ path: 'src/app.txt', text: 'resolved\n' }];
const row = await engine.resolve(sha, files, new AbortController().signal);
console.log(row.standing);
