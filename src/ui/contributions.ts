/** Every id that `package.json` contributes; a test holds the two against each other. */
export const COMMANDS = { showState: 'autosync.showState', refresh: 'autosync.refresh' } as const;

/** Name of the panel's kind, for the editor's bookkeeping. */
export const PANEL_TYPE = 'autosync.state';
