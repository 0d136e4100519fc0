import type { Client } from './client.js';
import { refusalStatus } from './refusal.js';

/** How a label looks: six hex digits, and what it says to who points at it. */
interface Look {
  readonly color: string;
  readonly description: string;
}

const LOOKS: Readonly<Record<string, Look>> = {
  'auto-sync': { color: '1d76db', description: 'Opened by AutoSync: improvements of a sibling repository' },
  'risk:low': { color: '0e8a16', description: 'AutoSync: little can break' },
  'risk:medium': { color: 'fbca04', description: 'AutoSync: look at it before it lands' },
  'risk:high': { color: 'd93f0b', description: 'AutoSync: look at it closely before it lands' },
  'autosync:conflict': { color: 'b60205', description: 'AutoSync: does not fit by itself; a person has to resolve it' },
};
const OTHER: Look = { color: 'ededed', description: 'Set by AutoSync' };

/** Labels that AutoSync takes off again; people's labels stay whatever they are. */
const OWN = /^(?:autosync|risk):/;

/** What labels lack and have too many of, compared with what is wanted; GitHub knows one label per name, whatever the case. */
export function labelChanges(
  now: readonly string[],
  wanted: readonly string[],
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const has = new Set(now.map(lower));
  const wants = new Set(wanted.map(lower));
  return {
    add: wanted.filter((label) => !has.has(lower(label))),
    remove: now.filter((label) => OWN.test(lower(label)) && !wants.has(lower(label))),
  };
}

const lower = (label: string): string => label.toLowerCase();

/** Puts labels on a pull request and takes others off; those the repository lacks are created first, in their colours. */
export async function changeLabels(
  client: Client,
  number: number,
  changes: ReturnType<typeof labelChanges>,
  signal: AbortSignal,
): Promise<void> {
  for (const label of changes.add) await createMissing(client, label, signal);
  if (changes.add.length > 0)
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.issues.addLabels({ ...at, issue_number: number, labels: [...changes.add] }),
    );
  for (const label of changes.remove) await takeOff(client, number, label, signal);
}

async function createMissing(client: Client, name: string, signal: AbortSignal): Promise<void> {
  if (await exists(client, name, signal)) return;
  const look = LOOKS[name] ?? OTHER;
  try {
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.issues.createLabel({ ...at, name, ...look }),
    );
  } catch (error) {
    // Somebody else made it in between.
    if (refusalStatus(error) !== 422 || !(await exists(client, name, signal))) throw error;
  }
}

async function exists(client: Client, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.read('read-pulls', signal, (octokit, at) => octokit.rest.issues.getLabel({ ...at, name }));
    return true;
  } catch (error) {
    if (refusalStatus(error) === 404) return false;
    throw error;
  }
}

async function takeOff(client: Client, number: number, name: string, signal: AbortSignal): Promise<void> {
  try {
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.issues.removeLabel({ ...at, issue_number: number, name }),
    );
  } catch (error) {
    // Somebody else took it off in between.
    if (refusalStatus(error) !== 404) throw error;
  }
}
