import type { MessagePort } from 'node:worker_threads';
import { carry, type FromEngine, type ToEngine } from './messages.js';
import { withSignal } from './signals.js';

type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

const answerOf = async (methods: Methods, call: Extract<ToEngine, { kind: 'call' }>, signal: AbortSignal) => {
  const method = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
  if (method === undefined) throw new Error(`the engine has no method "${call.method}"`);
  return method(...(withSignal(call.args, signal) as never[]));
};

/** Answers calls that come through `port` with `methods`, each cancellable by its id. */
export function serveCalls(port: MessagePort, methods: Methods): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromEngine): void => port.postMessage(message);
  port.on('message', async (message: ToEngine) => {
    if (message.kind === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      post({ kind: 'result', id, value: await answerOf(methods, message, controller.signal) });
    } catch (error) {
      post({ kind: 'failure', id, error: carry(error) });
    } finally {
      running.delete(id);
    }
  });
}
