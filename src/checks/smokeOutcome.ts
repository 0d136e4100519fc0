import type { CheckOutcome } from '../core/check.js';
import { assertNever } from '../core/errors.js';
import { type SmokePlan, spellStatuses } from '../core/smoke.js';
import type { Failure } from '../core/standing.js';
import type { Places } from './identity.js';
import { endOfText } from './plainText.js';
import type { ProcessEnd } from './process.js';
import { readOutcome } from './readOutcome.js';
import type { SmokeAnswer } from './smokeAnswer.js';
import type { SmokeCheck } from './smokeChecks.js';
import type { SmokeTalk } from './smokeTalk.js';

/** Bytes of the output that are kept for good: its end. */
const STORED_BYTES = 16 * 1024;

/** All that is known of an app that was started, asked and stopped. */
export interface SmokeRun {
  readonly talk: SmokeTalk;
  readonly end: ProcessEnd;
  readonly port: number;
  /** True when something listens on the port though the process group is gone. */
  readonly stillListens: boolean;
  readonly places: Places;
}

/** What a failure says, before it is known which check it is of. */
interface Finding {
  /** `start`, `ready`, `crash`, `stop`, or `GET PATH`. */
  readonly name: string;
  readonly message: string;
}

/** The outcome of a smoke test. No message names the port: it differs from run to run, and the failure does not. */
export function smokeOutcome(check: SmokeCheck, run: SmokeRun): CheckOutcome {
  const status = statusOf(run);
  const findings = status === 'could-not-run' || status === 'timed-out' ? [] : findingsOf(check, run);
  return {
    check: check.name,
    kind: check.kind,
    status: status === 'ran' ? (findings.length > 0 ? 'failed' : 'passed') : status,
    exit: run.end.how === 'exited' ? run.end.exit : null,
    failures: findings.map((finding): Failure => ({ check: check.name, file: null, ...finding })),
    tests: null,
    milliseconds: run.end.milliseconds,
    output: endOfText([run.end.output.trimEnd(), ...linesOf(check, run)].join('\n'), STORED_BYTES),
    cached: false,
  };
}

/** 127 and 126 are what a shell says of a command that is not there or cannot be executed (POSIX, Shell Command Language 2.8.2). */
function statusOf({ talk, end }: SmokeRun): 'ran' | 'timed-out' | 'could-not-run' {
  if (end.how === 'not-started' || end.how === 'disk-full') return 'could-not-run';
  if (end.how === 'timed-out') return 'timed-out';
  return talk.kind === 'ended-early' && (end.exit === 127 || end.exit === 126) ? 'could-not-run' : 'ran';
}

function findingsOf(check: SmokeCheck, run: SmokeRun): readonly Finding[] {
  const { talk } = run;
  const left = run.stillListens
    ? [{ name: 'stop', message: 'it still listens after its process group was killed: a part of it left the group' }]
    : [];
  switch (talk.kind) {
    case 'ended-early':
      return [
        { name: 'start', message: `it ended ${howEnded(run)} before it listened${lastWords(check, run)}` },
        ...left,
      ];
    case 'never-listened':
      return [{ name: 'ready', message: `${silence(check.smoke)}${otherPort(run)}` }, ...left];
    case 'asked':
      return [...talk.answers.flatMap((answer) => wrong(answer, check.smoke)), ...crashOf(check, run, talk), ...left];
    default:
      return assertNever(talk);
  }
}

function crashOf(check: SmokeCheck, run: SmokeRun, talk: Extract<SmokeTalk, { kind: 'asked' }>): readonly Finding[] {
  if (talk.diedAt === null) return [];
  return [{ name: 'crash', message: `it ended ${howEnded(run)} at GET ${talk.diedAt}${lastWords(check, run)}` }];
}

function wrong({ path, came }: SmokeAnswer, plan: SmokePlan): readonly Finding[] {
  const name = `GET ${path}`;
  switch (came) {
    case 'late':
      return [{ name, message: `did not answer within ${plan.timeout} s` }];
    case 'closed':
      return [{ name, message: 'closed the connection without a whole answer' }];
    case 'not-http':
      return [{ name, message: 'answered something that is not HTTP' }];
    default: {
      const { from, to } = plan.statuses;
      if (came >= from && came <= to) return [];
      return [{ name, message: `answered ${came}, not ${spellStatuses(plan.statuses)}` }];
    }
  }
}

function silence({ portVariable, timeout }: SmokePlan): string {
  return `it did not listen on the port in ${portVariable} within ${timeout} s`;
}

/** The port that the app says it listens on, when it is not the one it was given. */
function otherPort({ end, port }: SmokeRun): string {
  const said = [...end.output.matchAll(/(?:\bport\b|localhost|\d\.\d|\])[\s:=]{1,3}(\d{2,5})\b/gi)].map(
    ([, named]) => named,
  );
  const other = said.findLast((named) => named !== String(port));
  return other === undefined ? '' : `; its output names port ${other}`;
}

function howEnded({ end: { exit } }: SmokeRun): string {
  return exit === null ? 'by a signal' : `with exit code ${exit}`;
}

/** The last line that says something, without what changes from run to run; empty when nothing was printed. */
function lastWords(check: SmokeCheck, { end, port, places }: SmokeRun): string {
  if (!/[\p{L}\p{N}]/u.test(end.output)) return '';
  const output = end.output.replace(new RegExp(`\\b${port}\\b`, 'g'), '<port>');
  const { failures } = readOutcome({ ...check, reads: 'exit-code' }, { exit: 1, output, report: null, places });
  return `: ${failures[0]?.message ?? ''}`;
}

/** What was asked and what came, for the end of the output. */
function linesOf({ run: command, smoke }: SmokeCheck, { talk, port }: SmokeRun): readonly string[] {
  const started = `smoke: started \`${command}\` with ${smoke.portVariable}=${port}`;
  switch (talk.kind) {
    case 'ended-early':
      return [started, 'smoke: it ended before it listened'];
    case 'never-listened':
      return [started, `smoke: it did not listen on ${smoke.portVariable}=${port} within ${smoke.timeout} s`];
    case 'asked':
      return [
        started,
        ...talk.answers.map(({ path, came, milliseconds }) => `smoke: GET ${path}: ${came} in ${milliseconds} ms`),
        ...(talk.diedAt === null ? [] : [`smoke: it ended at GET ${talk.diedAt}`]),
      ];
    default:
      return assertNever(talk);
  }
}
