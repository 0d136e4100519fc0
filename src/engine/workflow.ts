import { createHash } from 'node:crypto';
import { reachable, writeWorkflow } from '../actions/workflow.js';
import type { Engine } from '../core/engine.js';
import { findRoot, readTarget, remoteUrl } from '../git/target.js';
import { readWorkflowText, writeWorkflowText } from '../store/workflowFile.js';
import { type EngineOptions, neededConfig } from './opened.js';
import { chosen } from './runs.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The commands about the workflow that syncs on a schedule. */
export function workflowOf(options: EngineOptions): Pick<Engine, 'workflow' | 'workflowSiblings'> {
  return {
    workflow: async ({ force }) => {
      const root = await findRoot(options.workspace);
      const config = await neededConfig(root);
      const { branch } = await readTarget(root, config.target.branch, config.target.remote);
      const ports = {
        readFile: () => readWorkflowText(root),
        writeFile: (text: string) => writeWorkflowText(root, text),
        digest,
      };
      const identity = (await remoteUrl(root, config.target.remote)) ?? JSON.stringify(config.siblings);
      return writeWorkflow(ports, { config, branch, identity, force });
    },
    workflowSiblings: async (name) => {
      const config = await neededConfig(await findRoot(options.workspace));
      return reachable(chosen(config, name)).map((sibling) => sibling.name);
    },
  };
}
