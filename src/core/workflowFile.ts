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
  /** Does AutoSync merge by itself? Then siblings take turns. */
  readonly mergesItself: boolean;
}

/** Actions by commit: a tag can be moved to other code, a commit cannot. */
const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2';
const SETUP_NODE = 'actions/setup-node@53b83947a5a98c8d113130e565377fae1a50d02f # v6.3.0';

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

/**
 * What a step needs that works on the target. Where AWS Secrets Manager is to be asked, that is said by a variable, and
 * only then its keys are handed over; what is set here comes before what is kept there.
 */
const TARGET_TOKEN = `          # With the workflow's own token no pull request starts the target's CI: AUTOSYNC_TOKEN is better.
          GITHUB_TOKEN: \${{ secrets.AUTOSYNC_TOKEN || (vars.AUTOSYNC_AWS_SECRET_ID == '' && github.token) || '' }}
          AUTOSYNC_AWS_SECRET_ID: \${{ vars.AUTOSYNC_AWS_SECRET_ID }}
          AWS_REGION: \${{ vars.AUTOSYNC_AWS_SECRET_ID && vars.AWS_REGION }}
          AWS_ACCESS_KEY_ID: \${{ vars.AUTOSYNC_AWS_SECRET_ID && secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: \${{ vars.AUTOSYNC_AWS_SECRET_ID && secrets.AWS_SECRET_ACCESS_KEY }}
          SIBLING: \${{ matrix.sibling }}`;

const FETCH = `      # What AutoSync remembers of the sibling lies on refs/autosync/state/<sibling>/<branch>, which no clone fetches by
      # itself. Without it the trailers in the log tell what landed, and open pull requests are found again by their
      # branches; only a person's "no" has to be said again.
      - name: Bring what is remembered
        id: remembered
        env:
${TARGET_TOKEN}
        run: |
          autosync state --fetch "--sibling=$SIBLING" --no-color | sed 's/^/    /' | tee -a "$GITHUB_STEP_SUMMARY"`;

const SYNC = `      - name: Sync
        env:
${TARGET_TOKEN}
          # Reads the siblings, and never the target.
          AUTOSYNC_SOURCE_TOKEN: \${{ secrets.AUTOSYNC_SOURCE_TOKEN }}
          # Where that goes, and nowhere else; https://github.com when it is not set.
          AUTOSYNC_SOURCE_ORIGIN: \${{ vars.AUTOSYNC_SOURCE_ORIGIN }}
        run: |
          autosync sync "--sibling=$SIBLING" --json > "$RUNNER_TEMP/autosync.json"
      - name: Say where it stands
        if: always()
        env:
          SIBLING: \${{ matrix.sibling }}
        run: |
          autosync status "--sibling=$SIBLING" --no-color | sed 's/^/    /' >> "$GITHUB_STEP_SUMMARY"`;

const PUSH = `      - name: Keep what is remembered
        if: always() && steps.remembered.outcome == 'success'
        env:
${TARGET_TOKEN}
          # Only that there is one: what was read with it is not put where anybody may read it (--open does so all the same).
          AUTOSYNC_SOURCE_TOKEN: \${{ secrets.AUTOSYNC_SOURCE_TOKEN && 'there is one' || '' }}
        run: |
          autosync state --push "--sibling=$SIBLING" --no-color | sed 's/^/    /' | tee -a "$GITHUB_STEP_SUMMARY"`;

/** Why siblings run side by side, or not: every branch and every state is a sibling's own, but the target's branch is not. */
const sideBySide = (mergesItself: boolean): string =>
  mergesItself
    ? `      # Each sibling on a runner of its own, one after the other: what one merges, the next one is validated on. Side by
      # side, all but the first would wait for the next run, and two merges in the same second lead to a tree that
      # nobody validated. With "land.autoMerge" off they run side by side.
      max-parallel: 1`
    : `      # Siblings run side by side: nothing is merged here, each has branches, pull requests and a ref for its state of its
      # own, and all are moved by compare-and-swap. Not more at once, because GitHub limits how much one token may write.
      max-parallel: 4`;

function body({ branch, cron, writesActions, mergesItself }: WorkflowParts): string {
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
${sideBySide(mergesItself)}
      matrix:
        sibling: \${{ fromJSON(needs.siblings.outputs.names) }}
    steps:
${checkout(branch)}
${INSTALL}
${FETCH}
      # What the target's own checks need beside Node (a database, another language) is set up here.
${SYNC}
${PUSH}
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
