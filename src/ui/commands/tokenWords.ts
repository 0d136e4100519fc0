import { plainLabel } from '../plainLabel.js';
import type { TargetState } from '../state/model.js';
import type { Row } from '../tree/row.js';

/** The origin a token is for when no sibling says otherwise. */
export const USUAL_ORIGIN = 'https://github.com';

/** Addresses of siblings: of the one that a row stands for, else of all. */
export function addressesOf(
  targets: readonly Pick<TargetState, 'id' | 'overview'>[],
  row: Row | null,
): readonly string[] {
  const all = targets.flatMap(({ id, overview }) =>
    (overview?.siblings ?? []).map(({ name, address }) => ({ id, name, address })),
  );
  const meant = all.filter(({ id, name }) => row?.kind === 'sibling' && row.target === id && row.sibling === name);
  return (meant.length > 0 ? meant : all).map(({ address }) => address);
}

/** Schemes, hosts and ports of siblings that are read over https, each once; where a token may go. */
export function originsOf(addresses: readonly string[]): readonly string[] {
  const origins = addresses.flatMap((address) => {
    if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return [];
    return [new URL(address).origin];
  });
  return origins.length === 0 ? [USUAL_ORIGIN] : [...new Set(origins)];
}

/** What was typed or pasted without blanks and line breaks, which no token has. */
export const withoutBlanks = (typed: string): string => typed.replace(/\s+/g, '');

/** Why a token will not do; null when it will. What was typed is never repeated. */
export function tokenProblem(typed: string): string | null {
  const token = withoutBlanks(typed);
  if (token === '') return 'Paste the token here.';
  if (!/^[\x21-\x7e]+$/.test(token))
    return 'A token has letters, digits and signs only; this has something else in it.';
  return token.length < 8 ? 'That is too short for a token.' : null;
}

/** What AutoSync does with what works on the target, and where it is sent, before a person gives it. */
export const accessWords = (origin: string): string =>
  `AutoSync pushes branches named autosync/..., opens pull requests and merges those that your policy and the branch's rules let it, also by itself where you let it run. The token is sent to ${plainLabel(origin)} and its API alone, never to a sibling or a check, and stays in the editor's secret storage.`;
