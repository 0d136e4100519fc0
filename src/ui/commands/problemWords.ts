import { AutoSyncError, type Problem } from '../../core/errors.js';
import { COMMANDS, type CommandId } from '../contributions.js';
import { editorWords } from '../editorWords.js';
import { plainLabel } from '../plainLabel.js';

/** A button below a message. */
export interface Way {
  readonly title: string;
  readonly command: CommandId | 'workbench.trust.manage';
}

/** How an error is told in the editor: loud, quietly, or not at all. */
export interface Told {
  readonly kind: 'error' | 'information' | 'silent';
  readonly text: string;
  readonly ways: readonly Way[];
}

/** UTF-16 units of a message that a notification shows. */
const LONGEST = 600;

const SHOW_LOG: Way = { title: 'Show Log', command: COMMANDS.showLog };
const DOCTOR: Way = { title: 'Run Doctor', command: COMMANDS.doctor };
const OPEN_CONFIG: Way = { title: 'Open Configuration', command: COMMANDS.openConfig };
const SET_TOKEN: Way = { title: 'Set Source Token', command: COMMANDS.setSourceToken };
const SIGN_IN: Way = { title: 'Sign In to GitHub', command: COMMANDS.signIn };
const SCAN: Way = { title: 'Scan', command: COMMANDS.scan };
const FIND: Way = { title: 'Find Siblings', command: COMMANDS.findSiblings };
const ADD: Way = { title: 'Add Sibling', command: COMMANDS.addSibling };
const CANCEL: Way = { title: 'Cancel It', command: COMMANDS.cancel };

/** What mends a problem, as buttons. */
function waysOf(problem: Problem): readonly Way[] {
  switch (problem.code) {
    case 'no-config':
      return [FIND, ADD];
    case 'config':
    case 'no-branch':
    case 'sibling-no-branch':
    case 'sibling-unreachable':
      return [OPEN_CONFIG, SHOW_LOG];
    case 'sibling-refused':
      return problem.isFolder === true ? [OPEN_CONFIG, SHOW_LOG] : [SET_TOKEN, OPEN_CONFIG];
    case 'forge-refused':
      return [SIGN_IN, OPEN_CONFIG, SHOW_LOG];
    case 'usage':
      return problem.lacks === 'token' ? [SIGN_IN, OPEN_CONFIG] : [SHOW_LOG];
    case 'unknown-commit':
      return [SCAN];
    case 'locked':
      return problem.holder.startsWith('this window') ? [CANCEL] : [];
    case 'git-failed':
    case 'git-timeout':
    case 'check-setup':
      return [SHOW_LOG, DOCTOR];
    case 'no-repository':
    case 'bare-target':
    case 'no-commits':
    case 'detached-head':
    case 'git-missing':
    case 'git-too-old':
    case 'unsafe-input':
      return [];
    default:
      return [SHOW_LOG];
  }
}

/** Sentences of the editor's own, where the message of the core was written for a terminal. */
function ownWords(problem: Problem): string | null {
  switch (problem.code) {
    case 'no-config':
      return 'AutoSync does not know the siblings of this repository yet. Find them, or add one by its address or folder.';
    case 'no-repository':
      return `${problem.folder} is not inside a git repository. Open the folder of a repository, or initialize one.`;
    case 'bare-target':
      return `${problem.folder} is a bare repository. AutoSync lands work in a repository with a working tree; open one.`;
    case 'no-commits':
      return `${problem.folder} has no commit yet, so there is nothing to compare with. Make a first commit, then try again.`;
    case 'config':
      return `The configuration has a problem in line ${problem.line}: ${problem.what} ${problem.next}`;
    case 'git-missing':
      return 'The git program was not found. Install git 2.38 or newer (https://git-scm.com/downloads), then reload the window.';
    case 'locked':
      return problem.holder.startsWith('this window')
        ? 'AutoSync is at work here already. Wait for it to end, or cancel it.'
        : 'Another AutoSync works on this repository: another window, or the command line. Wait for it to end, then try again.';
    default:
      return null;
  }
}

const told = (problem: Problem, message: string): Told => ({
  kind: problem.code === 'cancelled' ? 'silent' : problem.code === 'locked' ? 'information' : 'error',
  text: plainLabel(ownWords(problem) ?? editorWords(message), LONGEST),
  ways: waysOf(problem),
});

/** An error as a notification: in the editor's words, with what mends it. A defect says so. */
export function toldOf(error: unknown): Told {
  if (error instanceof AutoSyncError) return told(error.problem, error.message);
  const what = error instanceof Error ? error.message : String(error);
  const text = plainLabel(`AutoSync failed in a way that it did not foresee: ${what}`, LONGEST);
  return { kind: 'error', text, ways: [SHOW_LOG, DOCTOR] };
}
