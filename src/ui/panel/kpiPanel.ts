import * as vscode from 'vscode';
import type { PageCommand, ToPage } from '../../core/protocol.js';
import type { RowFilter } from '../../core/rowFilter.js';
import { PanelDialogue } from './dialogue.js';
import { newNonce, panelPage } from './page.js';
import type { PanelSource } from './panelSource.js';

/** What the panel shows of one target. */
export type { PanelSource } from './panelSource.js';

/** Type of the panel, by which the editor finds who restores it after a reload. */
export const KPI_PANEL_TYPE = 'autosync.kpi';

/** What the panel needs of the rest of the editor. */
export interface KpiPanelOptions {
  /** The extension's folder. */
  readonly extension: vscode.Uri;
  readonly sources: () => readonly PanelSource[];
  /** Fires when figures may have changed. */
  readonly onDidChange: vscode.Event<void>;
  /** Shows the rows of a figure in the tree. */
  readonly reveal: (target: string, filter: RowFilter) => void;
  /** Runs one of our own commands that the empty state offers. */
  readonly run: (command: PageCommand) => void;
}

const TITLE = 'AutoSync';

function titleOf({ targets, chosen }: Extract<ToPage, { readonly kind: 'content' }>): string {
  const name = targets.length > 1 ? targets.find(({ id }) => id === chosen)?.name : undefined;
  return name === undefined ? TITLE : `${TITLE}: ${name}`;
}

/** The panel of figures; at most one is open in a window. */
export class KpiPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly options: KpiPanelOptions;
  private readonly root: vscode.Uri;
  private readonly listening: vscode.Disposable;
  private open: { readonly panel: vscode.WebviewPanel; readonly dialogue: PanelDialogue } | null = null;

  constructor(options: KpiPanelOptions) {
    this.options = options;
    this.root = vscode.Uri.joinPath(options.extension, 'dist');
    // A hidden page is thrown away by the editor; shown again, it says `ready` and gets what is new then.
    this.listening = options.onDidChange(() => {
      if (this.open?.panel.visible) void this.open.dialogue.refresh();
    });
  }

  /** Opens the panel, or brings the open one to the front; with `target`, it shows that one. */
  show(target?: string): void {
    if (this.open === null) {
      this.adopt(
        vscode.window.createWebviewPanel(KPI_PANEL_TYPE, TITLE, vscode.ViewColumn.Active, this.webviewOptions()),
        target ?? null,
      );
      return;
    }
    if (target !== undefined) this.open.dialogue.choose(target);
    this.open.panel.reveal();
  }

  /** Takes over a panel that was open when the window was closed; the page itself remembers what it showed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.open === null) {
      panel.webview.options = this.webviewOptions();
      this.adopt(panel, null);
    } else panel.dispose();
    return Promise.resolve();
  }

  /** Closes the panel. */
  dispose(): void {
    this.listening.dispose();
    this.open?.panel.dispose();
  }

  private webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, enableForms: false, localResourceRoots: [this.root] };
  }

  private adopt(panel: vscode.WebviewPanel, target: string | null): void {
    const { sources, reveal, run } = this.options;
    const post = (message: ToPage): void => {
      if (message.kind === 'content') panel.title = titleOf(message);
      void panel.webview.postMessage(message);
    };
    const dialogue = new PanelDialogue({ sources, reveal, run, post }, target);
    panel.onDidDispose(() => {
      dialogue.close();
      this.open = null;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => dialogue.receive(message));
    panel.iconPath = vscode.Uri.joinPath(this.options.extension, 'media', 'icon.svg');
    this.open = { panel, dialogue };
    panel.webview.html = this.page(panel.webview);
  }

  private page(webview: vscode.Webview): string {
    const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.root, name)).toString();
    return panelPage({
      source: webview.cspSource,
      nonce: newNonce(),
      script: address('webview.js'),
      style: address('webview.css'),
    });
  }
}
