import type * as vscode from 'vscode';
import { setContext } from './contextKeys.js';
import { contextValues, type WindowKeys } from './contextValues.js';
import type { Targets } from './state/targets.js';

/** Keeps the context keys of the window true until what is returned is disposed. */
export function followContext(targets: Targets): vscode.Disposable {
  const tell = (): void => {
    const values = contextValues(targets.state);
    for (const key of Object.keys(values) as (keyof WindowKeys)[]) setContext(key, values[key]);
  };
  tell();
  return targets.onDidChange(tell);
}
