import { createHash } from 'node:crypto';
import { planWorkflow, reachable, type WorkflowPorts, writeWorkflow } from '../actions/workflow.js';
import type { EditorEngine } from '../core/engine.js';
import { findRoot, readTarget, remoteUrl } from '../git/target.js';
import { readWorkflowText, writeWorkflowText } from '../store/workflowFile.js';
import { type EngineOptions, neededConfig } from './opened.js';
import { chosen } from './runs.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The target's policy and branch, its workflow on disk, and what tells it from other targets. */
async function given(options: EngineOptions) {
  const root = await findRoot(options.workspace);
  const config = await neededConfig(root);
  const { branch } = await readTarget(root, config.target.branch, config.target.remote);
  const ports: WorkflowPorts = {
    readFile: () => readWorkflowText(root),
    writeFile: (text) => writeWorkflowText(root, text),
    digest,
  };
  const identity = (await remoteUrl(root, config.target.remote)) ?? JSON.stringify(config.siblings);
  return { root, ports, about: { config, branch, identity } };
}

/** The commands about the workflow that syncs on a schedule. */
export function workflowOf(
  options: EngineOptions,
): Pick<EditorEngine, 'workflow' | 'workflowPlan' | 'workflowSiblings'> {
  return {
    workflow: async ({ force }) => {
      const { ports, about } = await given(options);
      return writeWorkflow(ports, { ...about, force });
    },
    workflowPlan: async () => {
      const { root, ports, about } = await given(options);
      return { root, ...(await planWorkflow(ports, { ...about, force: false })) };
    },
    workflowSiblings: async (name) => {
      const config = await neededConfig(await findRoot(options.workspace));
      return reachable(chosen(config, name)).map((sibling) => sibling.name);
    },
  };
}
