import * as vscode from 'vscode';
import { shortSha } from '../../../core/commit.js';
import { hasConflictMarkers } from '../../../core/conflictMarkers.js';
import { cancellable } from '../../cancellable.js';
import { plainLabel } from '../../plainLabel.js';
import type { Target } from '../../state/target.js';
import type { Targets } from '../../state/targets.js';
import type { EnhancementRow } from '../../tree/row.js';
import { finishResolving } from './finish.js';
import { editedIn, openMerge, tabOf, untilClosed } from './mergeEditor.js';
import { askChoice, askDone, sayMarkers } from './questions.js';
import {
  type Answer,
  answered,
  continueRecord,
  newRecord,
  nextOpen,
  type RecordedFile,
  type ResolveRecord,
  resolvedText,
} from './record.js';
import type { ResolutionFolder } from './resolutionFolder.js';

/** What resolving works with. */
export interface ConflictsOptions {
  readonly targets: Targets;
  readonly folder: ResolutionFolder;
  /** Tells what went wrong where no command waits. */
  readonly tell: (error: unknown) => Promise<void>;
}

const branchOf = (target: Target): string => target.state.overview?.target.branch ?? target.state.name;

/** Conflicts of commits in the merge editor, one file after the other; what is done stays done until all are. */
export class Conflicts implements vscode.Disposable {
  private readonly options: ConflictsOptions;
  private readonly listening: vscode.Disposable;
  /** Files whose editor we close ourselves. */
  private readonly closing = new Set<string>();

  constructor(options: ConflictsOptions) {
    this.options = options;
    const { tabGroups } = vscode.window;
    this.listening = vscode.Disposable.from(
      tabGroups.onDidChangeTabs(({ closed }) => {
        for (const tab of closed) this.left(editedIn(tab)?.uri);
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const tab = tabOf(uri);
        if (tab !== undefined && editedIn(tab)?.isMerge === false) this.left(uri);
      }),
    );
  }

  /** Begins, or goes on with what was begun. */
  async resolve(target: Target, row: EnhancementRow): Promise<void> {
    const { folder } = this.options;
    const { sha } = row.row;
    const material = await cancellable(`Preparing the conflicts of ${shortSha(sha)} ...`, (signal) =>
      target.engine.conflict(sha, signal),
    );
    const known = await folder.read(target.state.id, sha);
    const { record, fresh, changed } = continueRecord(known, newRecord(target.state.id, material));
    for (const file of fresh) await this.begin(target, record, file);
    await folder.write(record);
    if (changed.length > 0)
      void vscode.window.showInformationMessage(
        `${plainLabel(changed.join(', '), 120)} changed meanwhile, so its conflict starts again.`,
      );
    await this.goOn(target, record);
  }

  /** The person says that the file in the active editor is done, or else the given one. */
  async complete(given: vscode.Uri | undefined): Promise<void> {
    const active = vscode.window.tabGroups.activeTabGroup.activeTab;
    const edited = active === undefined ? undefined : editedIn(active)?.uri;
    for (const uri of [edited, given]) if (uri !== undefined && (await this.leave(uri))) return;
  }

  /** A file is done: its editor is left, and the next file comes. False when it is none of ours. */
  private async leave(uri: vscode.Uri): Promise<boolean> {
    const found = vscode.workspace.isTrusted ? await this.options.folder.find(uri) : null;
    if (found === null) return false;
    this.closing.add(uri.toString());
    try {
      if (await this.close(uri, found.record, found.file)) await this.settle(found.record, found.file);
    } finally {
      this.closing.delete(uri.toString());
    }
    return true;
  }

  /** Stops listening. */
  dispose(): void {
    this.listening.dispose();
  }

  /** Puts the merge with its conflict markers where it is resolved. */
  private async begin(target: Target, record: ResolveRecord, file: RecordedFile): Promise<void> {
    if (file.merged === null) return;
    const merged = await target.engine.blob(file.merged);
    if (merged.kind === 'text') await this.options.folder.setText(record, file, merged.text);
  }

