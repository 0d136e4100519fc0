import * as vscode from 'vscode';
import type { SiblingConfig } from '../../core/config.js';
import type { Relative } from '../../core/reports.js';
import { COMMANDS } from '../contributions.js';
import { plainLabel } from '../plainLabel.js';
import { listing, quantity } from '../quantity.js';
import { isTrusted } from './ask.js';
import { chooseTarget } from './chooseTarget.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';
import { scanTarget } from './scan.js';
import { tellResult } from './tell.js';
import { working } from './working.js';

type Parts = Pick<CommandParts, 'targets' | 'log' | 'token' | 'daily'>;

const siblingOf = ({ name, path, url, branch }: Relative): SiblingConfig => ({
  name,
  ...(url === null ? {} : { url }),
  ...(path === null ? {} : { path }),
  ...(branch === null ? {} : { branch }),
});

async function pickRelatives(found: readonly Relative[]): Promise<readonly Relative[]> {
  const items = found.map((relative) => ({
    label: plainLabel(relative.name),
    description: plainLabel(relative.because),
    detail: plainLabel(relative.url ?? relative.path ?? ''),
    picked: true,
    relative,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Find Siblings: ${quantity(found.length, 'related repository', 'related repositories')} found`,
    placeHolder: 'Whose improvements may fit this repository?',
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ relative }) => relative) ?? [];
}

function tellNone(looked: readonly string[]): void {
  const where = looked.length === 0 ? '' : ` AutoSync looked at ${plainLabel(listing(looked), 300)}.`;
  tellResult('information', `No related repository was found that is not a sibling already.${where}`, [
    { title: 'Add Sibling...', command: COMMANDS.addSibling },
  ]);
}

/** Find Siblings: looks for related repositories, lets a person pick, writes them down, and takes the first look. */
export async function findSiblings(parts: Parts, given?: Given): Promise<void> {
  if (!isTrusted()) return;
  const target = await chooseTarget(parts, given, { title: 'Find Siblings' });
  if (target === undefined) return;
  const { found, looked } = await working(target, {
    kind: 'find',
    title: 'AutoSync looks for related repositories',
    run: (engine, signal) => engine.relatives(signal),
  });
  if (found.length === 0) return tellNone(looked);
  const picked = await pickRelatives(found);
  if (picked.length === 0) return;
  await target.engine.addSiblings(picked.map(siblingOf));
  parts.log.info(`Added ${picked.map(({ name }) => name).join(', ')} to the siblings.`);
  await scanTarget(parts, target);
}
