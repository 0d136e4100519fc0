import { CHAIN_STAGES, type ChainStage, DEFAULT_CONFIG } from './config.js';
import { DURATION_PATTERN } from './duration.js';

const { chain } = DEFAULT_CONFIG;

const MEANINGS: Readonly<Record<ChainStage, string>> = {
  build: 'Jobs that build. When one fails, the chain ends there.',
  unitTest: 'Jobs of unit tests. What failed is run again once; then the chain ends there.',
  integrationTest: 'Jobs of integration tests. When one fails, you are told, and the chain goes on.',
  deploy: 'Jobs that deploy. When one fails, a pull request that reverts what landed is opened.',
  report: 'Jobs after the deployment. When they pass, a report is offered for `reportFile`.',
};

const stage = (name: ChainStage) =>
  ({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 200 },
    description: MEANINGS[name],
    default: chain.stages[name],
    examples: [chain.stages[name]],
  }) as const;

/** JSON Schema of the section `chain` of `.autosync/config.json`. */
export const CHAIN_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  description: "What of this repository's CI is watched after something landed on its forge.",
  properties: {
    follow: {
      type: 'boolean',
      description: 'Follow it? The token then needs the permission "Actions: read and write".',
      default: chain.follow,
    },
    workflow: {
      type: ['string', 'null'],
      pattern: '^[\\w.-]{1,150}\\.ya?ml$',
      patternErrorMessage: 'the name of a file in .github/workflows, for example "ci.yml"',
      description:
        'Workflow to start after a landing (it needs `workflow_dispatch`). Default: follow what the push starts.',
      default: chain.workflow,
      examples: ['ci.yml'],
    },
    stages: {
      type: 'object',
      additionalProperties: false,
      description:
        'Which jobs make which stage: globs of their names, in any letter case; a job counts for the first that fits.',
      default: chain.stages,
      properties: Object.fromEntries(CHAIN_STAGES.map((name) => [name, stage(name)])),
    },
    patience: {
      type: 'string',
      pattern: DURATION_PATTERN,
      patternErrorMessage: 'a whole number and a unit (s, m, h, d or w), for example "2h"',
      description: 'How long it may take before it is given up.',
      default: chain.patience,
      examples: ['2h', '1d'],
    },
    reportFile: {
      type: ['string', 'null'],
      pattern: '^(?:\\w[\\w.-]{0,99}/){0,9}\\w[\\w.-]{0,99}\\.md$',
      patternErrorMessage: 'the path of a Markdown file in this repository, for example "docs/deployment.md"',
      description: 'File that receives the report of the last chain, by a pull request. Default: none.',
      default: chain.reportFile,
      examples: ['docs/deployment.md'],
    },
  },
} as const;
