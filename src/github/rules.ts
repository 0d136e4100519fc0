import type { Client } from './client.js';
import { allPages } from './client.js';
import type { Guard, Rule } from './guard.js';
import { checksOf, FREE, ofProtection, ofRule, together } from './guard.js';
import { refusalStatus } from './refusal.js';

/** What guards `base`; what the token may not see of it is left out, and then GitHub itself refuses the merge. */
export async function guardOf(client: Client, base: string, signal: AbortSignal): Promise<Guard> {
  const [protection, rules] = await Promise.all([protectionOf(client, base, signal), rulesOf(client, base, signal)]);
  return together([protection, ...rules.map(ofRule)]);
}

/** Only administrators are shown the protection; everybody who may read is shown the branch, with its checks. */
async function protectionOf(client: Client, base: string, signal: AbortSignal): Promise<Guard> {
  try {
    const { data } = await client.read('read-protection', signal, (octokit, at) =>
      octokit.rest.repos.getBranchProtection({ ...at, branch: base }),
    );
    return ofProtection(data);
  } catch (error) {
    if (refusalStatus(error) !== 403 && refusalStatus(error) !== 404) throw error;
    return branchGuard(client, base, signal);
  }
}

async function branchGuard(client: Client, base: string, signal: AbortSignal): Promise<Guard> {
  const { data } = await client.read('read-contents', signal, (octokit, at) =>
    octokit.rest.repos.getBranch({ ...at, branch: base }),
  );
  const required = data.protection.required_status_checks;
  return { ...FREE, checks: data.protected ? checksOf(required?.contexts ?? [], required?.checks ?? []) : [] };
}

async function rulesOf(client: Client, base: string, signal: AbortSignal): Promise<readonly Rule[]> {
  try {
    return await allPages((page) =>
      client.read('metadata', signal, async (octokit, at) => {
        const answer = await octokit.rest.repos.getBranchRules({ ...at, branch: base, per_page: 100, page });
        return { rows: answer.data, headers: answer.headers };
      }),
    );
  } catch (error) {
    // Plans and servers without rules answer so.
    if (refusalStatus(error) === 403 || refusalStatus(error) === 404) return [];
    throw error;
  }
}
