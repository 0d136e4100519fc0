import * as vscode from 'vscode';
import { DEFAULT_SETTINGS } from '../contributions.js';
import { type PollingMode, pollingMode } from '../state/model.js';

const KEY = 'polling.modes';

const levelOf = (inspected: { workspaceFolderValue?: unknown; workspaceValue?: unknown }) => {
  if (inspected.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  return inspected.workspaceValue === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.Workspace;
};

/**
 * What a person wants to happen by itself, for each target. The setting counts where somebody wrote it; else what was
 * answered in this workspace, which the editor remembers: a consent to landing is one person's and one target's, so it
 * is neither written into the repository nor into what counts for all of them.
 */
export class PollingChoice {
  private readonly memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  /** What counts for a target. */
  mode(folder: vscode.Uri): PollingMode {
    return this.written(folder) ?? this.answers[folder.toString()] ?? DEFAULT_SETTINGS['polling.mode'];
  }

  /** True when a person said what is to happen here, whatever it was. */
  isMade(folder: vscode.Uri): boolean {
    return this.written(folder) !== undefined || this.answers[folder.toString()] !== undefined;
  }

  /** Takes a person's word for a target: where the setting is written, it changes; else it is remembered. */
  async make(folder: vscode.Uri, mode: PollingMode): Promise<void> {
    if (this.written(folder) === undefined) {
      await this.memory.update(KEY, { ...this.answers, [folder.toString()]: mode });
      return;
    }
    const configuration = vscode.workspace.getConfiguration('autosync', folder);
    await configuration.update('polling.mode', mode, levelOf(configuration.inspect('polling.mode') ?? {}));
  }

  private get answers(): Readonly<Record<string, PollingMode>> {
    return this.memory.get<Readonly<Record<string, PollingMode>>>(KEY, {});
  }

  /**
   * What the setting says; undefined when nobody wrote it. What an untrusted workspace says does not count
   * (design: reliability T15).
   */
  private written(folder: vscode.Uri): PollingMode | undefined {
    const inspected = vscode.workspace.getConfiguration('autosync', folder).inspect<PollingMode>('polling.mode');
    const { workspaceFolderValue, workspaceValue, globalValue } = inspected ?? {};
    const value = vscode.workspace.isTrusted ? (workspaceFolderValue ?? workspaceValue ?? globalValue) : globalValue;
    return value === undefined ? undefined : pollingMode(value);
  }
}
