import { resolve } from 'node:path';
import { parseDuration } from '../core/duration.js';
import type { Engine } from '../core/engine.js';
import type { RunReport } from '../core/enhancement.js';
import { AutoSyncError, assertNever, isProblem } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import type { StatusReport } from '../core/reports.js';
import { sanitize } from '../core/sanitize.js';
import { EXIT } from '../report/failure.js';
import { renderMarkdown } from '../report/markdown.js';
import { backupLines, backupListLines, configLines, declinedLines, restoredLines } from '../report/terminal/answers.js';
import { auditLines } from '../report/terminal/audit.js';
import { commandLines } from '../report/terminal/commands.js';
import { doctorLines } from '../report/terminal/doctor.js';
import { explainLines } from '../report/terminal/explain.js';
import { initLines } from '../report/terminal/init.js';
import type { Page } from '../report/terminal/page.js';
import { runLines } from '../report/terminal/run.js';
import { sharedStateLines } from '../report/terminal/sharedState.js';
import { statusLines } from '../report/terminal/status.js';
import { workflowLines, workflowListLines } from '../report/terminal/workflow.js';
import type { Options, Request } from './request.js';

/** What a command has to say: `document` as JSON, `lines` for people, and the exit status. */
export interface Answer {
  readonly document: unknown;
  readonly lines: (page: Page) => readonly string[];
  readonly status: number;
}

/** The sample family: where it is, and what a person declines in it before the first run. */
export interface DemoFamily {
  readonly folder: string;
  readonly declines: readonly { readonly sha: string; readonly because: string }[];
}

