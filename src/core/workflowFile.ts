import { AutoSyncError } from './errors.js';
import { checkBranchName } from './safeInput.js';

/** Where the workflow that syncs on a schedule is, below the target's root. */
export const WORKFLOW_FILE = '.github/workflows/auto-sync-from-siblings.yml';

/** What the workflow depends on. */
export interface WorkflowParts {
  /** The target's branch, without `refs/heads/`. */
  readonly branch: string;
  /** A line of cron, UTC. */
  readonly cron: string;
  /** Does AutoSync start workflows and run failed jobs again? Then its token may write to Actions. */
  readonly writesActions: boolean;
}

/** Actions by commit: a tag can be moved to other code, a commit cannot. */
const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2';
const SETUP_NODE = 'actions/setup-node@53b83947a5a98c8d113130e565377fae1a50d02f # v6.3.0';
const CACHE = '668228422ae6a00e4ad889ee87cd7109ec5666a7 # v5.0.4';

const HEADER =
  '# Written by `autosync workflow`, which writes it anew as long as nobody changes it; then only with --force.';
const SEAL = /^# sha256 of what follows: ([0-9a-f]{64})\n/;

/** Brings what is wanted of AutoSync to the path; nothing of it comes from a registry, where the name may be anybody's. */
const INSTALL = `      - name: Install AutoSync
        env:
          AUTOSYNC_CLI: \${{ vars.AUTOSYNC_CLI }}
          AUTOSYNC_CLI_SHA256: \${{ vars.AUTOSYNC_CLI_SHA256 }}
        run: |
          home="$RUNNER_TEMP/autosync"
          mkdir -p "$home/bin"
          case "$AUTOSYNC_CLI" in
            '')
              echo '::error::Set the repository variable AUTOSYNC_CLI: where cli.cjs of AutoSync is (README, "On GitHub Actions").'
              exit 1 ;;
            https://*)
              curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$home/cli.tgz" -- "$AUTOSYNC_CLI"
              echo "$AUTOSYNC_CLI_SHA256  $home/cli.tgz" | sha256sum --check --strict -
              tar -xzf "$home/cli.tgz" -C "$home"
              cli="$home/cli.cjs" ;;
            *)
              cli="$GITHUB_WORKSPACE/$AUTOSYNC_CLI" ;;
          esac
          printf '#!/usr/bin/env bash\\nexec node %q "$@"\\n' "$cli" > "$home/bin/autosync"
          chmod +x "$home/bin/autosync"
          "$home/bin/autosync" --version
          echo "$home/bin" >> "$GITHUB_PATH"`;

const checkout = (branch: string): string => `      - uses: ${CHECKOUT}
        with:
          ref: ${JSON.stringify(branch)}
          fetch-depth: 0
          persist-credentials: false
      - uses: ${SETUP_NODE}
        with:
          node-version: '24'
          package-manager-cache: false`;

const LIST = `      - name: List the siblings
        id: list
        env:
          ONLY: \${{ inputs.sibling }}
        run: |
          names="$(autosync workflow --list \${ONLY:+"--sibling=$ONLY"})"
          echo "names=$names" >> "$GITHUB_OUTPUT"`;

const STATE = `            .autosync/autosync.db
            .autosync/state.json
            .autosync/journal.jsonl`;

const cacheKey = (branch: string): string => `autosync/\${{ matrix.sibling }}/${branch}/`;

const restore = (
  branch: string,
): string => `      # What AutoSync remembers of the sibling. When it is lost, the trailers in the log tell what landed, and open pull
      # requests are found again by their branches; only a person's "no" has to be said again.
      - name: Bring back what is remembered
        id: state
        uses: actions/cache/restore@${CACHE}
        with:
          path: |
${STATE}
          key: ${JSON.stringify(`${cacheKey(branch)}none`)}
          restore-keys: ${JSON.stringify(cacheKey(branch))}`;

