import * as vscode from 'vscode';
import { AutoSyncError } from '../core/errors.js';

/** Milliseconds after which something quick has become something that a person may want to cancel. */
const PATIENCE = 1_000;

/** Shows a notification with a button to cancel while `work` is not done. */
function offerCancel(title: string, work: Promise<unknown>, controller: AbortController): void {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  void vscode.window.withProgress(options, async (_, token) => {
    const listening = token.onCancellationRequested(() => controller.abort());
    await work.catch(() => undefined);
    listening.dispose();
  });
}

/** Does something that may take a moment: the status bar says so, and after a second it can be cancelled. Throws `cancelled`. */
export async function cancellable<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const work = run(controller.signal);
  const timer = setTimeout(() => offerCancel(title, work, controller), PATIENCE);
  try {
    const done = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => work);
    if (controller.signal.aborted) throw new AutoSyncError({ code: 'cancelled' });
    return done;
  } finally {
    clearTimeout(timer);
  }
}
