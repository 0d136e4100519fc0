import { assertNever } from '../core/errors.js';
import type { FanOut } from './fanOut.js';
import type { Member } from './member.js';
import { shellWord } from './shellText.js';

/** Command line that starts one script of one package, from the root. */
export function packageCommand({ tool, script }: FanOut, { folder, projectName }: Member): string {
  switch (tool) {
    case 'npm':
      return `npm run --silent ${script} --workspace=${shellWord(folder)}`;
    case 'pnpm':
      return `pnpm --silent --dir ${shellWord(folder)} run ${script}`;
    case 'yarn':
      return `yarn --cwd ${shellWord(folder)} run ${script}`;
    case 'bun':
      return `bun run --silent --cwd=${shellWord(folder)} ${script}`;
    case 'turbo':
      // Where CI is set, as it is for every check, it starts no daemon; the flag for that goes with its next version.
      return `turbo run ${script} --filter=${shellWord(`./${folder}`)} --output-logs=full --log-prefix=none`;
    case 'nx':
      // A cache that others fill would answer for what was never run here.
      return `NX_DAEMON=false NX_NO_CLOUD=true nx run-many -t ${script} -p ${shellWord(projectName)} --output-style=stream-without-prefixes`;
    default:
      return assertNever(tool);
  }
}
