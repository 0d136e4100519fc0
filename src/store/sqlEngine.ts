import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { SqlJsStatic } from 'sql.js';

const WASM = 'sql-wasm.wasm';

const engines = new Map<string, Promise<SqlJsStatic>>();

/** Where sql.js's WebAssembly lies: beside the bundle once it is bundled, else in node_modules. */
export function locateWasm(): string {
  // A CommonJS bundle has `__dirname` and no `import.meta.url`; a module has it the other way round.
  const beside = typeof __dirname === 'string' ? join(__dirname, WASM) : null;
  if (beside !== null && existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve(`sql.js/dist/${WASM}`);
}

async function start(wasm: string): Promise<SqlJsStatic> {
  const { default: initialise } = await import('sql.js');
  return initialise({ locateFile: () => wasm });
}

/** sql.js, loaded at the first call only: it costs some 30 ms (design: performance, h). `wasm` is a path. */
export function loadSqlEngine(wasm: string = locateWasm()): Promise<SqlJsStatic> {
  const engine = engines.get(wasm) ?? start(wasm);
  engines.set(wasm, engine);
  engine.catch(() => engines.delete(wasm));
  return engine;
}
