import * as vscode from 'vscode';
import type { SiblingConfig } from '../../core/config.js';
import { checkRemoteUrl } from '../../core/safeInput.js';
import type { Target } from '../state/target.js';
import { isTrusted } from './ask.js';
import { chooseTarget } from './chooseTarget.js';
import type { CommandParts } from './parts.js';
import type { Given } from './rows.js';
import { scanTarget } from './scan.js';
import {
  branchProblem,
  nameProblem,
  type Place,
  placeOf,
  placeProblem,
  proposedName,
  relativeFolder,
} from './siblingPlace.js';

type Parts = Pick<CommandParts, 'targets' | 'log' | 'token' | 'daily'>;

const TITLE = 'Add Sibling';
const WAYS = [
  { label: '$(link) By its address', detail: 'https://, ssh://, user@host:path or file://', way: 'address' },
  { label: '$(folder) A folder on this machine', detail: 'A clone of a related repository', way: 'folder' },
] as const;

async function askAddress(): Promise<Place | undefined> {
  const typed = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'Address of the repository, without a token.',
    placeHolder: 'https://github.com/org/app-acme.git',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Type or paste the address.' : placeProblem(text)),
  });
  if (typed === undefined) return undefined;
  const place = placeOf(typed);
  return 'url' in place ? { url: checkRemoteUrl(place.url) } : place;
}

async function askFolder(root: string): Promise<Place | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: TITLE,
      openLabel: 'Add Sibling',
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
      defaultUri: vscode.Uri.joinPath(vscode.Uri.file(root), '..'),
    })) ?? [];
  return folder === undefined ? undefined : { path: relativeFolder(root, folder.fsPath) };
}

async function askPlace(root: string): Promise<Place | undefined> {
  const chosen = await vscode.window.showQuickPick(WAYS, { title: TITLE, placeHolder: 'Where is it?' });
  if (chosen === undefined) return undefined;
  return chosen.way === 'address' ? askAddress() : askFolder(root);
}

/** Name and branch of a sibling whose place is known; undefined when a person went away. */
async function askRest(place: Place, taken: readonly string[]): Promise<SiblingConfig | undefined> {
  const name = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'A short name. It becomes part of branch names: autosync/<name>.',
    value: proposedName(place, taken),
    ignoreFocusOut: true,
    validateInput: (text) => nameProblem(text.trim(), taken),
  });
  if (name === undefined) return undefined;
  const branch = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'Branch to read. Leave it empty for the one that the sibling itself calls its default.',
    ignoreFocusOut: true,
    validateInput: branchProblem,
  });
  if (branch === undefined) return undefined;
  return { name: name.trim(), ...place, ...(branch.trim() === '' ? {} : { branch: branch.trim() }) };
}

async function askSibling({ state }: Target): Promise<SiblingConfig | undefined> {
  const place = await askPlace(state.overview?.target.root ?? state.folder);
  const taken = state.overview?.siblings.map(({ name }) => name) ?? [];
  return place === undefined ? undefined : askRest(place, taken);
}

/** Add Sibling: asks for its place, name and branch, writes it down, and looks at it. */
export async function addSibling(parts: Parts, given?: Given): Promise<void> {
  if (!isTrusted()) return;
  const target = await chooseTarget(parts, given, { title: TITLE });
  const sibling = target === undefined ? undefined : await askSibling(target);
  if (target === undefined || sibling === undefined) return;
  await target.engine.addSiblings([sibling]);
  parts.log.info(`Added ${sibling.name} to the siblings.`);
  await scanTarget(parts, target, sibling.name);
}
