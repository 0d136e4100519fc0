import * as vscode from 'vscode';
import { DEFAULT_SETTINGS, type Settings } from './contributions.js';

/**
 * A personal preference; `scope` is the folder it is asked for. In an untrusted workspace what the workspace itself
 * says does not count (design: reliability T15).
 */
export function setting<Name extends keyof Settings>(name: Name, scope?: vscode.Uri): Settings[Name] {
  const configuration = vscode.workspace.getConfiguration('autosync', scope ?? null);
  const { globalValue, defaultValue } = configuration.inspect<Settings[Name]>(name) ?? {};
  const value = vscode.workspace.isTrusted ? configuration.get<Settings[Name]>(name) : (globalValue ?? defaultValue);
  return value ?? DEFAULT_SETTINGS[name];
}
