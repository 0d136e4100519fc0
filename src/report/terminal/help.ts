/** A command of the command line as its help shows it. */
export interface CommandHelp {
  readonly name: CommandName;
  /** Positional arguments as commander writes them; empty when there are none. */
  readonly takes: string;
  readonly group: 'See' | 'Decide' | 'Keep' | 'Set up';
  /** One sentence. */
  readonly what: string;
  /** Commands one may type, each with what it does. */
  readonly examples: readonly (readonly [string, string])[];
}

/** The commands, by name. */
export type CommandName =
  | 'scan'
  | 'status'
  | 'explain'
  | 'audit'
  | 'sync'
  | 'apply'
  | 'decline'
  | 'undo'
  | 'report'
  | 'backup'
  | 'restore'
  | 'state'
  | 'init'
  | 'config'
  | 'doctor'
  | 'workflow'
  | 'demo';

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly CommandHelp[] = [
  {
    name: 'scan',
    takes: '',
    group: 'See',
    what: 'Look what the siblings have that fits here; changes nothing in the target.',
    examples: [
      ['autosync scan', 'fetches every sibling, filters, and forecasts each pick in memory'],
      ['autosync scan --sibling acme --json', 'one sibling, as JSON for a script'],
    ],
  },
  {
    name: 'status',
    takes: '',
    group: 'See',
    what: 'Show siblings, what waits for you, the last and next run, and health, without the network.',
    examples: [['autosync status', 'reads what AutoSync remembers; takes no time']],
  },
  {
    name: 'explain',
    takes: '<sha>',
    group: 'See',
    what: 'Tell everything known about one incoming commit, and why it stands where it does.',
    examples: [['autosync explain 1a2b3c4d', 'its evidence, conflicts as a diff, risk as a sum, and what to do next']],
  },
  {
    name: 'audit',
    takes: '',
    group: 'See',
    what: 'Account for every commit of every sibling, from git alone.',
    examples: [
      ['autosync audit', 'a table of counts, and what does not add up'],
      ['autosync audit --verbose --sibling acme', 'each commit of acme with its account'],
    ],
  },
  {
    name: 'sync',
    takes: '',
    group: 'Decide',
    what: 'Do the whole run: fetch, filter, integrate, validate, decide, land.',
    examples: [
      ['autosync sync --dry-run', 'everything but the landing: see what would happen'],
      ['autosync sync', 'lands what is safe; the rest waits for your word'],
    ],
  },
  {
    name: 'apply',
    takes: '<sha...>',
    group: 'Decide',
    what: 'Land commits on your word, though they wait for review; they are validated first.',
    examples: [['autosync apply 1a2b3c4d 5e6f7a8b', 'lands both, in the order of the sibling']],
  },
  {
    name: 'decline',
    takes: '<sha>',
    group: 'Decide',
    what: 'Keep a commit out, for good or until a date, also after the sibling rebases.',
    examples: [
      ['autosync decline 1a2b3c4d --because "we have our own cart"', 'it does not come back'],
      ['autosync decline 1a2b3c4d --because "after the release" --until 30d', 'it comes back in 30 days'],
    ],
  },
  {
    name: 'undo',
    takes: '<run>',
    group: 'Decide',
    what: 'Take back what a run landed, with one revert.',
    examples: [['autosync undo 20260102-030405-a1b2', '`autosync status` lists the runs that can be undone']],
  },
  {
    name: 'report',
    takes: '',
    group: 'Keep',
    what: 'Write a Markdown report of what landed, waits, conflicts and was kept out, and print its path.',
    examples: [['autosync report', 'writes .autosync/reports/report-<date>.md']],
  },
  {
    name: 'backup',
    takes: '',
    group: 'Keep',
    what: 'Keep a copy of what AutoSync remembers.',
    examples: [
      ['autosync backup', 'makes a copy in .autosync/backups'],
      ['autosync backup --list', 'lists the copies, newest first'],
    ],
  },
  {
    name: 'restore',
    takes: '<name>',
    group: 'Keep',
    what: 'Bring a backup of the state back; your code is not touched.',
    examples: [['autosync restore NAME', 'NAME as `autosync backup --list` prints it']],
  },
  {
    name: 'state',
    takes: '',
    group: 'Keep',
    what: 'Share what is remembered between machines, on a ref of the target that no clone fetches by itself.',
    examples: [
      ['autosync state --fetch --sibling acme', 'before a run on a fresh machine; takes nothing over what is there'],
      ['autosync state --push --sibling acme', 'after it, unless somebody else was first'],
    ],
  },
  {
    name: 'init',
    takes: '',
    group: 'Set up',
    what: 'Find related repositories and write .autosync/config.json.',
    examples: [['autosync init', 'looks beside this repository and among its remotes']],
  },
  {
    name: 'config',
    takes: '',
    group: 'Set up',
    what: 'Print the effective configuration, and where each value came from.',
    examples: [['autosync config', 'one value a line']],
  },
  {
    name: 'doctor',
    takes: '',
    group: 'Set up',
    what: 'Check git, siblings, tokens, the checks and the state, and say how to mend each.',
    examples: [['autosync doctor', 'exit status 1 when something has to be mended']],
  },
  {
    name: 'workflow',
    takes: '',
    group: 'Set up',
    what: 'Write the GitHub Actions workflow that runs sync on a schedule.',
    examples: [
      ['autosync workflow', 'writes .github/workflows/auto-sync-from-siblings.yml, and says which secrets to set'],
      ['autosync workflow --force', 'also over changes made by hand'],
    ],
  },
  {
    name: 'demo',
    takes: '',
    group: 'Set up',
    what: 'Build a sample family of repositories and run sync on it.',
    examples: [
      ['autosync demo', 'a second time, nothing is new'],
      ['autosync demo --folder ./family', 'builds the family there'],
    ],
  },
];

/** What stands below the list of commands in `autosync --help`. */
export const TOP_HELP = `
Start here:
  autosync demo                see it work on a sample family
  autosync init                find the siblings of this repository
  autosync scan                look what they have; changes nothing
  autosync sync --dry-run      try everything but the landing
  autosync sync                do it

Results go to stdout, progress to stderr. --json prints one JSON document on
stdout, also for errors.

Exit status:
  0   done                           3   done, but some sibling failed, or pull
                                         requests wait for a token (GITHUB_TOKEN)
  1   failed                        75   another run holds the lock: try later
  2   usage or configuration       130   cancelled

Environment (secrets are read from here, and never from the configuration):
  AUTOSYNC_SOURCE_TOKEN        reads private siblings (SOURCE_PAT works too)
  GITHUB_TOKEN                 works on the target only; the two are never swapped
  AUTOSYNC_SLACK_WEBHOOK, AUTOSYNC_SMTP_URL, AUTOSYNC_DRIVE_CREDENTIALS,
  AUTOSYNC_GATEWAY_TOKEN       for Slack, mail, Google Drive and the dashboard
  AUTOSYNC_AWS_SECRET_ID       looks the others up in AWS Secrets Manager
  NO_COLOR, CI                 no colours; plain progress lines
`;

/** What stands below the options in the help of one command. */
export function examplesHelp(help: CommandHelp): string {
  const lines = help.examples.map(([command, what]) => `  ${command}\n      ${what}`);
  return `\nExample${lines.length === 1 ? '' : 's'}:\n${lines.join('\n')}\n`;
}
