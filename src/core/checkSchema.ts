/** JSON Schema of one member of `validate.checks`. */
export const CHECK_SCHEMA = {
  type: 'object',
  title: 'Check',
  required: ['name', 'run'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100, description: 'Unique name.', examples: ['test'] },
    run: {
      type: 'string',
      minLength: 1,
      description: 'Command line for /bin/sh -c, run in the root of a worktree.',
      examples: ['npm test'],
    },
    reads: {
      type: 'string',
      pattern: '^(?:tsc|eslint|biome|vitest|jest|mocha|node-test|prisma|exit-code|junit:.{1,500})$',
      patternErrorMessage: 'tsc, eslint, biome, vitest, jest, mocha, node-test, prisma, exit-code or junit:PATH',
      description: 'How its output is read. `junit:PATH` names a JUnit XML file that the command writes.',
      default: 'exit-code',
      examples: [
        'tsc',
        'eslint',
        'biome',
        'vitest',
        'jest',
        'mocha',
        'node-test',
        'prisma',
        'junit:report.xml',
        'exit-code',
      ],
    },
  },
} as const;
