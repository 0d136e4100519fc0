/** A glob of the deny list that cannot be switched off. */
export interface UndeniableGlob {
  /**
   * One name, or two with a `/` between them, with picomatch's wildcards; matched at any depth, in any letter case,
   * together with everything below it.
   */
  readonly glob: string;
  /** What such a path is, in words. */
  readonly why: string;
  /** True when the name is also an ordinary name of source code, so that below a folder `src` it is kept. */
  readonly keptInSource?: true;
}

const all = (why: string, globs: readonly string[]): readonly UndeniableGlob[] => globs.map((glob) => ({ glob, why }));

/**
 * The deny list that no configuration can switch off (design: product, "Filter"; reliability T16): what holds secrets,
 * what makes git, an editor or a package manager run something, and what decides over CI and production.
 * `.gitignore` is no part of it: git only reads it.
 */
export const UNDENIABLE: readonly UndeniableGlob[] = [
  ...all('environment file', ['.env*', '*.env', '.dev.vars*']),
  ...all('secrets', ['secrets', '.secrets', 'secrets.{json,yml,yaml,toml,ini,xml,properties}', 'credentials*.json']),
  ...all('secrets', [
    'service-account*.json',
    '.netrc',
    '_netrc',
    '.pgpass',
    '.my.cnf',
    '.htpasswd',
    '.git-credentials',
  ]),
  ...all('secrets', ['.aws', '.ssh', '.gnupg', '.kube', '.docker/config.json', '.dockercfg', '*.kdbx']),
  ...all('private key', ['*.pem', '*.key', '*.p12', '*.pfx', '*.jks', '*.keystore', '*.ppk', '*.p8']),
  ...all('private key', ['id_rsa*', 'id_dsa*', 'id_ecdsa*', 'id_ed25519*']),
  ...all('package manager settings', ['.npmrc', '.yarnrc', '.yarnrc.yml', '.yarn', '.pnpmfile.*', 'bunfig.toml']),
  ...all('package manager settings', ['.pypirc', 'pip.conf', '.cargo', '.bundle', '.m2', '.gradle', 'nuget.config']),
  ...all('state and policy of AutoSync', ['.autosync']),
  ...all('git special file', ['.git', '.gitattributes', '.gitmodules', '.gitconfig']),
  ...all('editor settings', ['.vscode', '*.code-workspace', '.idea', '.devcontainer', '.devcontainer.json']),
  ...all('editor settings', [
    '.vs',
    '.fleet',
    '.zed',
    '.cursor',
    '.claude',
    '.mcp.json',
    '.exrc',
    '.nvimrc',
    '.nvim.lua',
    '.vimrc',
  ]),
  ...all('git hook', [
    '.husky',
    '.huskyrc*',
    '.githooks',
    '.git-hooks',
    'githooks',
    'git-hooks',
    'lefthook.*',
    '.lefthook*',
    'lefthook-local.*',
  ]),
  ...all('git hook', [
    '.pre-commit-config.yaml',
    '.pre-commit-hooks.yaml',
    '.simple-git-hooks.*',
    'simple-git-hooks.*',
  ]),
  ...all('git hook', ['.overcommit.yml', '.overcommit', 'captainhook.json']),
  ...all('CI workflow', ['.github/workflows', '.github/actions', '.gitea/workflows', '.forgejo/workflows']),
  ...all('CI workflow', ['.gitea/actions', '.forgejo/actions', '.builds', '.build.yml', '.tekton', '.cirrus.star']),
  ...all('CI workflow', [
    '.gitlab-ci*.yml',
    '.gitlab',
    '.circleci',
    '.buildkite',
    '.teamcity',
    '.semaphore',
    '.woodpecker*',
  ]),
  ...all('CI workflow', ['azure-pipelines*.{yml,yaml}', '.azure-pipelines', '.azuredevops', 'bitbucket-pipelines.yml']),
  ...all('CI workflow', ['Jenkinsfile*', '.travis.yml', '.drone.yml', '.cirrus.yml', '.appveyor.yml', 'appveyor.yml']),
  ...all('CI workflow', ['cloudbuild.{yml,yaml}', 'buildspec*.{yml,yaml}']),
  ...all('review rules of the repository', ['CODEOWNERS', '.github/dependabot.{yml,yaml}']),
  ...all('production infrastructure', ['terraform', '*.tf', '*.tf.json', '*.tfvars', '*.tfvars.json', '*.tfstate*']),
  ...all('production infrastructure', [
    '.terraform*',
    '*.hcl',
    'k8s',
    '.k8s',
    'kubernetes',
    'helm',
    'ansible',
    'argocd',
  ]),
  ...all('production infrastructure', ['Pulumi*.{yml,yaml}', 'serverless.{yml,yaml}', 'cdk.json', '.elasticbeanstalk']),
  ...all('production infrastructure', [
    'vercel.json',
    '.vercel',
    'netlify.toml',
    '.netlify',
    'fly.toml',
    'render.yaml',
  ]),
  ...all('production infrastructure', ['Procfile', 'skaffold.{yml,yaml}', 'kustomization.{yml,yaml}']),
  ...all('production infrastructure', ['infra', 'infrastructure', 'deploy', 'deployment', 'deployments']).map(
    (entry): UndeniableGlob => ({ ...entry, keptInSource: true }),
  ),
];

/** Folders that are no secret themselves but must not become a link or a file, because of what git hosts read below them. */
export const UNDENIABLE_AS_FILE: readonly string[] = ['.github', '.gitea', '.forgejo', '.docker'];
