import { EXIT } from '../report/failure.js';

/** The folder in which the program was started; null, with a word about it, when that is there no more. */
export function currentFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    process.stderr.write('✗ The folder in which this was started is there no more. Change to one that is.\n');
    process.exitCode = EXIT.usage;
    return null;
  }
}
