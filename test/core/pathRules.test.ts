import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { compilePathRules, isDenied } from '../../src/core/pathRules.js';
import { UNDENIABLE } from '../../src/core/undeniable.js';

const rules = compilePathRules({ allow: ['**'], deny: [] });

describe('compilePathRules: the deny list that cannot be switched off', () => {
  it.each([
    ['.env', 'deny list: environment file (.env*)'],
    ['apps/web/.env.local', 'deny list: environment file (.env*)'],
    ['.ENV', 'deny list: environment file (.env*)'],
    ['.env.example', 'deny list: environment file (.env*)'],
    ['.envrc', 'deny list: environment file (.env*)'],
    ['config/prod.env', 'deny list: environment file (*.env)'],
    ['secrets/db.txt', 'deny list: secrets (secrets)'],
    ['a/b/Secrets/c/d', 'deny list: secrets (secrets)'],
    ['secrets', 'deny list: secrets (secrets)'],
    ['certs/server.pem', 'deny list: private key (*.pem)'],
    ['deep/id_rsa.pub', 'deny list: private key (id_rsa*)'],
    ['.npmrc', 'deny list: package manager settings (.npmrc)'],
    ['packages/a/.npmrc', 'deny list: package manager settings (.npmrc)'],
    ['.yarn/releases/yarn.cjs', 'deny list: package manager settings (.yarn)'],
    ['.autosync/config.json', 'deny list: state and policy of AutoSync (.autosync)'],
    ['.gitattributes', 'deny list: git special file (.gitattributes)'],
    ['sub/.gitmodules', 'deny list: git special file (.gitmodules)'],
    ['a/.git/config', 'deny list: git special file (.git)'],
    ['.vscode/tasks.json', 'deny list: editor settings (.vscode)'],
    ['x.code-workspace', 'deny list: editor settings (*.code-workspace)'],
    ['.husky/pre-commit', 'deny list: git hook (.husky)'],
    ['githooks/pre-commit', 'deny list: git hook (githooks)'],
    ['.dev.vars.staging', 'deny list: environment file (.dev.vars*)'],
    ['.gitea/actions/setup/action.yml', 'deny list: CI workflow (.gitea/actions)'],
    ['.build.yml', 'deny list: CI workflow (.build.yml)'],
    ['.githooks/post-merge', 'deny list: git hook (.githooks)'],
    ['lefthook.yml', 'deny list: git hook (lefthook.*)'],
    ['.github/workflows/ci.yml', 'deny list: CI workflow (.github/workflows)'],
    ['.github/workflows', 'deny list: CI workflow (.github/workflows)'],
    ['.github/actions/x/action.yml', 'deny list: CI workflow (.github/actions)'],
    ['.gitlab-ci.yml', 'deny list: CI workflow (.gitlab-ci*.yml)'],
    ['Jenkinsfile', 'deny list: CI workflow (Jenkinsfile*)'],
    ['infra/main.yml', 'deny list: production infrastructure (infra)'],
    ['services/api/infra/x', 'deny list: production infrastructure (infra)'],
    ['terraform/a/b.txt', 'deny list: production infrastructure (terraform)'],
    ['modules/x/main.tf', 'deny list: production infrastructure (*.tf)'],
    ['k8s/deployment.yaml', 'deny list: production infrastructure (k8s)'],
    ['.github/CODEOWNERS', 'deny list: review rules of the repository (CODEOWNERS)'],
  ])('drops %s', (path, rule) => {
    expect(rules(path)).toMatchObject({ kept: false, by: 'deny list', rule });
  });

  it.each([
    'src/index.ts',
    'src/hooks/useThing.ts',
    'src/environments/environment.ts',
    'src/infrastructure/database.ts',
    'src/deploy/plan.ts',
    'docs/secrets.md',
    'docs/environment.md',
    '.gitignore',
    '.gitkeep',
    '.github/ISSUE_TEMPLATE/bug.md',
    'package.json',
    'package-lock.json',
    'Dockerfile',
    'src/keys.ts',
    'tests/helpers/monkey',
    'größe/日本語 🎉.ts',
  ])('keeps %s', (path) => {
    expect(rules(path)).toEqual({ kept: true });
  });

  it.each([
    ['ignorable characters', '.e\u200cnv'],
    ['a trailing dot', '.npmrc.'],
    ['a trailing space', '.env /x'],
    ['a stream name', '.npmrc::$DATA'],
    ['a backslash', 'a\\.vscode\\tasks.json'],
    ['compatibility letters', '\uff0eenv'],
    ['a long s', '\u017fecrets/x'],
    ['a line feed', 'a\n/secrets/x'],
    ['a way up', 'a/../.env'],
    ['an absolute path', '/etc/passwd'],
    ['nothing', ''],
  ])('is not deceived by %s', (_, path) => {
    expect(rules(path)).toMatchObject({ kept: false, by: 'deny list' });
  });

  it('is not switched off by allow', () => {
    expect(compilePathRules({ allow: ['.env', '**/.env'], deny: [] })('.env')).toMatchObject({ by: 'deny list' });
  });

  it('says in words what every entry is, in one name or two', () => {
    for (const { glob, why } of UNDENIABLE) {
      expect(why).toMatch(/^\w[\w ]+$/);
      expect(glob.split('/').length).toBeLessThanOrEqual(2);
    }
  });

  it('drops every entry at any depth and in any letter case, with all that is below it', () => {
    const folders = fc.array(fc.constantFrom('a', 'Lib', 'x y', 'é'), { maxLength: 4 });
    const entry = fc.constantFrom(...UNDENIABLE);
    fc.assert(
      fc.property(folders, entry, folders, fc.boolean(), (above, { glob }, below, upper) => {
        const name = glob.replace(/\{(\w+)[^}]*\}/, '$1').replaceAll('*', 'x');
        expect(picomatch(glob, { dot: true })(name)).toBe(true);
        const path = [...above, upper ? name.toUpperCase() : name, ...below].join('/');
        expect(rules(path)).toMatchObject({ kept: false, by: 'deny list' });
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('compilePathRules: the configured globs', () => {
  const configured = compilePathRules({
    allow: ['src/**', 'README.md', 'lib/'],
    deny: ['docs/**', '*.sql', 'src/Gen'],
  });

  it.each([
    ['src/a.ts', { kept: true }],
    ['README.md', { kept: true }],
    ['lib/a/.hidden', { kept: true }],
    ['x/README.md', { rule: 'not in allow: src/**, README.md, lib/' }],
    ['docs/a.md', { rule: 'deny: docs/**' }],
    ['Docs/a.md', { rule: 'deny: docs/**' }],
    ['src/db/a.SQL', { rule: 'deny: *.sql' }],
    ['src/gen/deep/a.ts', { rule: 'deny: src/Gen' }],
    ['src/general.ts', { kept: true }],
  ])('judges %s', (path, expected) => {
    expect(configured(path)).toMatchObject(expected);
  });

  it('lets deny win over allow, and tells denied from not allowed', () => {
    const both = compilePathRules({ allow: ['src/**'], deny: ['src/**'] });
    expect(both('src/a')).toMatchObject({ by: 'deny' });
    expect(isDenied(both, 'src/a')).toBe(true);
    expect(isDenied(both, 'other')).toBe(false);
  });

  it('keeps nothing when nothing is allowed', () => {
    expect(compilePathRules({ allow: [], deny: [] })('a')).toMatchObject({ rule: 'not in allow: nothing is allowed' });
  });

  it('understands a deny glob that is negated', () => {
    const onlyDocs = compilePathRules({ allow: ['**'], deny: ['!docs/**'] });
    expect(onlyDocs('docs/a')).toEqual({ kept: true });
    expect(onlyDocs('src/a')).toMatchObject({ rule: 'deny: !docs/**' });
  });

  it('never throws and never says a raw control character, whatever the path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const verdict = configured(path);
        expect(verdict.kept ? '' : verdict.rule).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 5_000 },
    );
  });

  it('judges a hundred thousand paths, each in time linear to its length', () => {
    const paths = Array.from({ length: 100_000 }, (_, n) => `packages/p${n % 50}/src/folder-${n % 400}/file-${n}.ts`);
    const started = performance.now();
    for (const path of paths) rules(path);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('returns within 50 ms from a path of 64 KB', () => {
    const started = performance.now();
    rules('a/'.repeat(32_000).concat('b'));
    rules('a'.repeat(64_000));
    configured('.'.repeat(64_000));
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
