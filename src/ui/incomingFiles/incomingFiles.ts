import * as vscode from 'vscode';
import { isProblem } from '../../core/errors.js';
import type { Overview } from '../../core/overview.js';
import { setContext } from '../contextKeys.js';
import type { Target } from '../state/target.js';
import type { Targets } from '../state/targets.js';
import { changedPlaces, filesOf, type IncomingFile } from './marks.js';

/** Files on disk that have something incoming; read anew only when what is known of their target changed. */
export class IncomingFiles implements vscode.Disposable {
  private readonly targets: Targets;
  private readonly read = new Map<string, Overview | null>();
  private readonly byTarget = new Map<string, readonly (readonly [string, IncomingFile])[]>();
  private readonly listening: vscode.Disposable;
  private readonly changed = new vscode.EventEmitter<readonly string[]>();
  private now: ReadonlyMap<string, IncomingFile> = new Map();

  /** Fires with the paths on disk whose mark changed. */
  readonly onDidChange = this.changed.event;

  constructor(targets: Targets) {
    this.targets = targets;
    this.listening = targets.onDidChange(() => this.follow());
  }

  /** What is incoming for a file; undefined when nothing is. */
  get(path: string): IncomingFile | undefined {
    return this.now.get(path);
  }

  /** Every path on disk that has something incoming. */
  get paths(): readonly string[] {
    return [...this.now.keys()];
  }

  /** Stops listening. */
  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  private follow(): void {
    const open = new Set(this.targets.all.map(({ state }) => state.id));
    for (const id of this.byTarget.keys()) if (!open.has(id)) this.take(id, []);
    for (const target of this.targets.all) {
      const { id, overview } = target.state;
      if (this.read.get(id) === overview) continue;
      this.read.set(id, overview);
      void this.ask(target, overview);
    }
  }

  private async ask(target: Target, overview: Overview | null): Promise<void> {
    const { id } = target.state;
    if (overview === null) return this.take(id, []);
    try {
      const paths = await target.engine.incomingPaths();
      const root = vscode.Uri.file(overview.target.root);
      if (this.read.get(id) === overview)
        this.take(
          id,
          filesOf(id, paths, (path) => vscode.Uri.joinPath(root, path).fsPath),
        );
    } catch (error) {
      // Marks are a convenience: what is wrong with the target, its own views say. An engine that ended is asked again.
      if (isProblem(error, 'cancelled')) this.read.delete(id);
      else this.take(id, []);
    }
  }

  private take(id: string, files: readonly (readonly [string, IncomingFile])[]): void {
    if (files.length === 0) this.byTarget.delete(id);
    else this.byTarget.set(id, files);
    const before = this.now;
    this.now = new Map([...this.byTarget.values()].flat());
    const changed = changedPlaces(before, this.now);
    if (changed.length === 0) return;
    setContext('autosync.incomingPaths', this.paths);
    this.changed.fire(changed);
  }
}
