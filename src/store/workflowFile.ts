import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKFLOW_FILE } from '../core/workflowFile.js';
import { writeAtomically } from './atomicFile.js';
import { diskError } from './diskError.js';
import { readWhole } from './readFile.js';
import { folderExists } from './stateFolder.js';

const FOLDERS = ['.github', '.github/workflows'] as const;

/** Text of the target's workflow; null when there is none. Throws `unsafe-input` for links out of the root, `disk`. */
export async function readWorkflowText(root: string): Promise<string | null> {
  for (const folder of FOLDERS) if (!(await folderExists(root, join(root, folder)))) return null;
  return (await readWhole(join(root, WORKFLOW_FILE)))?.toString('utf8') ?? null;
}

/** Writes the target's workflow whole or not at all. Throws `unsafe-input` for links out of the root, `disk`. */
export async function writeWorkflowText(root: string, text: string): Promise<void> {
  for (const folder of FOLDERS) {
    const path = join(root, folder);
    if (await folderExists(root, path)) continue;
    await mkdir(path).catch((error: unknown) => {
      throw diskError(path, 'created', error);
    });
  }
  await writeAtomically(join(root, WORKFLOW_FILE), text);
}
