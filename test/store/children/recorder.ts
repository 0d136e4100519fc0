import { openStore } from '../../../src/store/store.js';
import { commitsFact, decisionFact, makeCommit } from '../sampleFacts.js';

/** Records numbered facts until it is killed, and prints every number once it was acknowledged. */
async function record(root: string, wasm: string, first: number): Promise<void> {
  const store = await openStore({ root, wasm, clock: Date.now, snapshotDelayMs: 2, command: 'recorder' });
  process.stdout.write(`open ${store.health.source} ${JSON.stringify(store.health.notes)}\n`);
  for (let number = first; ; number += 1) {
    await store.record([decisionFact(number), commitsFact('acme', [makeCommit(number)])]);
    process.stdout.write(`ack ${number}\n`);
    if (number % 5 === 0) await store.snapshot();
    if (number % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

const [root = '', wasm = '', first = '1'] = process.argv.slice(2);
record(root, wasm, Number(first)).catch((error: unknown) => {
  process.stdout.write(`error ${String(error)}\n`);
  process.exitCode = 1;
});