/** What commands work with. */
export interface Bench {
  /** Makes the engine of a workspace. */
  readonly engine: (workspace: string) => Promise<Engine>;
  readonly demo: (folder: string | null, json: boolean) => Promise<DemoFamily>;
  /** Takes secrets out of every text of the data. */
  readonly redact: <Data>(data: Data) => Data;
  /** What `doctor` says beside what it finds itself; null: nothing. */
  readonly finding: Finding | null;
  /** The current folder. */
  readonly folder: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Does what a request asks for. Throws what the engine throws, and `usage` for a date that is none. */
export async function answerOf(request: Request, bench: Bench): Promise<Answer> {
  const { name, options } = request;
  if (name === 'demo') return demoAnswer(options, bench);
  const until = options.until === undefined ? null : parseUntil(options.until, bench.now());
  const engine = await bench.engine(resolve(bench.folder, options.workspace ?? '.'));
  return engineAnswer({ ...request, name }, { engine, bench, until });
}

interface Desk {
  readonly engine: Engine;
  readonly bench: Bench;
  readonly until: string | null;
}

type EngineRequest = Request & { readonly name: Exclude<Request['name'], 'demo'> };

async function engineAnswer({ name, args, options }: EngineRequest, { engine, bench, until }: Desk): Promise<Answer> {
  const { signal, redact } = bench;
  const [first = ''] = args;
  const only = options.sibling === undefined ? { signal } : { sibling: options.sibling, signal };
  const say = <Data>(data: Data, render: (data: Data, page: Page) => readonly string[], status?: number): Answer =>
    sealed(redact(data), render, status);
  switch (name) {
    case 'scan':
      return runAnswer(await engine.scan(only), bench);
    case 'sync':
      return runAnswer(await engine.sync({ ...only, dryRun: options.dryRun === true }), bench);
    case 'apply':
      return runAnswer(await engine.apply(args, signal), bench);
    case 'undo':
      return runAnswer(await engine.undo(first, signal), bench);
    case 'status':
      return say(statusOf(await engine.status(), options.sibling), statusLines);
    case 'explain':
      return say(await engine.explain(first, signal), explainLines);
    case 'audit': {
      const found = await engine.audit(only);
      const amiss = found.siblings.some(({ problems }) => problems.length > 0);
      return say(found, auditLines, amiss ? EXIT.failed : EXIT.done);
    }
    case 'decline':
      return say(await engine.decline(first, { because: options.because ?? '', until }), declinedLines);
    case 'report':
      return say({ file: await writeReport(engine, bench, options.sibling) }, ({ file }) => [sanitize(file, 4_096)]);
    case 'backup':
      if (options.list === true) {
        return say({ backups: await engine.backups() }, ({ backups }, page) => backupListLines(backups, page));
      }
      return say({ backup: await engine.backup() }, ({ backup }, page) => backupLines(backup, page));
    case 'restore':
      await engine.restore(first);
      return say({ restored: first }, ({ restored }, page) => restoredLines(restored, page));
    case 'init':
      return say(await engine.init(signal), initLines);
    case 'config':
      return say({ config: await engine.config() }, ({ config }, page) => configLines(config, page));
    case 'workflow':
      if (options.list === true)
        return say({ siblings: await engine.workflowSiblings(options.sibling) }, ({ siblings }) =>
          workflowListLines(siblings),
        );
      return say(await engine.workflow({ force: options.force === true }), workflowLines);
    case 'state':
      return say(
        await engine.shareState({ ...only, ...openOf(options), direction: directionOf(options) }),
        sharedStateLines,
      );
    case 'doctor': {
      const report = await engine.doctor(signal);
      const findings = [...(bench.finding === null ? [] : [bench.finding]), ...report.findings];
      const bad = findings.some(({ state }) => state === 'bad');
      return say({ ...report, findings }, doctorLines, bad ? EXIT.failed : EXIT.done);
    }
    default:
      return assertNever(name);
  }
}

const openOf = ({ open }: Options): { readonly open?: true } => (open === true ? { open } : {});

/** Which way the state goes. Throws `usage` when it is not said. */
function directionOf({ fetch, push }: Options): 'fetch' | 'push' {
  if (fetch === true) return 'fetch';
  if (push === true) return 'push';
  const next = 'Say --fetch or --push; `autosync state --help` tells what they do.';
  throw new AutoSyncError({ code: 'usage', what: 'It is not said which way the state is to go.', next });
}

/** The status of one sibling alone, when one is named. Throws `usage` for an unknown name. */
function statusOf(status: StatusReport, name: string | undefined): StatusReport {
  if (name === undefined) return status;
  const siblings = status.siblings.filter((sibling) => sibling.name === name);
  if (siblings.length > 0)
    return { ...status, siblings, landings: status.landings.filter(({ sibling }) => sibling === name) };
  const known = status.siblings.map((sibling) => sibling.name).join(', ') || 'none';
  const next = `The configuration names: ${known}.`;
  throw new AutoSyncError({ code: 'usage', what: `There is no sibling "${name}".`, next });
}

function sealed<Data>(
  data: Data,
  render: (data: Data, page: Page) => readonly string[],
  status: number = EXIT.done,
): Answer {
  return { document: data, lines: (page) => render(data, page), status };
}

function runAnswer(report: RunReport, { redact }: Bench): Answer {
  const failed = report.siblings.some(({ error }) => error !== null);
  return sealed(redact(report), runLines, failed || report.held !== undefined ? EXIT.partly : EXIT.done);
}

async function writeReport(engine: Engine, { redact, now }: Bench, sibling: string | undefined): Promise<string> {
  const date = new Date(now()).toISOString().slice(0, 10);
  const status = statusOf(await engine.status(), sibling);
  const rows = (await engine.rows()).filter((row) => sibling === undefined || row.sibling === sibling);
  const facts = redact({ date, status, rows });
  return resolve(facts.status.target.root, await engine.writeReport(renderMarkdown(facts), date));
}

async function demoAnswer({ folder, json }: Options, bench: Bench): Promise<Answer> {
  const where = folder === undefined ? null : resolve(bench.folder, folder);
  const family = await bench.demo(where, json === true);
  const target = resolve(family.folder, 'target');
  const engine = await bench.engine(target);
  if ((await engine.status()).lastRun === null) await declineFirst(engine, family, bench.signal);
  const answer = runAnswer(await engine.sync({ dryRun: false, signal: bench.signal }), bench);
  return { ...answer, lines: (page) => [...answer.lines(page), ...demoLines(target, page)] };
}

/** In a family that nothing ran on yet, a person says no to some commits, so that a decline can be seen. */
async function declineFirst(engine: Engine, { declines }: DemoFamily, signal: AbortSignal): Promise<void> {
  if (declines.length > 0) await engine.scan({ signal });
  for (const { sha, because } of declines) await engine.decline(sha, { because, until: null });
}

function demoLines(target: string, page: Page): readonly string[] {
  const commands = [
    ['autosync status', 'what waits for you'],
    ['autosync audit', 'every commit of the family accounted for'],
    ['git log --oneline', 'what landed, each with its trailers'],
    ['autosync sync', 'again: nothing is new'],
  ] as const;
  return [
    '',
    `The sample family's target is ${sanitize(target, 4_096)}. Go there and try:`,
    ...commandLines(commands, page),
  ];
}

/** A date (`2026-02-01`, also with a time) or a time from now (`30d`) as ISO 8601 in UTC. Throws `usage`. */
export function parseUntil(text: string, now: number): string {
  const moment = /^\d{4}-/.test(text) ? Date.parse(text) : now + durationOf(text);
  const real = Number.isFinite(moment) && !(/^\d{4}-\d\d-\d\d$/.test(text) && !isoOf(moment).startsWith(text));
  if (real && moment > now) return isoOf(moment);
  throw new AutoSyncError({
    code: 'usage',
    what: `--until ${JSON.stringify(sanitize(text, 60))} is ${real ? 'past already' : 'no date'}.`,
    next: 'Give a date to come, for example 2030-02-01, or a time from now, for example 30d; leave it out to decline for good.',
  });
}

function isoOf(moment: number): string {
  return new Date(moment).toISOString().replace('.000Z', 'Z');
}

/** Milliseconds; NaN when it is no duration, because the message here names dates too. */
function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (isProblem(error, 'usage')) return Number.NaN;
    throw error;
  }
}
