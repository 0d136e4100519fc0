import type { SiblingConfig } from '../../core/config.js';
import { isProblem } from '../../core/errors.js';
import { checkBranchName, checkFolder, checkRemoteUrl } from '../../core/safeInput.js';

/** Where a sibling is: at an address, or in a folder of this machine. */
export type Place = Pick<Required<SiblingConfig>, 'url'> | Pick<Required<SiblingConfig>, 'path'>;

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const FOLDER = /^(?:[.~]{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\])/;

/** What a person typed: a folder when it begins like one, else an address. */
export function placeOf(typed: string): Place {
  const text = typed.trim();
  return FOLDER.test(text) ? { path: text.replaceAll('\\', '/') } : { url: text };
}

function refusal(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { problem } = error;
    return problem.code === 'unsafe-input'
      ? `${problem.why.charAt(0).toUpperCase()}${problem.why.slice(1)}.`
      : error.message;
  }
}

/** Why an address or folder will not do; null when it will. */
export function placeProblem(typed: string): string | null {
  const place = placeOf(typed);
  if ('path' in place && place.path.startsWith('~')) return 'Write the whole path of the folder.';
  return refusal(() => ('url' in place ? checkRemoteUrl(place.url) : checkFolder(place.path)));
}

/** Why a name will not do; null when it will. `taken`: names that siblings have. */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (!NAME.test(name)) return 'Use letters, digits, ".", "_" and "-", at most 100, beginning with a letter or digit.';
  if (taken.some((one) => one.toLowerCase() === name.toLowerCase())) return `A sibling is called ${name} already.`;
  return refusal(() => checkBranchName(name));
}

/** Why a branch will not do; null when it will. Empty stands for the branch that HEAD points to. */
export const branchProblem = (branch: string): string | null =>
  branch.trim() === '' ? null : refusal(() => checkBranchName(branch.trim()));

/** A name for a sibling by the last part of its address or folder, one that no other has. */
export function proposedName(place: Place, taken: readonly string[]): string {
  const text = 'url' in place ? place.url : place.path;
  const last =
    text
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .at(-1) ?? '';
  const plain = last
    .replace(/\.git$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 90);
  const stem = plain === '' ? 'sibling' : plain;
  let name = stem;
  for (let number = 2; nameProblem(name, taken) !== null && number < 1000; number += 1) name = `${stem}-${number}`;
  return name;
}

/** A folder as seen from another, both absolute and with `/`; as it is when they have nothing in common. */
export function relativeFolder(from: string, to: string): string {
  const [here, there] = [from, to].map((path) => path.replaceAll('\\', '/').replace(/\/+$/, '').split('/'));
  if (here === undefined || there === undefined || here[0]?.toLowerCase() !== there[0]?.toLowerCase()) return to;
  let shared = 0;
  while (shared < here.length && shared < there.length && here[shared] === there[shared]) shared += 1;
  if (shared < 2) return to.replaceAll('\\', '/');
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/') || '.';
}
