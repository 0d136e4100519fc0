import { spawn } from 'node:child_process';

/** Sends a signal to a process and all of its descendants that did not leave the group; silent when they are gone. */
export function signalGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(leader), '/t', '/f'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // ESRCH: nobody left. EPERM: macOS says so of a group that holds only dead processes.
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
}