  private async goOn(target: Target, record: ResolveRecord): Promise<void> {
    const file = nextOpen(record);
    if (file === undefined) return finishResolving(this.options.folder, target, record);
    if (record.files.some(({ answer }) => answer !== 'open'))
      void vscode.window.showInformationMessage(`${resolvedText(record)}. Next: ${plainLabel(file.path, 120)}`);
    const merged = file.merged === null ? null : await target.engine.blob(file.merged);
    if (merged?.kind !== 'text') return this.choose(target, record, file);
    const output = this.options.folder.uriOf(record, file);
    await openMerge({ record, file, output, branch: branchOf(target) });
  }

  /** A file that cannot be merged line by line. */
  private async choose(target: Target, record: ResolveRecord, file: RecordedFile): Promise<void> {
    const read = (blob: string | null) => (blob === null ? null : target.engine.blob(blob));
    const [ours, theirs] = await Promise.all([read(file.ours), read(file.theirs)]);
    const chosen = await askChoice(file, { ours, theirs }, record, branchOf(target));
    if (chosen !== undefined) await this.answer(record, file, chosen);
  }

  /** Saves and leaves the editor of a file; false when the person wants to stay. */
  private async close(uri: vscode.Uri, record: ResolveRecord, file: RecordedFile): Promise<boolean> {
    const tab = tabOf(uri);
    if (tab === undefined) return true;
    if (editedIn(tab)?.isMerge === true) {
      // Asks by itself when a conflict was not looked at, saves, and closes the editor.
      await vscode.commands.executeCommand('mergeEditor.acceptMerge');
      return untilClosed(uri);
    }
    const document = await vscode.workspace.openTextDocument(uri);
    if (await this.hasMarkers(record, file, document.getText())) {
      await sayMarkers(file);
      return false;
    }
    return (await document.save()) && vscode.window.tabGroups.close(tab);
  }

  private async settle(record: ResolveRecord, file: RecordedFile): Promise<void> {
    const text = await this.options.folder.text(record, file);
    if (await this.hasMarkers(record, file, text)) return sayMarkers(file);
    await this.answer(record, file, 'text');
  }

  /** A line of `=======` is a marker only where neither side has one of its own. */
  private async hasMarkers({ target }: ResolveRecord, { ours, theirs }: RecordedFile, text: string): Promise<boolean> {
    if (!hasConflictMarkers(text)) return false;
    const engine = this.options.targets.get(target)?.engine;
    const blobs = [ours, theirs].flatMap((blob) => (blob === null || engine === undefined ? [] : [engine.blob(blob)]));
    const versions = (await Promise.all(blobs)).flatMap((one) => (one.kind === 'text' ? [one.text] : []));
    return hasConflictMarkers(text, versions);
  }

  private async answer(record: ResolveRecord, file: RecordedFile, answer: Answer): Promise<void> {
    const { folder, targets } = this.options;
    const next = answered((await folder.read(record.target, record.sha)) ?? record, file.path, answer);
    await folder.write(next);
    const target = targets.get(record.target);
    if (target !== undefined) await this.goOn(target, next);
  }

  /** The person left the editor of a file, or saved it where markers are edited by hand. */
  private left(uri: vscode.Uri | undefined): void {
    if (uri === undefined || this.closing.has(uri.toString())) return;
    void this.askWhenDone(uri).catch(this.options.tell);
  }

  private async askWhenDone(uri: vscode.Uri): Promise<void> {
    const { folder, targets } = this.options;
    const found = await folder.find(uri);
    if (found === null || found.file.answer !== 'open') return;
    const { record, file } = found;
    if (await this.hasMarkers(record, file, await folder.text(record, file))) return;
    const wish = await askDone(file);
    const target = targets.get(record.target);
    // Another editor may be the active one by now.
    if (wish === 'done') await this.leave(uri);
    if (wish === 'again' && target !== undefined) await this.goOn(target, record);
  }
}
