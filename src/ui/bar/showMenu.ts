import * as vscode from 'vscode';
import type { RowFilter } from '../../core/rowFilter.js';
import { COMMANDS, VIEWS } from '../contributions.js';
import { plainLabel } from '../plainLabel.js';
import type { Polling } from '../polling.js';
import { hasSiblings } from '../state/model.js';
import type { Target } from '../state/target.js';
import type { Targets } from '../state/targets.js';
import { type MenuAct, type MenuEntry, menuOf } from './menu.js';
import { modeChoices } from './modeChoices.js';

/** What the quick menu works with. */
export interface MenuParts {
  readonly targets: Targets;
  readonly polling: Polling;
  /** Shows rows of a target. */
  readonly show: (target: string, filter: RowFilter) => Promise<void>;
}

interface MenuItem extends vscode.QuickPickItem {
  readonly act?: MenuAct;
}

const itemOf = (entry: MenuEntry): MenuItem =>
  entry.kind === 'line'
    ? { kind: vscode.QuickPickItemKind.Separator, label: entry.label }
    : {
        label: entry.label,
        description: entry.description,
        iconPath: new vscode.ThemeIcon(entry.icon),
        act: entry.act,
      };

async function whichTarget({ targets }: MenuParts): Promise<Target | undefined> {
  const known = targets.all.filter(({ state }) => hasSiblings(state));
  if (known.length <= 1) return known[0];
  const items = known.map((target) => ({ label: plainLabel(target.state.name), target }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'For which folder?' }))?.target;
}

async function askMode(parts: MenuParts): Promise<void> {
  const target = await whichTarget(parts);
  if (target === undefined) return;
  const items = modeChoices(target.state);
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'What is to happen by itself?' });
  if (chosen !== undefined) await parts.polling.choose(target, chosen.mode);
}

async function act(parts: MenuParts, chosen: MenuAct): Promise<void> {
  if (chosen.kind === 'command') await vscode.commands.executeCommand(chosen.command);
  else if (chosen.kind === 'mode') await askMode(parts);
  else if (chosen.target === null) await vscode.commands.executeCommand(`${VIEWS.incoming}.focus`);
  else await parts.show(chosen.target, {});
}

async function showMenu(parts: MenuParts): Promise<void> {
  const items = menuOf(parts.targets.state, Date.now()).map(itemOf);
  const chosen = await vscode.window.showQuickPick(items, { title: 'AutoSync', placeHolder: 'What shall be done?' });
  if (chosen?.act !== undefined) await act(parts, chosen.act);
}

/** Registers the quick menu that the status bar item opens. */
export function registerMenu(parts: MenuParts): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.menu, () => showMenu(parts));
}
