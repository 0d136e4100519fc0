import { SMOKE_DEFAULTS } from './smoke.js';

/** JSON Schema of one member of `validate.smoke`. */
export const SMOKE_SCHEMA = {
  type: 'object',
  title: 'Smoke test',
  description: 'An app that is started on a free port of this machine, asked, and stopped with all its processes.',
  required: ['name', 'start'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100, description: 'Unique name.', examples: ['web'] },
    start: {
      type: 'string',
      minLength: 1,
      description: 'Command line for /bin/sh -c that starts the app and stays in the foreground.',
      examples: ['npm start', 'node server.js --port "$PORT"'],
    },
    paths: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'string',
        pattern: '^/[\\x21-\\x22\\x24-\\x7e]{0,1000}$',
        patternErrorMessage: 'a path that starts with "/", without spaces and "#", for example "/health"',
      },
      description: 'Paths to GET, in this order. A redirect is an answer of its own: it is not followed.',
      default: SMOKE_DEFAULTS.paths,
      examples: [['/health', '/']],
    },
    timeout: {
      type: 'integer',
      minimum: 1,
      maximum: 3_600,
      description: 'Seconds until the app must listen, and that each answer may take.',
      default: SMOKE_DEFAULTS.timeout,
    },
    expect: {
      type: ['integer', 'string'],
      minimum: 100,
      maximum: 599,
      pattern: '^[1-5][0-9]{2}-[1-5][0-9]{2}$',
      patternErrorMessage: 'a status such as 200, or a range such as "200-399"',
      description: 'Status that every path must answer with: a number, or the lowest and the highest.',
      default: SMOKE_DEFAULTS.expect,
      examples: [200, '200-399'],
    },
    portVariable: {
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$',
      patternErrorMessage: 'the name of an environment variable, for example "PORT"',
      description: 'Environment variable that tells the app on which port to listen.',
      default: SMOKE_DEFAULTS.portVariable,
      examples: ['PORT', 'HTTP_PORT'],
    },
  },
} as const;
