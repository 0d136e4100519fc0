import { COMPILER_INTEGRITY, COMPILER_PLATFORMS, COMPILER_VERSION, type CompilerPlatform } from './compiler.js';

const NAME = 'web-shop';
const VERSION = '1.0.0';
const DEPENDENCIES = { typescript: COMPILER_VERSION };

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const MANIFEST = {
  name: NAME,
  version: VERSION,
  private: true,
  type: 'module',
  engines: { node: '>=22.18' },
  scripts: { typecheck: 'tsc --noEmit', test: 'node --test' },
  devDependencies: DEPENDENCIES,
};

const packageName = ({ platform }: CompilerPlatform): string => `@typescript/typescript-${platform}`;

function lockedPlatform(one: CompilerPlatform): readonly [string, unknown] {
  const [os, cpu] = one.platform.split('-');
  const entry = {
    version: COMPILER_VERSION,
    integrity: one.integrity,
    cpu: [cpu],
    dev: true,
    optional: true,
    os: [os],
  };
  return [`node_modules/${packageName(one)}`, entry];
}

/** No addresses: npm asks whichever registry it is set up for, and its cache first. */
const LOCKFILE = {
  name: NAME,
  version: VERSION,
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: NAME, version: VERSION, devDependencies: DEPENDENCIES, engines: MANIFEST.engines },
    ...Object.fromEntries(COMPILER_PLATFORMS.map(lockedPlatform)),
    'node_modules/typescript': {
      version: COMPILER_VERSION,
      integrity: COMPILER_INTEGRITY,
      dev: true,
      bin: { tsc: 'bin/tsc' },
      optionalDependencies: Object.fromEntries(COMPILER_PLATFORMS.map((one) => [packageName(one), COMPILER_VERSION])),
    },
  },
};

const COMPILER_OPTIONS = {
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** What makes the sample app a project: its manifest, lockfile and compiler settings. */
export const PROJECT_FILES = {
  '.gitignore': 'node_modules/\ncoverage/\n',
  'package.json': json(MANIFEST),
  'package-lock.json': json(LOCKFILE),
  'tsconfig.json': json({ compilerOptions: COMPILER_OPTIONS, include: ['src', 'test', 'types'] }),
  'types/nodeTest.d.ts': `/** The part of Node's test runner that the tests use, so that the compiler is the only dependency. */
declare module 'node:test' {
  export function test(name: string, body: () => void | Promise<void>): void;
}

declare module 'node:assert/strict' {
  const assert: {
    equal(actual: unknown, expected: unknown): void;
    deepEqual(actual: unknown, expected: unknown): void;
    throws(body: () => unknown, expected: RegExp): void;
    ok(value: unknown): void;
  };
  export default assert;
}
`,
  'README.md': `# Web shop

A template for small shops: copy it, give it your name in \`src/brand.ts\`, and make it yours.

- \`npm run typecheck\` checks the types
- \`npm test\` runs the tests
`,
} as const;

/** What surrounds the sample app: its workflow, its logo and a script. */
export const SURROUNDINGS = {
  '.github/workflows/ci.yml': `name: CI
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      - run: npm ci
      - run: npm run typecheck
      - run: npm test
`,
  'scripts/print-logo.sh': `#!/bin/sh
# Says how big the logo is, for the shop's pages.
wc -c < media/logo.png
`,
  'media/logo.png': {
    base64:
      'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mMQiVpAEmIY1TCqYfhqAAD/NA4QvPfk3wAAAABJRU5ErkJggg==',
  },
} as const;
