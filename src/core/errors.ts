/** Every way in which AutoSync can refuse or fail on purpose, with the data its message needs. */
export type Problem =
  | { readonly code: 'usage'; readonly what: string; readonly next: string; readonly lacks?: 'token' }
  | {
      readonly code: 'config';
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly what: string;
      readonly next: string;
    }
  | { readonly code: 'no-config'; readonly file: string }
  | { readonly code: 'no-repository'; readonly folder: string }
  | { readonly code: 'bare-target'; readonly folder: string }
  | { readonly code: 'no-commits'; readonly folder: string }
  | { readonly code: 'detached-head'; readonly folder: string }
  | { readonly code: 'no-branch'; readonly branch: string; readonly folder: string; readonly isRemote?: true }
  | { readonly code: 'git-missing' }
  | { readonly code: 'git-too-old'; readonly found: string; readonly least: string }
  | { readonly code: 'git-failed'; readonly command: string; readonly exit: number | null; readonly stderr: string }
  | { readonly code: 'git-timeout'; readonly command: string; readonly seconds: number }
  | { readonly code: 'unsafe-input'; readonly what: string; readonly value: string; readonly why: string }
  | { readonly code: 'sibling-unreachable'; readonly sibling: string; readonly why: string; readonly attempts: number }
  | { readonly code: 'sibling-refused'; readonly sibling: string; readonly why: string; readonly isFolder?: boolean }
  | {
      readonly code: 'sibling-no-branch';
      readonly sibling: string;
      readonly branch: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'sibling-empty'; readonly sibling: string }
  | { readonly code: 'sibling-evil'; readonly sibling: string; readonly why: string }
  | { readonly code: 'quarantine-damaged'; readonly folder: string; readonly why: string }
  | { readonly code: 'locked'; readonly holder: string }
  | { readonly code: 'state-damaged'; readonly file: string; readonly why: string; readonly kept: string }
  | { readonly code: 'state-newer'; readonly file: string; readonly found: number; readonly known: number }
  | { readonly code: 'disk'; readonly file: string; readonly doing: string; readonly why: string }
  | { readonly code: 'moved'; readonly ref: string; readonly expected: string; readonly found: string }
  | { readonly code: 'cannot-land'; readonly why: string; readonly next: string; readonly undo?: boolean }
  | { readonly code: 'unknown-commit'; readonly given: string; readonly why: string }
  | { readonly code: 'unknown-run'; readonly given: string; readonly known: readonly string[] }
  | { readonly code: 'check-setup'; readonly what: string; readonly why: string; readonly next: string }
  | {
      readonly code: 'forge-refused';
      readonly repository: string;
      readonly why: string;
      readonly next: string;
      /** The HTTP status it answered with, when it did. */
      readonly status?: number;
    }
  | {
      readonly code: 'forge-unreachable';
      readonly repository: string;
      readonly why: string;
      /** True when something was to be written and nobody knows whether it was. */
      readonly unsure?: boolean;
    }
  | {
      readonly code: 'secrets-unavailable';
      readonly what: string;
      readonly why: string;
      readonly next: string;
      /** True when it may pass by itself. */
      readonly passing?: true;
    }
  | { readonly code: 'cancelled' };

/** The code of a `Problem`. */
export type ProblemCode = Problem['code'];

/** The only error AutoSync throws on purpose. Its message says what happened, why, and what to do next. */
export class AutoSyncError extends Error {
  override readonly name = 'AutoSyncError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(describeProblem(problem), options);
    this.problem = problem;
  }

  /** The code of the problem, for callers that tell cases apart. */
  get code(): ProblemCode {
    return this.problem.code;
  }
}

/** Makes the compiler prove that a switch is exhaustive; reaching it at run time is a defect. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}

/** True when `error` is an AutoSyncError, of the given code when one is named. */
export function isProblem(error: unknown, code?: ProblemCode): error is AutoSyncError {
  return error instanceof AutoSyncError && (code === undefined || error.code === code);
}

/** A reason as part of a sentence of ours: git and reasons of rows bring a full stop of their own. */
const clause = (why: string): string => why.trimEnd().replace(/\.$/, '');

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.slice(0, 8).join(', '));

