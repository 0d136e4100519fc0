import * as vscode from 'vscode';
import { CONFIG_FILE } from '../core/config.js';

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** The folder and those around it, up to the root of the repository; the folder alone when there is no repository. */
async function foldersOf(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const folders: vscode.Uri[] = [];
  for (let at = folder; ; at = vscode.Uri.joinPath(at, '..')) {
    folders.push(at);
    if (await exists(vscode.Uri.joinPath(at, '.git'))) return folders;
    if (vscode.Uri.joinPath(at, '..').path === at.path) return [folder];
  }
}

/** The configuration of the repository that a folder is in; undefined when it has none. */
export async function findConfig(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (const at of await foldersOf(folder)) {
    const file = vscode.Uri.joinPath(at, CONFIG_FILE);
    if (await exists(file)) return file;
  }
  return undefined;
}

/** Where a first configuration belongs: at the root of the repository. */
export async function newConfigUri(folder: vscode.Uri): Promise<vscode.Uri> {
  return vscode.Uri.joinPath((await foldersOf(folder)).at(-1) ?? folder, CONFIG_FILE);
}
