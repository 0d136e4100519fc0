import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './places.js';

/** Bundles every `suite/*.spec.ts` with the entry that an extension host loads; returns the bundle's path. */
export async function bundleSpecs(): Promise<string> {
  const folder = join(ROOT, 'test/host/suite');
  const specs = readdirSync(folder).filter((name) => name.endsWith('.spec.ts'));
  const imports = specs.map((name) => `await import('./${name}');`).join('\n');
  const outfile = join(ROOT, 'dist/run/hostSpecs.cjs');
  await build({
    absWorkingDir: ROOT,
    stdin: {
      contents: `import { runSpecs } from './index.ts';\nexport const run = () => runSpecs(async () => {\n${imports}\n});`,
      resolveDir: folder,
      sourcefile: 'specs.ts',
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
