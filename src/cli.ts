import picocolors from 'picocolors';
import manifest from '../package.json' with { type: 'json' };
import { withSecretsInMemory } from './checks/handOver.js';
import { type Answer, answerOf, type Bench, type DemoFamily } from './cli/answer.js';
import { currentFolder } from './cli/currentFolder.js';
import { type KeptSecrets, secretsOrFinding } from './cli/keptSecrets.js';
import { parseRequest, type Request } from './cli/request.js';
import type { Engine } from './core/engine.js';
import type { Progress } from './core/ports.js';
import { createRedactor } from './core/redaction.js';
import { sanitizeBlock } from './core/sanitize.js';
import { EXIT, exitStatusOf, failureDocument } from './report/failure.js';
import type { CommandName } from './report/terminal/help.js';
import { hang } from './report/terminal/layout.js';
import type { Page } from './report/terminal/page.js';
import { createProgress, type ProgressView } from './report/terminal/progress.js';
import { knownSecrets, SECRET_NAMES } from './secrets/environment.js';

/** One of the two output streams, as far as the command line uses it. */
export interface Stream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What the command line has of the world it was started in. */
export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The current folder. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
}

/** What the command line makes its engine from. */
export interface EngineSettings {
  readonly workspace: string;
  /** What others are told that waits for it: `autosync sync`. */
  readonly command: string;
  readonly environment: Io['environment'];
  readonly progress: Progress;
  readonly clock: Io['clock'];
}

/** What the command line puts to work; loaded only when a command needs it, so that `--help` is quick. */
export interface Works {
  readonly engine: (settings: EngineSettings) => Promise<Engine>;
  readonly demo: (folder: string | null, json: boolean, say: (line: string) => void) => Promise<DemoFamily>;
  /** The environment with the secrets that are kept elsewhere. */
  readonly secrets: (environment: Io['environment'], signal: AbortSignal) => Promise<Io['environment']>;
}

/** Milliseconds between two looks at the clock for the live line. */
const TICK = 250;

const REAL_WORKS: Works = {
  engine: async (settings) => (await import('./engine.js')).createEngine(settings),
  demo: async (folder, json, say) => {
    const { demoDeclines, runDemo } = await import('./demo/demo.js');
    const made = await runDemo({ folder, json, say });
    return { folder: made.folder, declines: await demoDeclines(made.folder) };
  },
  secrets: async (environment, signal) => (await import('./secrets/aws.js')).awsSecrets(environment, {}, signal),
};

/**
 * Commands that ask siblings or a forge, or read the target as its forge has it: they may need a secret that is kept
 * elsewhere.
 */
const NEED_SECRETS: ReadonlySet<CommandName> = new Set([
  ...(['scan', 'sync', 'apply', 'undo', 'doctor'] as const),
  ...(['explain', 'audit', 'decline', 'backup', 'state'] as const),
]);

/** Runs one command line (without the program's own name) and returns its exit status; never throws. */
export async function main(argv: readonly string[], io: Io, works: Works = REAL_WORKS): Promise<number> {
  return orFailure(argv, io, async () => {
    const request = requestOf(argv, io);
    if (request === null) return EXIT.done;
    const { environment, finding } = await secretsFor(request, io, works);
    const known = { ...io, environment };
    return orFailure(argv, known, () => carryOut(request, argv, known, works, finding));
  });
}

/** The environment that a command works with; `doctor` tells what is wrong with secrets that are kept elsewhere. */
async function secretsFor({ name }: Request, { environment, signal }: Io, works: Works): Promise<KeptSecrets> {
  const look = (of: Io['environment']): Promise<Io['environment']> => works.secrets(of, signal);
  if (!NEED_SECRETS.has(name)) return { environment, finding: null };
  return name === 'doctor'
    ? secretsOrFinding(environment, look)
    : { environment: await look(environment), finding: null };
}

/** The exit status of `work`; what it throws is told without the secrets of the environment. */
async function orFailure(argv: readonly string[], io: Io, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const redact = redactorOf(io.environment);
    const document = redact(failureDocument(error));
    if (argv.includes('--json')) io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    else io.stderr.write(failureText(document.error.message, error, pageOf(argv, io.stderr, io), redact));
    return exitStatusOf(error);
  }
}

async function carryOut(
  request: Request,
  argv: readonly string[],
  io: Io,
  works: Works,
  finding: KeptSecrets['finding'],
): Promise<number> {
  const page = pageOf(argv, io.stdout, io);
  const answer = await answered(request, io, works, page, finding);
  const text = argv.includes('--json') ? JSON.stringify(answer.document, null, 2) : answer.lines(page).join('\n');
  io.stdout.write(`${text}\n`);
  return answer.status;
}

/** Commands that run what siblings wrote, so that no secret may be left where other processes see it. */
const RUN_CHECKS: ReadonlySet<string> = new Set(['sync', 'apply', 'demo']);