const SYNC = `      - name: Sync
        env:
          # With the workflow's own token no pull request starts the target's CI: AUTOSYNC_TOKEN is better.
          GITHUB_TOKEN: \${{ secrets.AUTOSYNC_TOKEN || github.token }}
          # Reads the siblings, and never the target.
          AUTOSYNC_SOURCE_TOKEN: \${{ secrets.AUTOSYNC_SOURCE_TOKEN }}
          SIBLING: \${{ matrix.sibling }}
        run: |
          autosync sync "--sibling=$SIBLING" --json > "$RUNNER_TEMP/autosync.json"
      - name: Say where it stands
        if: always()
        env:
          SIBLING: \${{ matrix.sibling }}
        run: |
          autosync status "--sibling=$SIBLING" --no-color | sed 's/^/    /' >> "$GITHUB_STEP_SUMMARY"`;

const save = (branch: string): string => `      - name: Keep what is remembered
        if: always() && hashFiles('.autosync/state.json') != ''
        uses: actions/cache/save@${CACHE}
        with:
          path: |
${STATE}
          key: ${JSON.stringify(`${cacheKey(branch)}\${{ hashFiles('.autosync/state.json') }}`)}`;

function body({ branch, cron, writesActions }: WorkflowParts): string {
  return `name: AutoSync from siblings

on:
  schedule:
    - cron: '${cron}'
  workflow_dispatch:
    inputs:
      sibling:
        description: Only this sibling; empty means all of them.
        required: false
        type: string

permissions: {}

# One run at a time for the branch that receives the work; one that waits is replaced by a newer one.
concurrency:
  group: ${JSON.stringify(`autosync-${branch}`)}
  cancel-in-progress: false

defaults:
  run:
    shell: bash

jobs:
  siblings:
    name: List the siblings
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    outputs:
      names: \${{ steps.list.outputs.names }}
    steps:
${checkout(branch)}
${INSTALL}
${LIST}

  sync:
    name: Sync \${{ matrix.sibling }}
    needs: siblings
    if: needs.siblings.outputs.names != '[]'
    runs-on: ubuntu-latest
    timeout-minutes: 120
    permissions:
      contents: write
      pull-requests: write
      actions: ${writesActions ? 'write' : 'read'}
      checks: read
      statuses: read
    strategy:
      fail-fast: false
      # Each sibling on a runner of its own, one after the other: what one lands, the next one builds on. More at once
      # is safe too, because every branch is moved by compare-and-swap; what was overtaken lands with the next run.
      max-parallel: 1
      matrix:
        sibling: \${{ fromJSON(needs.siblings.outputs.names) }}
    steps:
${checkout(branch)}
${INSTALL}
      # What the target's own checks need beside Node (a database, another language) is set up here.
${restore(branch)}
${SYNC}
${save(branch)}
`;
}

/** A branch as text of a workflow: what would be read as an expression there is refused. */
function plainBranch(branch: string): string {
  if (!branch.includes('${{')) return checkBranchName(branch);
  const why = 'a workflow would read "${{" in it as an expression';
  throw new AutoSyncError({ code: 'unsafe-input', what: 'The branch name', value: branch, why });
}

/**
 * The text of the workflow, sealed by the hash of its body so that a person's change can be told. No foreign text is put
 * into a script: names and inputs come by environment variables. Throws `unsafe-input` for a branch that no workflow
 * can name.
 */
export function workflowText(parts: WorkflowParts, digest: (text: string) => string): string {
  const text = body({ ...parts, branch: plainBranch(parts.branch) });
  return `${HEADER}\n# sha256 of what follows: ${digest(text)}\n${text}`;
}

/** Did AutoSync write this text, every line of it? Ends of lines do not count: git changes them on Windows. */
export function isUntouched(text: string, digest: (text: string) => string): boolean {
  const plain = text.replaceAll('\r\n', '\n');
  const rest = plain.slice(plain.indexOf('\n') + 1);
  const seal = SEAL.exec(rest);
  return seal !== null && digest(rest.slice(seal[0].length)) === seal[1];
}