/** What a person reads: what happened, why, what to do next. */
export function describeProblem(problem: Problem): string {
  switch (problem.code) {
    case 'usage':
      return `${problem.what} ${problem.next}`;
    case 'config':
      return `${problem.file}:${problem.line}:${problem.column}: ${problem.what} ${problem.next}`;
    case 'no-config':
      return `There is no ${problem.file}, so AutoSync does not know the siblings. Run \`autosync init\` to find them, or write the file by hand.`;
    case 'no-repository':
      return `${problem.folder} is not inside a git repository. Open the folder of a repository, or name it with --workspace DIR.`;
    case 'bare-target':
      return `${problem.folder} is a bare repository. AutoSync lands work in a repository with a working tree; name one with --workspace DIR.`;
    case 'no-commits':
      return `${problem.folder} has no commit yet, so there is nothing to compare with. Make a first commit, or clone the template, then run again.`;
    case 'detached-head':
      return `HEAD of ${problem.folder} is detached, so no branch is checked out to receive work. Check a branch out, or set "target": { "branch": "..." } in .autosync/config.json.`;
    case 'no-branch':
      if (problem.isRemote === true)
        return `${problem.folder} has no branch "${problem.branch}": it was renamed or deleted there. Set "target.branch" in .autosync/config.json to its new name and rename your own branch as well, or push the branch again.`;
      return `${problem.folder} has no local branch "${problem.branch}". Create it, or change "target.branch" in .autosync/config.json.`;
    case 'git-missing':
      return 'The git program was not found on the PATH. Install git 2.38 or newer (https://git-scm.com/downloads) and run again.';
    case 'git-too-old':
      return `git ${problem.found} is too old: AutoSync needs ${problem.least} or newer, because it tries every pick in memory with \`git merge-tree --write-tree\`. Update git and run again.`;
    case 'git-failed':
      return `\`git ${problem.command}\` failed (exit ${problem.exit ?? 'by signal'}): ${problem.stderr || 'it printed nothing'}. Run \`autosync doctor\` to check the set-up.`;
    case 'git-timeout':
      return `\`git ${problem.command}\` did not finish within ${problem.seconds} s and was stopped. Check the network and the disk, then run again.`;
    case 'unsafe-input':
      return `${problem.what} ${JSON.stringify(problem.value)} was refused: ${problem.why}.`;
    case 'sibling-unreachable':
      return `Sibling "${problem.sibling}" could not be reached after ${problem.attempts} attempt${problem.attempts === 1 ? '' : 's'}: ${clause(problem.why)}. Check the network and the address in .autosync/config.json; the next run tries again.`;
    case 'sibling-refused':
      return `Sibling "${problem.sibling}" ${problem.isFolder === true ? 'cannot' : 'refused to'} be read: ${clause(problem.why)}. ${problem.isFolder === true ? 'Check its "path" in .autosync/config.json.' : 'Check the address, and for a private repository set AUTOSYNC_SOURCE_TOKEN to a token that may read it.'}`;
    case 'sibling-no-branch':
      return `Sibling "${problem.sibling}" has no branch "${problem.branch}" (it has: ${listed(problem.known)}). Correct "branch" in .autosync/config.json, or remove the sibling if it is gone.`;
    case 'sibling-empty':
      return `Sibling "${problem.sibling}" has no commit yet. Nothing to do until it has one.`;
    case 'sibling-evil':
      return `Sibling "${problem.sibling}" holds objects that git considers unsafe: ${problem.why}. Nothing of it was taken. Ask its owner to repair the history.`;
    case 'quarantine-damaged':
      return `The quarantine ${problem.folder} is damaged: ${problem.why}. It holds nothing of yours; it is rebuilt by fetching again.`;
    case 'locked':
      return `Another AutoSync run works on this target (${problem.holder}). Wait for it to end, or stop it, then run again.`;
    case 'state-damaged':
      return `${problem.file} is damaged: ${problem.why}. It was kept as ${problem.kept}, and the state was rebuilt from what was left.`;
    case 'state-newer':
      return `${problem.file} was written by a newer AutoSync (schema ${problem.found}; this one knows ${problem.known}). Update AutoSync; the file was not touched.`;
    case 'disk':
      return `${problem.file} could not be ${problem.doing}: ${problem.why}. Free some space or check the permissions; the old file is intact.`;
    case 'moved':
      return `${problem.ref} moved while AutoSync worked (expected ${problem.expected}, found ${problem.found}). Nothing was landed; run again.`;
    case 'cannot-land':
      return `${problem.undo === true ? 'Nothing was taken back' : 'Nothing was landed'}: ${clause(problem.why)}. ${problem.next}`;
    case 'unknown-commit':
      return `${problem.given} is no incoming commit: ${problem.why}. \`autosync status\` lists what is known; \`autosync scan\` looks again.`;
    case 'unknown-run':
      return `There is no run ${problem.given} that landed something (runs that did: ${listed(problem.known)}).`;
    case 'check-setup':
      return `${problem.what} failed: ${problem.why}. ${problem.next}`;
    case 'forge-refused':
      return `${problem.repository} refused: ${clause(problem.why)}. ${problem.next}`;
    case 'forge-unreachable':
      return `${problem.repository} could not be reached: ${clause(problem.why)}. Nothing was lost; the next run tries again.`;
    case 'secrets-unavailable':
      return `${problem.what} could not be read: ${clause(problem.why)}. ${problem.next}`;
    case 'cancelled':
      return 'The run was cancelled. What had landed by then stays; the next run goes on from there.';
    default:
      return assertNever(problem);
  }
}
