import { Worker } from 'node:worker_threads';
import type { EditorEngine } from '../core/engine.js';
import { AutoSyncError } from '../core/errors.js';
import type { Progress } from '../core/ports.js';
import { type FromEngine, type ThreadOptions, type ToEngine, uncarry } from './messages.js';
import { withoutSignal } from './signals.js';

/** Milliseconds that a call may take to end after it was cancelled: the editor gives an extension little more. */
const LONGEST_GOODBYE = 2_000;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** An engine in a thread of its own: what it computes never holds the editor up. */
export interface EngineThread {
  readonly engine: EditorEngine;
  /** Ends the thread; what runs is rejected as cancelled, and what it had acknowledged stays. A later call starts it again. */
  stop(): Promise<void>;
}

/** How the thread is made. */
export interface EngineThreadOptions {
  /** Path of the thread's bundle. */
  readonly entry: string;
  /** Asked at every start, so that a new secret counts from then on. */
  readonly options: () => Promise<ThreadOptions>;
  readonly progress: Progress;
}

/** One started thread, and the calls that wait for it. */
class Line {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor(entry: string, options: ThreadOptions, progress: Progress, ended: () => void) {
    this.worker = new Worker(entry, { workerData: options, execArgv: [] });
    this.worker.unref();
    this.worker.on('message', (message: FromEngine) => this.take(message, progress));
    this.worker.on('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', () => {
      this.end(new AutoSyncError({ code: 'cancelled' }));
      ended();
    });
  }

  call(method: string, given: readonly unknown[]): Promise<unknown> {
    const { args, signal } = withoutSignal(given);
    if (signal?.aborted === true) return Promise.reject(new AutoSyncError({ code: 'cancelled' }));
    this.last += 1;
    const id = this.last;
    const cancel = (): void => this.post({ kind: 'cancel', id });
    signal?.addEventListener('abort', cancel, { once: true });
    const answer = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.post({ kind: 'call', id, method, args });
    return answer.finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Cancels what runs, so that the processes it started end with it, and then ends the thread. */
  async stop(): Promise<void> {
    for (const id of this.waiting.keys()) this.post({ kind: 'cancel', id });
    // The file of the right would outlive the thread where the system frees no socket with it.
    const left = this.call('stopPolling', []).catch(() => undefined);
    await Promise.race([left, new Promise((resolve) => setTimeout(resolve, LONGEST_GOODBYE))]);
    for (let waited = 0; this.waiting.size > 0 && waited < LONGEST_GOODBYE; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await this.worker.terminate();
  }

  private post(message: ToEngine): void {
    this.worker.postMessage(message);
  }

  private take(message: FromEngine, progress: Progress): void {
    if (message.kind === 'progress') {
      progress(message.step);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.value);
    else waiting?.reject(uncarry(message.error));
  }

  private end(error: Error): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const waiting of all) waiting.reject(error);
  }
}

/** An engine whose every method runs in a thread that starts with the first call. */
export function engineThread({ entry, options, progress }: EngineThreadOptions): EngineThread {
  let line: Promise<Line> | null = null;
  const start = (): Promise<Line> => {
    // Only what is still the current line may end it: a thread that was stopped exits after the next one began.
    const forget = (): void => {
      if (line === starting) line = null;
    };
    const starting: Promise<Line> = options().then((given) => new Line(entry, given, progress, forget));
    starting.catch(forget);
    return starting;
  };
  const started = (): Promise<Line> => {
    line ??= start();
    return line;
  };
  const call = (method: string, args: readonly unknown[]): Promise<unknown> =>
    started().then((one) => one.call(method, args));
  return {
    engine: new Proxy({} as EditorEngine, {
      get: (_, method) =>
        typeof method === 'string' && method !== 'then' ? (...args: unknown[]) => call(method, args) : undefined,
    }),
    stop: async () => {
      const now = line;
      line = null;
      await (await now?.catch(() => null))?.stop();
    },
  };
}
