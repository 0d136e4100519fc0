import type { Check } from '../core/check.js';
import type { CheckReader } from '../core/config.js';

/** The test runners that take names of files after all else; not where they are told some already, which would run too. */
const RUNNERS: Readonly<Partial<Record<CheckReader, RegExp>>> = {
  vitest: /^vitest(?: run)?(?= -|$)/,
  jest: /^(?:jest|react-scripts test)(?= -|$)/,
  mocha: /^mocha(?= -|$)/,
  'node-test': /^(?:node|tsx) (?:\S+ )*--test(?= -|$)/,
};

/** What only starts the program that follows, or sets variables for it. */
const BEFORE =
  /^(?:(?:npx|pnpm exec|yarn exec|yarn(?= (?:vitest|jest|mocha)\b)|bunx|cross-env|[A-Z_]\w*=[\w.,:/-]*) +|--no-install )+/;

const SCRIPT = /^(?:npm|pnpm|yarn|bun) (?:(?:run|run-script) )?(?:--silent |-s )?([\w:.-]+)$/;

/** So many scripts may start one another: more is taken for a circle. */
const DEEP = 5;

/** The command that is given what is added to the end of a command line; null when that is not one simple command. */
function lastCommand(text: string, scripts: Readonly<Record<string, string>>, deep = DEEP): string | null {
  if (deep === 0 || /[|;<>`$()#\n\\]|(?<!&)&(?!&)/.test(text)) return null;
  const last = text.split('&&').at(-1)?.trim().replace(BEFORE, '') ?? '';
  const name = SCRIPT.exec(last)?.[1];
  const script = name === undefined || !Object.hasOwn(scripts, name) ? undefined : scripts[name];
  return script === undefined ? last : lastCommand(script, scripts, deep - 1);
}

/** Marks a check to whose command names of files can be added, so that only their tests run; `{}` for all else. */
export function takesFiles(
  reads: CheckReader,
  commandLine: string,
  scripts: Readonly<Record<string, string>>,
): Pick<Check, 'takesFiles'> {
  const last = lastCommand(commandLine, scripts);
  return last !== null && RUNNERS[reads]?.test(last) === true ? { takesFiles: true } : {};
}
