import { runTests } from '@vscode/test-electron';
import { type Host, ROOT } from './places.js';

/** What a run of the host suite needs to know, wherever it runs. */
export interface HostRun {
  readonly target: string;
  readonly tests: string;
  /** Where the editor keeps what it remembers. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The desktop's counterparts of the servers. */
const VERSIONS: Readonly<Record<Host, string>> = { floor: '1.100.3', current: 'stable' };

/**
 * Runs the tests in VS Code for the desktop: the one that VSCODE_EXECUTABLE_PATH names, else one that is downloaded
 * (VSCODE_VERSION, by default the host's counterpart). Answers how it ended.
 */
export async function onDesktop(host: Host, { target, tests, folder, environment }: HostRun): Promise<string> {
  const installed = process.env['VSCODE_EXECUTABLE_PATH'];
  const version = process.env['VSCODE_VERSION'] ?? VERSIONS[host];
  const flags = ['--disable-extensions', '--disable-workspace-trust', '--user-data-dir', folder];
  try {
    const exit = await runTests({
      ...(installed === undefined ? { version } : { vscodeExecutablePath: installed }),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: tests,
      extensionTestsEnv: environment,
      launchArgs: [target, ...flags],
    });
    return `exit ${exit}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
