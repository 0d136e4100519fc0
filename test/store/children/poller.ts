import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { takePolling } from '../../../src/store/poller.js';

/** Asks for the right to poll `root` and holds it as long as this thread lives. */
const poll = async (root: string): Promise<string> =>
  (await takePolling(root, 'poller', Date.now())) === null ? 'refused' : 'held';

/** Asks in a thread of this process, as the editor does; the thread is ended when it has answered `held`. */
function pollInThread(root: string, isEnded: boolean): Promise<string> {
  const worker = new Worker(process.argv[1] ?? '', { workerData: root });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: string) => {
      if (isEnded) void worker.terminate().then(() => resolve(answer));
      else resolve(answer);
    });
  });
}

async function run(kind: string, root: string): Promise<void> {
  const answers =
    kind === 'process' ? [await poll(root)] : [await pollInThread(root, true), await pollInThread(root, false)];
  for (const answer of answers) process.stdout.write(`${answer}\n`);
  process.stdout.write('ready\n');
  setInterval(() => undefined, 1_000);
}

if (isMainThread) {
  const [kind = '', root = ''] = process.argv.slice(2);
  run(kind, root).catch((error: unknown) => process.stdout.write(`error ${String(error)}\n`));
} else {
  setInterval(() => undefined, 1_000);
  void poll(String(workerData)).then((answer) => parentPort?.postMessage(answer));
}
