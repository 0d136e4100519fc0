import { takeFileLock } from '../../../src/store/fileLock.js';
import { openStore } from '../../../src/store/store.js';

/** Holds the lock of a target, or the lock file alone, until it is killed. */
async function hold(kind: string, path: string, wasm: string): Promise<string> {
  if (kind === 'store') {
    await openStore({ root: path, wasm, clock: Date.now, command: 'holder' });
    return 'held';
  }
  return (await takeFileLock(path, 'holder', { now: Date.now(), isAlone: false })).kind;
}

const [kind = '', path = '', wasm = ''] = process.argv.slice(2);
hold(kind, path, wasm).then(
  (outcome) => {
    process.stdout.write(`${outcome}\n`);
    setInterval(() => undefined, 1_000);
  },
  (error: unknown) => process.stdout.write(`error ${String(error)}\n`),
);
