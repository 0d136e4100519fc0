/** A sibling as the configuration names it: exactly one of `url` and `path`. */
export interface SiblingConfig {
  /** Unique; letters, digits, `.`, `_`, `-`. It becomes part of ref names. */
  readonly name: string;
  readonly url?: string;
  /** A folder; relative to the target's root. */
  readonly path?: string;
  /** Default: the branch the sibling's HEAD points to. */
  readonly branch?: string;
}

/** How a check's output is read. `junit:PATH` names a JUnit XML file that the check writes. */
export type CheckReader =
  | 'tsc'
  | 'eslint'
  | 'biome'
  | 'vitest'
  | 'jest'
  | 'mocha'
  | 'node-test'
  | 'prisma'
  | 'exit-code'
  | `junit:${string}`;

/** A check that the configuration lists. */
export interface CheckConfig {
  readonly name: string;
  /** A command line for `/bin/sh -c`, run in the root of the worktree. */
  readonly run: string;
  readonly reads?: CheckReader;
}

/** An app to start and to ask, as the configuration names it; `smokePlan` knows what is not said. */
export interface SmokeConfig {
  readonly name: string;
  /** A command line for `/bin/sh -c` that stays in the foreground, run in the root of the worktree. */
  readonly start: string;
  /** Paths to GET, in this order. */
  readonly paths?: readonly string[];
  /** Seconds until it must listen, and that each answer may take. */
  readonly timeout?: number;
  /** The status that every path must answer with, or the lowest and the highest: `200-399`. */
  readonly expect?: number | string;
  /** Environment variable that tells the app its port. */
  readonly portVariable?: string;
}

/** Stages of the target's CI/CD chain, in their order (design: product, "land"). */
export const CHAIN_STAGES = ['build', 'unitTest', 'integrationTest', 'deploy', 'report'] as const;

/** Name of a stage of the chain. */
export type ChainStage = (typeof CHAIN_STAGES)[number];

/** How the target's CI/CD chain is followed after a landing. */
export interface ChainConfig {
  /** Is it followed at all? */
  readonly follow: boolean;
  /** File name of a workflow to start after a landing; null follows the runs that the push started. */
  readonly workflow: string | null;
  /** Globs of the names of jobs, for each stage. */
  readonly stages: Readonly<Record<ChainStage, readonly string[]>>;
  /** How long the chain may take before it is given up, for example `2h`. */
  readonly patience: string;
  /** Where the report of a chain that reached its end is offered to be committed; null: nowhere. */
  readonly reportFile: string | null;
}

/** The effective policy: `.autosync/config.json` over the defaults (design: contract). */
export interface Config {
  readonly version: 1;
  /** `branch: null` means the branch that is checked out. */
  readonly target: { readonly branch: string | null; readonly remote: string };
  readonly siblings: readonly SiblingConfig[];
  readonly filter: {
    /** Conventional types to take; `*` takes every commit, conventional or not. */
    readonly types: readonly string[];
    readonly allow: readonly string[];
    readonly deny: readonly string[];
    /** Soak time, for example `0h`, `36h`, `7d`. */
    readonly minAge: string;
  };
  readonly validate: {
    readonly checks: 'auto' | readonly CheckConfig[];
    readonly smoke: readonly SmokeConfig[];
    readonly strategy: 'split' | 'each';
    /** Seconds that one check may take. */
    readonly timeout: number;
    /** May install scripts run, those of the project and of its dependencies? They are code of others. */
    readonly installScripts: boolean;
  };
  readonly decide: {
    readonly maxRisk: number;
    readonly by: 'enhancement' | 'batch';
    readonly protect: readonly string[];
    /** May something merge by itself into a target whose own checks fail? Only failures that are new count either way. */
    readonly acceptRedBaseline: boolean;
  };
  readonly land: {
    readonly how: 'auto' | 'pull-request' | 'branch';
    readonly autoMerge: boolean;
    readonly maxPerRun: number;
    readonly maxOpenPullRequests: number;
    /** How AutoSync merges its pull requests. */
    readonly mergeMethod: 'merge' | 'squash' | 'rebase';
    /** Are code owners and last editors asked to review, and assigned? */
    readonly askPeople: boolean;
  };
  /** What of the target's CI is watched after something landed on its forge. */
  readonly chain: ChainConfig;
  readonly schedule: { readonly every: string };
  readonly notify: {
    readonly slack: Readonly<Record<string, unknown>>;
    readonly email: Readonly<Record<string, unknown>>;
  };
  readonly backup: { readonly drive: Readonly<Record<string, unknown>> };
}

/** Name of the policy file below the target's root. */
export const CONFIG_FILE = '.autosync/config.json';

/** What an empty configuration means (design: contract). */
export const DEFAULT_CONFIG: Config = {
  version: 1,
  target: { branch: null, remote: 'origin' },
  siblings: [],
  filter: { types: ['feat', 'fix', 'perf', 'refactor'], allow: ['**'], deny: [], minAge: '0h' },
  validate: { checks: 'auto', smoke: [], strategy: 'split', timeout: 600, installScripts: false },
  decide: { maxRisk: 5, by: 'enhancement', protect: [], acceptRedBaseline: false },
  land: {
    how: 'auto',
    autoMerge: true,
    maxPerRun: 20,
    maxOpenPullRequests: 5,
    mergeMethod: 'merge',
    askPeople: true,
  },
  chain: {
    follow: false,
    workflow: null,
    stages: {
      build: ['build*', 'compile*'],
      unitTest: ['test*', 'unit*'],
      integrationTest: ['integration*', 'e2e*'],
      deploy: ['deploy*'],
      report: ['report*'],
    },
    patience: '2h',
    reportFile: null,
  },
  schedule: { every: '1h' },
  notify: { slack: {}, email: {} },
  backup: { drive: {} },
};
