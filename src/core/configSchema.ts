import { CHAIN_SCHEMA } from './chainSchema.js';
import { CHECK_SCHEMA } from './checkSchema.js';
import { DEFAULT_CONFIG } from './config.js';
import { DURATION_PATTERN } from './duration.js';
import { SIBLING_SCHEMA } from './siblingSchema.js';
import { SMOKE_SCHEMA } from './smokeSchema.js';

const globs = (description: string, byDefault: readonly string[]) =>
  ({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 1_000 },
    description,
    default: byDefault,
    examples: [['src/**', 'docs/**']],
  }) as const;

const duration = (description: string, byDefault: string) =>
  ({
    type: 'string',
    pattern: DURATION_PATTERN,
    patternErrorMessage: 'a whole number and a unit (s, m, h, d or w), for example "36h"',
    description,
    default: byDefault,
    examples: ['0h', '30m', '36h', '7d'],
  }) as const;

const count = (description: string, minimum: number, byDefault: number) =>
  ({ type: 'integer', minimum, maximum: 1_000_000, description, default: byDefault }) as const;

const open = (description: string) => ({ type: 'object', description, default: {} }) as const;

const { target, filter, validate, decide, land, schedule } = DEFAULT_CONFIG;

/** JSON Schema (draft 7) of `.autosync/config.json`, for validation and for completion and hover in the editor. */
export const CONFIG_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'AutoSync policy',
  description: 'What AutoSync takes from which siblings, how it proves that it fits, and how it lands.',
  markdownDescription:
    'What AutoSync takes from which siblings, how it proves that it fits, and how it lands. Only `siblings` is needed. `autosync config` prints the effective policy.',
  type: 'object',
  additionalProperties: false,
  allowTrailingCommas: true,
  examples: [{ version: 1, siblings: [{ name: 'acme', url: 'https://github.com/org/app-acme.git' }] }],
  properties: {
    $schema: { type: 'string', description: 'Address of this schema, for editors that do not know it.' },
    version: { type: 'integer', const: 1, description: 'Version of this format.', default: 1 },
    target: {
      type: 'object',
      additionalProperties: false,
      description: 'The branch of this repository that is to receive work.',
      properties: {
        branch: {
          type: ['string', 'null'],
          minLength: 1,
          description: 'Branch that receives work. Default: the one that is checked out.',
          default: target.branch,
          examples: ['main'],
        },
        remote: { type: 'string', minLength: 1, description: 'Remote of the target.', default: target.remote },
      },
    },
    siblings: {
      type: 'array',
      items: SIBLING_SCHEMA,
      description: 'The family: repositories whose improvements may fit this one.',
      default: [],
    },
    filter: {
      type: 'object',
      additionalProperties: false,
      description: 'Which commits and files may come.',
      properties: {
        types: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 100 },
          description: 'Conventional commit types to take; "*" takes every commit, conventional or not.',
          default: filter.types,
          examples: [['feat', 'fix', 'perf', 'refactor'], ['*']],
        },
        allow: globs('Globs of the paths that may come.', filter.allow),
        deny: globs('Globs of the paths that never come. Secrets, CI and hooks are always denied.', filter.deny),
        minAge: duration('Soak time: younger commits wait.', filter.minAge),
      },
    },
    validate: {
      type: 'object',
      additionalProperties: false,
      description: 'How a commit is proven to fit.',
      properties: {
        checks: {
          type: ['string', 'array'],
          if: { type: 'string' },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { enum: ['auto'] },
          else: { items: CHECK_SCHEMA },
          description: '"auto" reads the scripts of this repository; a list names the checks; [] runs none.',
          default: validate.checks,
          examples: ['auto', [{ name: 'test', run: 'npm test', reads: 'vitest' }]],
        },
        smoke: {
          type: 'array',
          items: SMOKE_SCHEMA,
          description: 'Smoke tests: how to start the app and what to ask it, after the other checks.',
          default: validate.smoke,
          examples: [[{ name: 'web', start: 'npm start' }]],
        },
        strategy: {
          type: 'string',
          enum: ['split', 'each'],
          enumDescriptions: [
            'Check all picks at once, and split the batch when that fails, until the culprits are found.',
            'Check after every pick: slower, and each commit is proved by itself.',
          ],
          description: 'split: check all at once, and split when it fails; each: check after every pick.',
          default: validate.strategy,
        },
        timeout: count('Seconds that one check may take.', 1, validate.timeout),
        installScripts: {
          type: 'boolean',
          description:
            'May install scripts run, those of the project and of its dependencies? They are code of others, and run before anything is proved.',
          default: validate.installScripts,
        },
      },
    },
    decide: {
      type: 'object',
      additionalProperties: false,
      description: 'When an enhancement may land without a person.',
      properties: {
        maxRisk: { type: 'number', minimum: 0, description: 'Highest risk of an auto-merge.', default: decide.maxRisk },
        by: {
          type: 'string',
          enum: ['enhancement', 'batch'],
          enumDescriptions: [
            'Each enhancement lands or waits by itself.',
            'All of a sibling land together, or all wait.',
          ],
          description: 'Decide for each enhancement, or for all of a sibling together.',
          default: decide.by,
        },
        protect: globs('Globs of the paths that only a person may let in.', decide.protect),
        acceptRedBaseline: {
          type: 'boolean',
          description:
            'May AutoSync merge by itself while the own checks of the target fail? New failures still count.',
          default: decide.acceptRedBaseline,
        },
      },
    },
    land: {
      type: 'object',
      additionalProperties: false,
      description: 'How accepted work comes in.',
      properties: {
        how: {
          type: 'string',
          enum: ['auto', 'pull-request', 'branch'],
          enumDescriptions: [
            'Pull requests where there is a forge, else local branches.',
            'Always pull requests.',
            'Local branches `autosync/NAME`; what is proved safe is merged when `autoMerge` allows it.',
          ],
          description: 'auto: pull requests where there is a forge, else a local branch.',
          default: land.how,
        },
        autoMerge: { type: 'boolean', description: 'May AutoSync merge by itself?', default: land.autoMerge },
        maxPerRun: count('Commits that one run may land.', 0, land.maxPerRun),
        maxOpenPullRequests: count('Pull requests of AutoSync that may be open.', 0, land.maxOpenPullRequests),
        mergeMethod: {
          type: 'string',
          enum: ['merge', 'squash', 'rebase'],
          enumDescriptions: [
            'With a merge commit; each pick stays a commit of its own.',
            'As one commit; the origins of all picks are in its message.',
            'On top of the branch, without a merge commit.',
          ],
          description: 'How AutoSync merges its pull requests.',
          default: land.mergeMethod,
        },
        askPeople: {
          type: 'boolean',
          description: 'Ask code owners and last editors, members of the repository alone, to review a pull request?',
          default: land.askPeople,
        },
      },
    },
    chain: CHAIN_SCHEMA,
    schedule: {
      type: 'object',
      additionalProperties: false,
      description: 'When AutoSync looks at the siblings.',
      properties: { every: duration('Time between two runs.', schedule.every) },
    },
    notify: {
      type: 'object',
      additionalProperties: false,
      description: 'Who is told. Addresses that are secrets go into the environment, not here.',
      properties: {
        slack: open('Slack; the webhook is AUTOSYNC_SLACK_WEBHOOK.'),
        email: open('Mail; the server is AUTOSYNC_SMTP_URL.'),
      },
    },
    backup: {
      type: 'object',
      additionalProperties: false,
      description: 'Copies of the state elsewhere.',
      properties: { drive: open('Google Drive; the credentials are AUTOSYNC_DRIVE_CREDENTIALS.') },
    },
  },
} as const;
