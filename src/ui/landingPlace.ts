import type { LandingPlace, Overview } from '../core/overview.js';
import { USUAL_ORIGIN } from './commands/tokenWords.js';
import { plainLabel } from './plainLabel.js';

/** The forge as a sentence names it. */
function named(repository: string, server: string): string {
  const name = plainLabel(repository, 100);
  return server === USUAL_ORIGIN
    ? `GitHub ${name}`
    : `${name} at ${plainLabel(server.replace(/^https?:\/\//, ''), 60)}`;
}

/** Where pull requests are opened: `GitHub house/shop`; null when nothing lands on a forge. */
export const forgeName = (lands: LandingPlace | undefined): string | null =>
  lands?.kind === 'forge' ? named(lands.repository, lands.server) : null;

/** Where pull requests would be opened, were there a token; null when that is not what is missing. */
export const wantedForge = (lands: LandingPlace | undefined): string | null =>
  lands === undefined || lands.kind === 'forge' || lands.lacksToken === null
    ? null
    : named(lands.lacksToken, lands.server);

/** Where work lands, in a sentence. */
export function landsSentence({ lands }: Pick<Overview, 'lands'>): string {
  const [forge, wanted] = [forgeName(lands), wantedForge(lands)];
  if (forge !== null) return `Lands on ${forge} by pull requests.`;
  if (lands.kind === 'signed-out')
    return `Signed out: pull requests on ${wanted} wait, and nothing lands. Sign in, or set "land.how" to "branch".`;
  if (lands.kind === 'nowhere')
    return wanted === null
      ? 'Nothing can land: pull requests are wanted, and the remote is on no forge that AutoSync knows.'
      : `Nothing can land: pull requests on ${wanted} are wanted, and there is no token for it.`;
  return wanted === null ? 'Lands on local branches.' : `Lands on local branches, for want of a token for ${wanted}.`;
}
