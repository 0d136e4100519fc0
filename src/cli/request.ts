import { Command, CommanderError, Option } from 'commander';
import { AutoSyncError } from '../core/errors.js';
import { COMMANDS, type CommandHelp, type CommandName, examplesHelp, TOP_HELP } from '../report/terminal/help.js';
import type { Paint } from '../report/terminal/page.js';

/** The options of all commands; those that a command does not take are absent. */
export interface Options {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly sibling?: string;
  readonly verbose?: boolean;
  readonly dryRun?: boolean;
  readonly because?: string;
  readonly until?: string;
  readonly list?: boolean;
  readonly force?: boolean;
  readonly fetch?: boolean;
  readonly push?: boolean;
  readonly open?: boolean;
  readonly folder?: string;
}

/** What a command line asks for. */
export interface Request {
  readonly name: CommandName;
  readonly args: readonly string[];
  readonly options: Options;
}

/** Where help goes. */
export interface HelpScreen {
  readonly version: string;
  readonly write: (text: string) => void;
  /** Takes the help that is shown because no command was given. */
  readonly remind: (text: string) => void;
  readonly columns: number;
  readonly colours: boolean;
  readonly paint: Paint;
}

const OPTIONS: Readonly<Partial<Record<CommandName, (command: Command) => Command>>> = {
  sync: (command) => command.option('--dry-run', 'stop before anything lands'),
  decline: (command) =>
    command
      .requiredOption('--because <text>', 'why: whoever meets the commit again reads it')
      .option('--until <date>', 'when it may come back: a date (2026-02-01) or a time from now (30d)'),
  backup: (command) => command.option('--list', 'list the backups instead of making one'),
  workflow: (command) =>
    command
      .option('--force', 'overwrite also a workflow that was changed by hand')
      .option('--list', 'print the siblings that a runner can reach as JSON, and write nothing'),
  state: (command) =>
    command
      .addOption(new Option('--fetch', 'take what the ref holds, where nothing is remembered here').conflicts('push'))
      .option('--push', 'put on the ref what is remembered here')
      .option('--open', 'put it there also where anybody may read it, though siblings are read with a token'),
  demo: (command) =>
    command.option('--folder <dir>', 'where to build it (default: autosync-demo in the temporary folder)'),
};

/** Reads a command line; null when it asked for help or the version, which was then written. Throws `usage`. */
export function parseRequest(argv: readonly string[], screen: HelpScreen): Request | null {
  let request: Request | null = null;
  const program = programOf(screen, (found) => {
    request = found;
  });
  try {
    program.parse(argv, { from: 'user' });
    return request;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw usageProblem(error, argv);
  }
}

function programOf(screen: HelpScreen, found: (request: Request) => void): Command {
  const program = new Command('autosync')
    .description(
      'Keeps a family of repositories in step: finds what siblings improved, proves that it fits, and lands it.',
    )
    .usage('<command> [options]')
    .version(screen.version, '--version', 'print the version')
    .helpOption('-h, --help', 'explain AutoSync, or one command')
    .addHelpCommand(helpCommand())
    .option('--workspace <dir>', 'the target repository (default: the current folder)')
    .option('--sibling <name>', 'only this sibling')
    .option('--json', 'print one JSON document and nothing else')
    .option('--verbose', 'show every row, and why')
    .option('--no-color', 'no colours')
    .exitOverride()
    .addHelpText('after', TOP_HELP);
  dress(program, screen);
  for (const help of COMMANDS) addCommand(program, help, found);
  return program;
}

/** `autosync help sync`, which people type as often as `autosync sync --help`. */
const helpCommand = (): Command =>
  new Command('help')
    .argument('[command]')
    .helpOption(false)
    .helpGroup('Set up:')
    .description('Explain AutoSync, or one command.');

function dress(program: Command, { write, remind, columns, colours, paint }: HelpScreen): void {
  program.configureHelp({
    showGlobalOptions: true,
    styleTitle: paint.bold,
    styleCommandText: paint.cyan,
    styleSubcommandText: paint.cyan,
    styleOptionText: paint.cyan,
  });
  program.configureOutput({
    writeOut: write,
    writeErr: remind,
    outputError: () => undefined,
    getOutHelpWidth: () => Math.min(columns, 100),
    getErrHelpWidth: () => Math.min(columns, 100),
    getOutHasColors: () => colours,
    getErrHasColors: () => colours,
  });
}

function addCommand(program: Command, help: CommandHelp, found: (request: Request) => void): void {
  const command = program
    .command(`${help.name} ${help.takes}`.trim())
    .description(help.what)
    .helpGroup(`${help.group}:`)
    .addHelpText('after', examplesHelp(help));
  (OPTIONS[help.name] ?? ((plain) => plain))(command).action(() => {
    found({ name: help.name, args: command.args, options: command.optsWithGlobals<Options>() });
  });
}

/** commander's complaint as a problem of ours: what is wrong, the nearest known name, and where to read on. */
function usageProblem(error: CommanderError, argv: readonly string[]): AutoSyncError {
  const named = COMMANDS.find(({ name }) => argv.includes(name));
  const help = named === undefined ? '`autosync --help`' : `\`autosync ${named.name} --help\``;
  const [word, unknown] = argv.filter((one) => !one.startsWith('-'));
  if (error.code === 'commander.help' && word === 'help') {
    return new AutoSyncError({
      code: 'usage',
      what: `Unknown command '${unknown ?? ''}'.`,
      next: `${help} lists them.`,
    });
  }
  if (error.code === 'commander.help') {
    return new AutoSyncError({ code: 'usage', what: 'No command was given.', next: `${help} lists them.` });
  }
  const [complaint = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  const what = `${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.$/, '')}.`;
  const nearest = hints.map((hint) => `${hint.replace(/^\(|\)$/g, '')} `).join('');
  return new AutoSyncError({ code: 'usage', what, next: `${nearest}${help} says what can be given.` });
}
