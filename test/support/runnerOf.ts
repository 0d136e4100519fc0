import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowJob } from './workflowSyntax.js';

/** A machine of GitHub Actions, as far as scripts see it. */
export interface RunnerPlace {
  /** `$GITHUB_WORKSPACE`: the checked-out repository. */
  readonly workspace: string;
  /** `$RUNNER_TEMP`, and what the runner keeps for itself. */
  readonly room: string;
  /** What every step has in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What each expression comes to, without `${{ }}`; one that is not here is a mistake. */
  readonly values: Readonly<Record<string, string>>;
}

/** What the scripts of a job came to. */
export interface JobEnd {
  /** Names of the steps that failed; after the first, only those with `always()` ran. */
  readonly failed: readonly string[];
  readonly output: string;
  /** Lines that steps wrote into `$GITHUB_OUTPUT`. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

function filledIn(text: string, values: RunnerPlace['values']): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`nobody said what "${expression}" is`);
    return value;
  });
}

/** As `shell: bash` of a workflow runs a script. */
function bash(
  script: string,
  folder: string,
  env: Record<string, string>,
): Promise<readonly [exit: number, out: string]> {
  return new Promise((resolve) => {
    execFile('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd: folder, env }, (error, out, err) =>
      resolve([error === null ? 0 : Number(error.code ?? 1), `${out}${err}`]),
    );
  });
}

const SUCCEEDED = /^steps\.([\w-]+)\.outcome == 'success'$/;

/** Conditions as the workflow has them: whatever went wrong, but perhaps only when a step before it did its work. */
function isDue(condition: string | undefined, hasFailed: boolean, went: ReadonlyMap<string, boolean>): boolean {
  if (condition === undefined) return !hasFailed;
  return condition.split(' && ').every((part) => {
    const step = SUCCEEDED.exec(part)?.[1];
    if (part !== 'always()' && step === undefined) throw new Error(`nobody said what "${part}" is`);
    return step === undefined || went.get(step) === true;
  });
}

/** Runs the scripts of a job, one after the other, as a runner does; actions are left to the test. */
export async function runJob(job: WorkflowJob, place: RunnerPlace): Promise<JobEnd> {
  const { room, workspace, environment, values } = place;
  mkdirSync(room, { recursive: true });
  const file = (name: string): string => join(room, name);
  for (const name of ['output', 'path', 'summary']) writeFileSync(file(name), '');
  const failed: string[] = [];
  const went = new Map<string, boolean>();
  let said = '';
  for (const [index, step] of job.steps.entries()) {
    if (step.run === undefined || !isDue(step.if, failed.length > 0, went)) continue;
    writeFileSync(file(`${index}.sh`), step.run);
    const paths = readFileSync(file('path'), 'utf8').split('\n').filter(Boolean);
    const own = Object.entries(step.env ?? {}).map(([name, text]) => [name, filledIn(text, values)] as const);
    const [exit, out] = await bash(file(`${index}.sh`), workspace, {
      ...environment,
      PATH: [...paths.reverse(), environment['PATH'] ?? ''].join(':'),
      RUNNER_TEMP: room,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: file('output'),
      GITHUB_PATH: file('path'),
      GITHUB_STEP_SUMMARY: file('summary'),
      ...Object.fromEntries(own),
    });
    said += out;
    if (step.id !== undefined) went.set(step.id, exit === 0);
    if (exit !== 0) failed.push(`${step.name ?? index} (exit ${exit})`);
  }
  const lines = readFileSync(file('output'), 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { failed, output: said, outputs, summary: readFileSync(file('summary'), 'utf8') };
}
