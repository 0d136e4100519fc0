import * as vscode from 'vscode';
import { isFromPanel } from '../core/protocol.js';
import { PANEL_TYPE } from './contributions.js';
import { panelPage } from './panelPage.js';
import type { StateFeed } from './stateFeed.js';
import { panelMessage } from './stateModel.js';

const newNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The panel that shows the state of the store; at most one is open. */
export class StatePanel implements vscode.Disposable {
  private readonly extension: vscode.Uri;
  private readonly feed: StateFeed;
  private panel: vscode.WebviewPanel | null = null;

  constructor(extension: vscode.Uri, feed: StateFeed) {
    this.extension = extension;
    this.feed = feed;
  }

  /** Opens the panel, or brings the open one to the front. */
  show(): void {
    if (this.panel === null) this.open();
    else this.panel.reveal();
  }

  private open(): void {
    const root = vscode.Uri.joinPath(this.extension, 'dist');
    const panel = vscode.window.createWebviewPanel(PANEL_TYPE, 'AutoSync', vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [root],
    });
    const listening = this.feed.listen((reading) => void panel.webview.postMessage(panelMessage(reading)));
    panel.onDidDispose(() => {
      listening.dispose();
      this.panel = null;
    });
    // A page that was hidden is built anew and says `ready` again, so it never shows an old state.
    panel.webview.onDidReceiveMessage((message: unknown) => (isFromPanel(message) ? this.feed.refresh() : undefined));
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'icon.svg');
    panel.webview.html = this.page(panel.webview, root);
    this.panel = panel;
  }

  private page(webview: vscode.Webview, root: vscode.Uri): string {
    const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    return panelPage({
      source: webview.cspSource,
      nonce: newNonce(),
      script: address('webview.js'),
      style: address('webview.css'),
    });
  }

  /** Closes the panel. */
  dispose(): void {
    this.panel?.dispose();
  }
}
