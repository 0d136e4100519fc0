import { AutoSyncError } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import { sanitize } from '../core/sanitize.js';

/** Variables by name, as the command line was started with them. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The environment a command works with, and what is wrong with the place where more secrets are kept. */
export interface KeptSecrets {
  readonly environment: Environment;
  /** Null: nothing is wrong, or nothing is kept elsewhere. */
  readonly finding: Finding | null;
}

/** A problem of the place where secrets are kept as `doctor` tells it; null for what is none, such as a cancelled run. */
function findingOf(error: unknown): Finding | null {
  if (!(error instanceof AutoSyncError)) return null;
  const { problem } = error;
  if (problem.code !== 'secrets-unavailable' && problem.code !== 'usage') return null;
  const { next: mend } = problem;
  const what = error.message.endsWith(mend) ? error.message.slice(0, -mend.length).trimEnd() : error.message;
  return { subject: 'secrets', state: 'bad', what: sanitize(what, 800), mend: sanitize(mend, 400) };
}

/** Looks the secrets up for a command that tells of what is wrong with them, and goes on without them then. */
export async function secretsOrFinding(
  environment: Environment,
  look: (environment: Environment) => Promise<Environment>,
): Promise<KeptSecrets> {
  try {
    return { environment: await look(environment), finding: null };
  } catch (error) {
    const finding = findingOf(error);
    if (finding === null) throw error;
    return { environment, finding };
  }
}
