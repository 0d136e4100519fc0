import { describe, expect, test } from 'vitest';
import { compilePathRules } from '../../src/core/pathRules.js';
import { type VetoFacts, vetoesOf } from '../../src/core/vetoes.js';
import { calm } from './calmFacts.js';

/** The widest configuration there is: what it still drops cannot be allowed. */
const rules = compilePathRules({ allow: ['**'], deny: [] });

const factsOf = (path: string): VetoFacts => ({
  ...calm,
  changes: [{ path, oldMode: '100644', newMode: '100644' }],
});

/** Whether a commit that changes this path alone could land without a person. */
const landsAlone = (path: string): boolean => rules(path).kept && vetoesOf(factsOf(path)).length === 0;

describe('a commit never lands by itself when it changes only', () => {
  test.each([
    ...['.npmrc', 'apps/web/.npmrc', '.NPMRC', '.yarnrc', '.yarnrc.yml', '.yarn/releases/yarn.cjs', '.pnpmfile.cjs'],
    ...['bunfig.toml', 'pip.conf', '.cargo/config.toml', 'package.json', 'apps/web/package.json', 'package-lock.json'],
    ...['npm-shrinkwrap.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'],
    ...['Cargo.lock', 'go.sum', 'poetry.lock', 'requirements.txt', 'setup.py', 'build.rs', 'gradlew', 'binding.gyp'],
    ...['.github/workflows/ci.yml', '.github/actions/build/action.yml', '.gitlab-ci.yml', '.circleci/config.yml'],
    ...[
      'azure-pipelines.yml',
      'Jenkinsfile',
      '.travis.yml',
      'bitbucket-pipelines.yml',
      '.drone.yml',
      '.woodpecker.yml',
    ],
    ...['.husky/pre-commit', '.githooks/pre-push', 'lefthook.yml', '.pre-commit-config.yaml', '.git/hooks/pre-commit'],
    ...['.vscode/tasks.json', '.devcontainer/devcontainer.json', '.idea/workspace.xml', 'app.code-workspace'],
    ...['.autosync/config.json', '.gitattributes', '.gitmodules', '.env', 'deno.json', 'patches/left-pad+1.0.0.patch'],
    ...[
      '.patches/a.patch',
      'node_modules/left-pad/index.js',
      '.envrc',
      '.mise.toml',
      '.tool-versions',
      '.node-version',
    ],
  ])('%s', (path) => {
    expect(landsAlone(path)).toBe(false);
  });
});

test('ordinary source, documents and looks alike can land by themselves', () => {
  for (const path of ['src/app.ts', 'README.md', 'docs/npmrc.md', 'src/package.json.ts', 'src/husky/dog.ts'])
    expect(landsAlone(path)).toBe(true);
});
