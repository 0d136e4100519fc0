import { createRequire } from 'node:module';

const { load } = createRequire(import.meta.url)('js-yaml') as { readonly load: (text: string) => unknown };

/** A step of a job: an action, or a script with its environment. */
export interface WorkflowStep {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

/** A job of a workflow. */
export interface WorkflowJob {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly WorkflowStep[];
  readonly [key: string]: unknown;
}

/** A workflow as GitHub reads it. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
  readonly [key: string]: unknown;
}

/** Reads the YAML of a workflow. Throws for text that is none. */
export function readWorkflow(text: string): Workflow {
  return load(text) as Workflow;
}

/** Keys that GitHub's workflow syntax knows, by where they stand (docs.github.com, "Workflow syntax for GitHub Actions"). */
const KEYS = {
  workflow: ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency', 'jobs'],
  job: [
    ...['name', 'permissions', 'needs', 'if', 'runs-on', 'environment', 'concurrency', 'outputs', 'env', 'defaults'],
    ...[
      'steps',
      'timeout-minutes',
      'strategy',
      'continue-on-error',
      'container',
      'services',
      'uses',
      'with',
      'secrets',
    ],
  ],
  strategy: ['matrix', 'fail-fast', 'max-parallel'],
  step: [
    ...['id', 'if', 'name', 'uses', 'run', 'working-directory', 'shell', 'with', 'env', 'continue-on-error'],
    'timeout-minutes',
  ],
  event: ['schedule', 'workflow_dispatch', 'push', 'pull_request'],
  permission: [
    ...[
      'actions',
      'attestations',
      'checks',
      'contents',
      'deployments',
      'discussions',
      'id-token',
      'issues',
      'packages',
    ],
    ...['pages', 'pull-requests', 'security-events', 'statuses'],
  ],
} as const;

const unknownKeys = (where: string, value: unknown, known: readonly string[]): readonly string[] =>
  Object.keys((value ?? {}) as object)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}: unknown key "${key}"`);

/** What in an expression is of a context that GitHub has; the functions that the tests meet count as known. */
const EXPRESSION =
  /^(?:(?:vars|secrets|inputs|github|matrix|needs|steps)(?:\.[\w-]+)+|fromJSON\((?:needs|steps)(?:\.[\w-]+)+\)|hashFiles\('[^']+'\)|always\(\)|'[\w []*\]?'|\(|\)|&&|\|\||!=|==|\s)+$/;

const expressionsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map((match) => match[1]?.trim() ?? '');

function stepProblems(where: string, step: WorkflowStep): readonly string[] {
  return [
    ...unknownKeys(where, step, KEYS.step),
    ...((step.uses === undefined) === (step.run === undefined) ? [`${where}: neither or both of uses and run`] : []),
    ...(step.uses !== undefined && !/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/.test(step.uses)
      ? [`${where}: ${step.uses} is not pinned to a commit`]
      : []),
    ...(step.run?.includes('${{') === true ? [`${where}: an expression in a script`] : []),
    ...(step.if !== undefined && !EXPRESSION.test(step.if) ? [`${where}: odd condition ${step.if}`] : []),
  ];
}

function jobProblems(name: string, job: WorkflowJob): readonly string[] {
  const steps = job.steps.flatMap((step, index) => stepProblems(`${name}[${index}]`, step));
  const levels = Object.entries(job.permissions)
    .filter(([, level]) => !['read', 'write', 'none'].includes(level))
    .map(([key, level]) => `${name}: ${key} is ${level}`);
  return [
    ...unknownKeys(name, job, KEYS.job),
    ...unknownKeys(`${name}.strategy`, job['strategy'], KEYS.strategy),
    ...unknownKeys(`${name}.permissions`, job.permissions, KEYS.permission),
    ...(typeof job['runs-on'] === 'string' ? [] : [`${name}: runs nowhere`]),
    ...levels,
    ...steps,
  ];
}

/** What in a workflow GitHub would not take, or what no workflow should do: unpinned actions, expressions in scripts. */
export function workflowProblems(text: string): readonly string[] {
  const workflow = readWorkflow(text);
  const odd = expressionsIn(text).filter((expression) => !EXPRESSION.test(expression));
  return [
    ...unknownKeys('workflow', workflow, KEYS.workflow),
    ...unknownKeys('on', workflow.on, KEYS.event),
    ...unknownKeys('permissions', workflow.permissions, KEYS.permission),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => jobProblems(name, job)),
    ...odd.map((expression) => `odd expression: ${expression}`),
  ];
}