const environmentFor = (argv: readonly string[]): Promise<Io['environment']> =>
  withSecretsInMemory(process.env, argv.some((word) => RUN_CHECKS.has(word)) ? SECRET_NAMES : []);

/** The program itself: `main` on the real streams; the first Ctrl-C cancels the run, the second ends it at once. */
export async function runProgram(): Promise<void> {
  const argv = process.argv.slice(2);
  const environment = await environmentFor(argv);
  const cancelling = new AbortController();
  const cancel = (): void => {
    if (cancelling.signal.aborted) process.exit(EXIT.cancelled);
    cancelling.abort();
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  // A reader such as `head` may close the pipe early: that ends the program, it is no fault.
  process.stdout.on('error', () => process.exit(EXIT.done));
  // Nobody reads the progress any more: the run goes on without it.
  process.stderr.on('error', () => undefined);
  const { stdout, stderr } = process;
  const folder = currentFolder();
  if (folder === null) return;
  const io = { stdout, stderr, environment, folder, clock: Date.now, signal: cancelling.signal };
  process.exitCode = await main(argv, io);
  // A client may still wait for a limit of its forge, for which nobody waits any more.
  if (cancelling.signal.aborted) stdout.write('', () => process.exit());
}

function requestOf(argv: readonly string[], io: Io): Request | null {
  return parseRequest(argv, {
    version: manifest.version,
    write: (text) => void io.stdout.write(text),
    remind: (text) => void (argv.includes('--json') || io.stderr.write(text)),
    columns: pageOf(argv, io.stdout, io).columns,
    colours: hasColours(argv, io.stdout, io),
    paint: picocolors.createColors(true),
  });
}

async function answered(
  request: Request,
  io: Io,
  works: Works,
  { verbose }: Page,
  finding: KeptSecrets['finding'],
): Promise<Answer> {
  const progress = progressOf(io, verbose);
  const ticking = setInterval(progress.tick, TICK);
  try {
    return await answerOf(request, { ...benchOf(request, io, works, progress), finding });
  } finally {
    clearInterval(ticking);
    progress.end();
  }
}

function benchOf({ name }: Request, io: Io, works: Works, progress: ProgressView): Omit<Bench, 'finding'> {
  const { environment, clock, folder, signal } = io;
  const redact = redactorOf(environment);
  const settings = { command: `autosync ${name}`, environment, clock };
  return {
    engine: (workspace) => works.engine({ ...settings, workspace, progress: (step) => progress.step(redact(step)) }),
    demo: (where, json) => works.demo(where, json, progress.say),
    redact,
    folder,
    now: clock,
    signal,
  };
}

function progressOf({ stderr, environment, clock }: Io, verbose: boolean): ProgressView {
  const live = stderr.isTTY === true && isUnset(environment.CI) && environment.TERM !== 'dumb';
  return createProgress({
    write: (text) => void stderr.write(text),
    live,
    verbose,
    columns: columnsOf(stderr, environment) ?? 80,
    clock,
  });
}

function pageOf(argv: readonly string[], stream: Stream, io: Io): Page {
  const columns = Math.min(140, Math.max(60, columnsOf(stream, io.environment) ?? 100));
  const paint = picocolors.createColors(hasColours(argv, stream, io));
  return { columns, paint, verbose: argv.includes('--verbose'), now: io.clock() };
}

/** The width of a screen; null when nobody says it (a terminal that does not know says 0). */
function columnsOf(stream: Stream, environment: Io['environment']): number | null {
  const told = [stream.columns, Number.parseInt(environment.COLUMNS ?? '', 10)];
  return told.find((columns) => columns !== undefined && columns > 0) ?? null;
}

/** By the conventions of NO_COLOR and FORCE_COLOR; a terminal has colours, a file or pipe has none. */
function hasColours(argv: readonly string[], stream: Stream, { environment }: Io): boolean {
  if (argv.includes('--no-color') || !isUnset(environment.NO_COLOR)) return false;
  if (!isUnset(environment.FORCE_COLOR)) return environment.FORCE_COLOR !== '0';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

function isUnset(value: string | undefined): boolean {
  return value === undefined || value === '';
}

/** Takes the secrets of the environment out of every text of plain data. */
function redactorOf(environment: Io['environment']): Bench['redact'] {
  const redact = createRedactor(knownSecrets(environment));
  return <Data>(data: Data): Data =>
    JSON.parse(JSON.stringify(data), (_, value: unknown) =>
      typeof value === 'string' ? redact(value) : value,
    ) as Data;
}

/** An error for people: its message, and with `--verbose` where it happened. */
function failureText(message: string, error: unknown, page: Page, redact: Bench['redact']): string {
  const lines = message.split('\n').flatMap((line, index) => hang(index === 0 ? '✗ ' : '  ', line, page.columns));
  const stack =
    page.verbose && error instanceof Error ? [page.paint.dim(sanitizeBlock(redact(error.stack ?? '')))] : [];
  return `${[...lines.map((line) => page.paint.red(line)), ...stack].join('\n')}\n`;
}
