import type { PollingMode } from './state/model.js';

/** Every command that `package.json` contributes; a test holds the two against each other. */
export const COMMANDS = {
  sync: 'autosync.sync',
  scan: 'autosync.scan',
  cancel: 'autosync.cancel',
  findSiblings: 'autosync.findSiblings',
  addSibling: 'autosync.addSibling',
  apply: 'autosync.apply',
  decline: 'autosync.decline',
  explain: 'autosync.explain',
  preview: 'autosync.preview',
  previewFile: 'autosync.previewFile',
  previewOwn: 'autosync.previewOwn',
  resolve: 'autosync.resolve',
  completeMerge: 'autosync.completeMerge',
  undo: 'autosync.undo',
  pausePolling: 'autosync.pausePolling',
  resumePolling: 'autosync.resumePolling',
  openConfig: 'autosync.openConfig',
  setSourceToken: 'autosync.setSourceToken',
  forgetSourceToken: 'autosync.forgetSourceToken',
  signIn: 'autosync.signIn',
  signOut: 'autosync.signOut',
  setGitHubToken: 'autosync.setGitHubToken',
  showPanel: 'autosync.showPanel',
  showLog: 'autosync.showLog',
  doctor: 'autosync.doctor',
  writeWorkflow: 'autosync.writeWorkflow',
  refresh: 'autosync.refresh',
  menu: 'autosync.menu',
  filterText: 'autosync.filterText',
  clearFilter: 'autosync.clearFilter',
  hideSettled: 'autosync.hideSettled',
  showSettled: 'autosync.showSettled',
  groupBy: 'autosync.groupBy',
  sortBy: 'autosync.sortBy',
  showMore: 'autosync.showMore',
  copySha: 'autosync.copySha',
  openOnForge: 'autosync.openOnForge',
  openPullRequest: 'autosync.openPullRequest',
  incomingOfFile: 'autosync.incomingOfFile',
  openWalkthrough: 'autosync.openWalkthrough',
} as const;

/** Id of a contributed command. */
export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** Ids of the views and of what else is contributed under a name. */
export const VIEWS = { container: 'autosync', incoming: 'autosync.incoming' } as const;

/** Id of the status bar item. */
export const STATUS_ITEM = 'autosync.status';

/** Id of the walkthrough. */
export const WALKTHROUGH = 'autosync.autosync#firstSteps';

/** Scheme of the documents that show a version of a file out of the quarantine. */
export const BLOB_SCHEME = 'autosync';

/** Key of the token that reads siblings, in the editor's secret storage. */
export const SOURCE_TOKEN = 'autosync.sourceToken';

/** Key of what works on the target, in the editor's secret storage. */
export const GITHUB_ACCESS = 'autosync.githubAccess';

/** Keys that `when` clauses of `package.json` ask for, with the type of their values. */
export interface ContextKeys {
  /** Which welcome text an empty view shows; `rows` when there is something to show. */
  readonly 'autosync.face': string;
  /** True when some open folder has siblings configured. */
  readonly 'autosync.hasTarget': boolean;
  readonly 'autosync.running': boolean;
  readonly 'autosync.polling': 'on' | 'paused' | 'off';
  /** True when some run landed something that stands. */
  readonly 'autosync.canUndo': boolean;
  /** True when some commit is known; when some can be applied, declined, resolved. */
  readonly 'autosync.hasRows': boolean;
  readonly 'autosync.hasIncoming': boolean;
  readonly 'autosync.hasDeclinable': boolean;
  readonly 'autosync.hasConflict': boolean;
  /** True when some commit has a pull request, and when the pages of some sibling's forge are known. */
  readonly 'autosync.hasPullRequest': boolean;
  readonly 'autosync.hasForge': boolean;
  readonly 'autosync.filtered': boolean;
  readonly 'autosync.settledHidden': boolean;
  readonly 'autosync.hasSourceToken': boolean;
  /** True when a person signed in to GitHub for AutoSync, or gave it a token for the target. */
  readonly 'autosync.hasGitHubAccess': boolean;
  /** Paths of files on disk that have something incoming. */
  readonly 'autosync.incomingPaths': readonly string[];
}

/** The same keys as a list, to hold `package.json` against. */
export const CONTEXT_KEYS: readonly (keyof ContextKeys)[] = [
  'autosync.face',
  'autosync.hasTarget',
  'autosync.running',
  'autosync.polling',
  'autosync.canUndo',
  'autosync.hasRows',
  'autosync.hasIncoming',
  'autosync.hasDeclinable',
  'autosync.hasConflict',
  'autosync.hasPullRequest',
  'autosync.hasForge',
  'autosync.filtered',
  'autosync.settledHidden',
  'autosync.hasSourceToken',
  'autosync.hasGitHubAccess',
  'autosync.incomingPaths',
];

/** Personal preferences, with the types and defaults that `package.json` declares; a test holds the two together. */
export interface Settings {
  /** What happens by itself every `schedule.every`. */
  readonly 'polling.mode': PollingMode;
  /** Whether the editor tells by a notification when something waits. */
  readonly notifications: boolean;
  /** Whether files in the explorer that have something incoming get a badge. */
  readonly decorations: boolean;
  /** Address of the GitHub that the target is on; never what a workspace says. */
  readonly 'github.server': string;
}

/** What counts when a person chose nothing. */
export const DEFAULT_SETTINGS: Settings = {
  'polling.mode': 'scan',
  notifications: true,
  decorations: true,
  'github.server': 'https://github.com',
};
