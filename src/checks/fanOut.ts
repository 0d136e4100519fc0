/** What starts one script in every package of a workspace. */
export interface FanOut {
  readonly tool: 'npm' | 'pnpm' | 'yarn' | 'bun' | 'turbo' | 'nx';
  /** Name of the script, or of the task, that it starts. */
  readonly script: string;
}

interface Way {
  readonly tool: FanOut['tool'];
  /** The whole command, its flags taken out; the script is the one group. */
  readonly words: RegExp;
  /** Flags that change nothing about which packages run; a flag that is none of them makes the command unknown. */
  readonly flags: RegExp;
  /** One of these has to be there; absent: none has to. */
  readonly needed?: RegExp;
}

const NAME = '([A-Za-z][\\w:.-]*)';
const words = (pattern: string): RegExp => new RegExp(`^${pattern.replace('NAME', NAME)}$`);

const WAYS: readonly Way[] = [
  {
    tool: 'npm',
    words: words('npm (?:run |run-script |(?=test$))NAME'),
    flags: /^(?:--workspaces|-ws|--if-present|--silent|-s)$/,
    needed: /^(?:--workspaces|-ws)$/,
  },
  {
    tool: 'pnpm',
    words: words('pnpm (?:run )?NAME'),
    flags:
      /^(?:-r|--recursive|--if-present|--silent|-s|--stream|--parallel|--(?:no-)?sort|--(?:no-)?bail|--aggregate-output|--reporter-hide-prefix|--workspace-concurrency=\d+)$/,
    needed: /^(?:-r|--recursive)$/,
  },
  { tool: 'yarn', words: words('yarn workspaces run NAME'), flags: /^(?:--silent|-s)$/ },
  {
    tool: 'yarn',
    words: words('yarn workspaces foreach run NAME'),
    flags: /^(?:-[Aaptvi]+|--all|--parallel|--topological(?:-dev)?|--verbose|--interlaced)$/,
  },
  { tool: 'bun', words: words('bun run NAME'), flags: /^(?:--workspaces|--filter=\*|--silent)$/, needed: /^--[wf]/ },
  {
    tool: 'turbo',
    words: words('turbo (?:run )?NAME'),
    flags:
      /^(?:--continue|--no-daemon|--force|--no-cache|--(?:output-logs|log-order|log-prefix|concurrency|ui)=[\w%-]+)$/,
  },
  {
    tool: 'nx',
    words: words('nx run-many NAME'),
    flags:
      /^(?:-t|--targets?|--all|--no-bail|--nx-bail|--skip-nx-cache|--(?:parallel|output-style|outputStyle)(?:=[\w-]+)?)$/,
    needed: /^(?:-t|--targets?)$/,
  },
];

/** Programs that only start the one that follows. */
const STARTER = /^(?:npx |pnpm exec |yarn (?=turbo |nx )|bunx )/;

/**
 * What a script starts in every package of the workspace; null for anything else, also for what might be more than
 * that: another command beside it, a choice of packages, a flag that is not known.
 */
export function fanOutOf(script: string): FanOut | null {
  const plain = withoutVariants(script.trim());
  if (/[&|;<>$`()"'\\?#~\n]/.test(plain)) return null;
  const parts = plain.split(/\s+/);
  const flags = parts.filter((part) => part.startsWith('-'));
  const command = parts.filter((part) => !part.startsWith('-')).join(' ');
  const way = WAYS.find((one) => one.words.test(command) && suits(one, flags));
  const name = way?.words.exec(command)?.[1];
  return way === undefined || name === undefined ? null : { tool: way.tool, script: name };
}

/** The command without what starts its program, each flag in one spelling. */
function withoutVariants(script: string): string {
  return script
    .replace(STARTER, '')
    .replace(/(?<= )--filter[= ](['"]?)\*\1/, '--filter=*')
    .replace(/(?<= )(-t|--targets?)=/, '$1 ');
}

function suits({ flags: known, needed }: Way, flags: readonly string[]): boolean {
  return flags.every((flag) => known.test(flag)) && (needed === undefined || flags.some((flag) => needed.test(flag)));
}
