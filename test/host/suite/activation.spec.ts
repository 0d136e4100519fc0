import { deepEqual, ok } from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';

const EXTENSION = 'autosync.autosync';

interface Contributions {
  readonly commands: readonly { readonly command: string }[];
  readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

describe('in a real editor', () => {
  let extension: vscode.Extension<unknown>;

  before(() => {
    const found = vscode.extensions.getExtension(EXTENSION);
    ok(found, `${EXTENSION} is not there`);
    extension = found;
  });

  it('the extension becomes active', async () => {
    await extension.activate();
    ok(extension.isActive);
  });

  it('package.json declares exactly the commands that are registered', async () => {
    await extension.activate();
    const { commands, views = {} }: Contributions = extension.packageJSON.contributes;
    const ofViews = Object.values(views).flatMap((list) => list.map(({ id }) => `${id}.`));
    const registered = (await vscode.commands.getCommands(true)).filter(
      // The editor itself makes a few commands for each view, such as `focus`.
      (id) => id.startsWith('autosync.') && !ofViews.some((view) => id.startsWith(view)),
    );
    deepEqual(registered.sort(), commands.map(({ command }) => command).sort());
  });
});
