import * as vscode from 'vscode';
import { hasSiblings } from '../state/model.js';
import { ask, isTrusted } from './ask.js';
import { chooseTarget, NO_SIBLINGS } from './chooseTarget.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';
import { SHOW_LOG, tellResult } from './tell.js';
import { workflowQuestion, workflowTold } from './workflowWords.js';

/** Write GitHub Actions Workflow: says what it will write, and over whose changes; then writes it and opens it. */
export async function writeWorkflow(parts: Pick<CommandParts, 'targets' | 'log'>, given?: Given): Promise<void> {
  if (!isTrusted()) return;
  const question = { title: 'Write GitHub Actions Workflow', suits: hasSiblings, none: NO_SIBLINGS };
  const target = await chooseTarget(parts, given, question);
  if (target === undefined) return;
  const plan = await target.engine.workflowPlan();
  const asked = workflowQuestion(plan);
  if (asked !== null && !(await ask(asked))) return;
  // What a person changed since is found by the engine, which then refuses.
  const { written } = await target.engine.workflow({ force: plan.there === 'changed' });
  const told = workflowTold(plan, written);
  parts.log.info(told);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(vscode.Uri.file(plan.root), plan.file));
  tellResult('information', told, [SHOW_LOG]);
}
