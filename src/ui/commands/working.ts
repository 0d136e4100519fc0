import * as vscode from 'vscode';
import type { EditorEngine } from '../../core/engine.js';
import { VIEWS } from '../contributions.js';
import type { ActivityKind } from '../state/model.js';
import type { Target } from '../state/target.js';
import { progressWords } from './progressWords.js';

/** Work that takes its time, and what it is called while it does. */
export interface LongWork<T> {
  readonly kind: ActivityKind;
  readonly title: string;
  readonly run: (engine: EditorEngine, signal: AbortSignal) => Promise<T>;
}

/** Does work on a target while a notification says how far it is and offers to cancel it, and the view shows a bar. */
export function working<T>(target: Target, { kind, title, run }: LongWork<T>): Promise<T> {
  const asNotification = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const work = vscode.window.withProgress(asNotification, async (progress, cancellation) => {
    const say = (): void => progress.report({ message: progressWords(target.state.activity?.step ?? null) });
    const rest = vscode.Disposable.from(
      target.onDidChange(say),
      cancellation.onCancellationRequested(() => target.cancel()),
    );
    try {
      return await target.work(kind, run);
    } finally {
      rest.dispose();
    }
  });
  const done = Promise.resolve(work);
  void vscode.window.withProgress({ location: { viewId: VIEWS.incoming } }, () =>
    done.then(
      () => undefined,
      () => undefined,
    ),
  );
  return done;
}
