import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bundle } from '../support/killable.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

it('started in a folder that was removed, says so in a sentence and ends with 2', async () => {
  const folder = temporaryFolder();
  const source = JSON.stringify(join(import.meta.dirname, '../../src/cli.ts'));
  writeFileSync(join(folder, 'entry.ts'), `import { runProgram } from ${source};\nvoid runProgram();\n`);
  const program = await bundle(join(folder, 'entry.ts'), folder);
  const gone = join(folder, 'gone');
  mkdirSync(gone);
  const script = 'rmdir "$PWD" && exec "$0" "$1" status';
  const run = promisify(execFile)('sh', ['-c', script, process.execPath, program], { cwd: gone });
  await expect(run).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^✗ The folder .+\n$/),
  });
});
