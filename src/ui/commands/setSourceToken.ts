import * as vscode from 'vscode';
import { plainLabel } from '../plainLabel.js';
import { hasSiblings } from '../state/model.js';
import { isTrusted } from './ask.js';
import type { CommandParts } from './parts.js';
import { type Given, rowOf } from './rows.js';
import { tellResult } from './tell.js';
import { addressesOf, originsOf, tokenProblem, withoutBlanks } from './tokenWords.js';

type Parts = Pick<CommandParts, 'targets' | 'token'>;

const TITLE = 'Set Source Token';

/** The one origin that the token will be sent to: that of the sibling it was called on. Undefined when a person went away. */
async function askOrigin({ targets }: Parts, given: Given): Promise<string | undefined> {
  const origins = originsOf(addressesOf(targets.state.targets, rowOf(given)));
  if (origins.length < 2) return origins[0];
  const items = origins.map((origin) => ({ label: plainLabel(origin), origin }));
  return (await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: 'For which host is the token?' }))
    ?.origin;
}

/** Set Source Token: keeps a token that reads private siblings in the editor's secret storage, and offers a scan with it. */
export async function setSourceToken(parts: Parts, given?: Given): Promise<void> {
  if (!isTrusted()) return;
  const origin = await askOrigin(parts, given);
  if (origin === undefined) return;
  const typed = await vscode.window.showInputBox({
    title: TITLE,
    prompt: `A token that may read the siblings at ${plainLabel(origin)}. It needs no permission to write, is sent to that address alone, and stays in the editor's secret storage.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? null : tokenProblem(text)),
  });
  if (typed === undefined || tokenProblem(typed) !== null) return;
  await parts.token.set(withoutBlanks(typed), origin);
  const scannable = parts.targets.all.some(({ state }) => hasSiblings(state));
  tellResult(
    'information',
    `The token for ${plainLabel(origin)} is kept by the editor.`,
    scannable ? [{ title: 'Scan', command: 'autosync.scan' }] : [],
  );
}
