import * as vscode from 'vscode';
import type { WindowState } from './model.js';
import { StateWatch } from './stateWatch.js';
import type { Target } from './target.js';

/** An open folder. Its files are watched from when it is read first: setting that up is no work for activation. */
interface Open {
  readonly target: Target;
  readonly folder: vscode.Uri;
  readonly telling: vscode.Disposable;
  watch: StateWatch | null;
}

function close({ target, telling, watch }: Open): void {
  telling.dispose();
  watch?.dispose();
  target.dispose();
}

/** The open folders, one target each; it follows folders that are opened and closed, and files that change. */
export class Targets implements vscode.Disposable {
  private readonly open = new Map<string, Open>();
  private readonly make: (folder: vscode.WorkspaceFolder) => Target;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable[];
  private readonly read = new Set<string>();
  private awake = false;

  /** Fires after every change of `state`. */
  readonly onDidChange = this.changed.event;

  constructor(make: (folder: vscode.WorkspaceFolder) => Target) {
    this.make = make;
    this.listening = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.follow()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.changed.fire()),
      vscode.window.onDidChangeWindowState(({ focused }) => (focused ? this.lookAgain() : undefined)),
    ];
    this.follow();
  }

  /** The whole window as every view shows it. */
  get state(): WindowState {
    const targets = this.all;
    return {
      folders: targets.length,
      trusted: vscode.workspace.isTrusted,
      loading: targets.some(({ state }) => !this.read.has(state.id)),
      targets: targets.map(({ state }) => state),
    };
  }

  /** Reads every folder for the first time. Until then nothing is started: no thread, no git, no database. */
  wake(): void {
    if (this.awake) return;
    this.awake = true;
    for (const one of this.open.values()) this.readFirst(one);
  }

  /** Every open folder. */
  get all(): readonly Target[] {
    return [...this.open.values()].map(({ target }) => target);
  }

  /** The target with that id; undefined when its folder was closed. */
  get(id: string): Target | undefined {
    return this.open.get(id)?.target;
  }

  /** Cancels what is under way and ends every engine, and with them the processes they started. */
  async stop(): Promise<void> {
    await Promise.all(this.all.map((target) => target.stop()));
  }

  /** Closes every engine. */
  dispose(): void {
    for (const one of this.listening) one.dispose();
    for (const one of this.open.values()) close(one);
    this.changed.dispose();
  }

  private follow(): void {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const wanted = new Map(folders.map((folder) => [folder.uri.toString(), folder]));
    for (const [id, one] of this.open)
      if (!wanted.has(id)) {
        this.open.delete(id);
        close(one);
      }
    for (const [id, folder] of wanted) if (!this.open.has(id)) this.add(id, folder);
    this.changed.fire();
  }

  private add(id: string, folder: vscode.WorkspaceFolder): void {
    const target = this.make(folder);
    const telling = target.onDidChange(() => {
      if (target.state.overview !== null) one.watch?.follow(target.state.overview.target.root);
      this.changed.fire();
    });
    const one: Open = { target, folder: folder.uri, telling, watch: null };
    this.open.set(id, one);
    if (this.awake) this.readFirst(one);
  }

  /** A person who comes back to the window may have mended elsewhere what kept a folder from being read. */
  private lookAgain(): void {
    if (!this.awake) return;
    for (const target of this.all) if (target.state.trouble !== null) void target.refresh();
  }

  private readFirst(one: Open): void {
    const { target, folder } = one;
    one.watch = new StateWatch(folder, () => void target.refresh());
    void target.refresh().then(() => {
      this.read.add(target.state.id);
      this.changed.fire();
    });
  }
}
