import * as vscode from 'vscode';
import { isFromPanel, type ToPanel } from '../core/protocol.js';
import type { StatusReport } from '../core/reports.js';
import { PANEL_TYPE } from './contributions.js';
import { panelState } from './stateModel.js';

type ReadStatus = () => Promise<StatusReport>;

const nonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The panel's page: scripts only by nonce; the toolkit's components write their own styles. */
function page(webview: vscode.Webview, script: vscode.Uri): string {
  const once = nonce();
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'unsafe-inline'; font-src ${webview.cspSource}; script-src 'nonce-${once}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AutoSync</title>
</head>
<body>
<main id="state" aria-live="polite">Reading the state ...</main>
<script nonce="${once}" src="${webview.asWebviewUri(script).toString()}"></script>
</body>
</html>`;
}

async function answer(read: ReadStatus): Promise<ToPanel> {
  try {
    return { kind: 'state', state: panelState(await read()) };
  } catch (error) {
    return { kind: 'problem', message: error instanceof Error ? error.message : String(error) };
  }
}

/** Opens the panel that shows the state of the store. */
export function openStatePanel(context: vscode.ExtensionContext, read: ReadStatus): void {
  const root = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const panel = vscode.window.createWebviewPanel(PANEL_TYPE, 'AutoSync', vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [root],
  });
  panel.webview.onDidReceiveMessage(async (message: unknown) => {
    if (isFromPanel(message)) await panel.webview.postMessage(await answer(read));
  });
  panel.webview.html = page(panel.webview, vscode.Uri.joinPath(root, 'webview.js'));
}
