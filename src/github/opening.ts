import type { Finding } from '../core/finding.js';
import type { Client } from './client.js';
import { refusal } from './refusal.js';
import { bad } from './tokenFindings.js';

/**
 * Whether the token may open pull requests; null: it may. Of a fine-grained token GitHub tells that nowhere, so it is
 * asked for one that it refuses anyway, of a branch onto itself: without the permission it says so first.
 */
export async function mayOpen(client: Client, base: string, signal: AbortSignal): Promise<Finding | null> {
  const title = 'May AutoSync open pull requests?';
  try {
    await client.write('write-pulls', signal, (octokit, at) =>
      octokit.rest.pulls.create({ ...at, head: base, base, title }),
    );
    return null;
  } catch (error) {
    const problem = refusal(error);
    if (problem === null) throw error;
    if (problem.status === 422) return null;
    return bad('Pull requests', `The token may not open them: ${problem.why}.`, problem.next);
  }
}
