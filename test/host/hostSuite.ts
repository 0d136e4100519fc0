// Runs the host suite in a real extension host: node scripts/run-typescript.mjs test/host/hostSuite.ts current
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bundleSpecs } from './bundleSpecs.js';
import { type HostRun, onDesktop } from './desktop.js';
import { judgeHost } from './hostResult.js';
import { HOSTS, type Host, isHost, ROOT } from './places.js';
import { type Server, startServer } from './server.js';
import { newProfile, openWindow, startBrowser } from './window.js';
import { makeWorkspace } from './workspace.js';

/** Milliseconds that all tests on one host may take together. */
const LIMIT = 240_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    desktop: { type: 'boolean' },
    verbose: { type: 'boolean' },
    grep: { type: 'string' },
    output: { type: 'string' },
  },
});

async function inWindow(server: Server, { target, tests }: HostRun): Promise<string> {
  const browser = await startBrowser();
  try {
    const onLog = (words: readonly unknown[]): void => (values.verbose ? console.log(...words) : undefined);
    const profile = await newProfile(browser);
    const { ended } = await openWindow(profile, server.port, { open: target, extension: ROOT, tests, onLog });
    return await Promise.race([
      ended.then((code) => `exit ${code}`),
      server.gone.then(() => 'the server died'),
      sleep(LIMIT, `nothing for ${LIMIT / 1000} s`),
    ]);
  } finally {
    await browser.close();
  }
}

async function onServer(host: Host, run: HostRun): Promise<string> {
  const server = await startServer({ host, isDriven: true, environment: run.environment });
  try {
    return await inWindow(server, run);
  } finally {
    await server.stop();
  }
}

async function runIn(folder: string): Promise<number> {
  const [host = 'current'] = positionals;
  if (!isHost(host)) throw new Error(`There is no host ${host}: name one of ${HOSTS.join(', ')}.`);
  const result = join(folder, 'result.jsonl');
  const run: HostRun = {
    target: makeWorkspace(folder),
    tests: await bundleSpecs(),
    folder: join(folder, 'desktop'),
    environment: {
      AUTOSYNC_HOST_RESULT: result,
      AUTOSYNC_HOST_GREP: values.grep ?? '',
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  };
  const isDesktop = values.desktop || process.env['VSCODE_EXECUTABLE_PATH'] !== undefined;
  const outcome = isDesktop ? await onDesktop(host, run) : await onServer(host, run);
  const { text, ...counts } = judgeHost(result, outcome);
  console.log(`${text}\n${counts.passed} passed, ${counts.failed} failed on ${isDesktop ? 'the desktop' : host}`);
  if (values.output !== undefined) writeFileSync(values.output, JSON.stringify(counts));
  return counts.failed === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'autosync-host-suite-')));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.exit(await runIn(folder));
