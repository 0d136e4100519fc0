/** JSON Schema of one entry of `siblings` in `.autosync/config.json`. */
export const SIBLING_SCHEMA = {
  type: 'object',
  title: 'Sibling',
  description: 'A repository whose improvements may fit this one: exactly one of `url` and `path`.',
  required: ['name'],
  oneOf: [{ required: ['url'] }, { required: ['path'] }],
  additionalProperties: false,
  properties: {
    name: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$',
      patternErrorMessage: 'letters, digits, ".", "_" and "-", starting with a letter or digit, at most 100',
      description: 'Short unique name. It becomes part of branch names, such as `autosync/NAME`.',
      examples: ['acme'],
    },
    url: {
      type: 'string',
      minLength: 1,
      description: 'Address of the repository: https://, ssh://, user@host:path or file://, without a token.',
      markdownDescription:
        'Address of the repository: `https://`, `ssh://`, `user@host:path` or `file://`. A token never goes here: run **AutoSync: Set Source Token** in the editor, or set `AUTOSYNC_SOURCE_TOKEN` for the command line.',
      examples: ['https://github.com/org/app-acme.git', 'git@github.com:org/app-acme.git'],
    },
    path: {
      type: 'string',
      minLength: 1,
      description: 'A folder on this machine, relative to the root of this repository.',
      examples: ['../app-globex'],
    },
    branch: {
      type: 'string',
      minLength: 1,
      description: 'Branch to read. Default: the one its HEAD points to.',
      examples: ['main'],
    },
  },
} as const;
