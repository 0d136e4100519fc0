import { hasSiblings, type TargetState, type WindowState } from './model.js';

/** What an empty view says; `rows` when there is something to show. `viewsWelcome` of `package.json` has a text for each. */
export type Face =
  | 'no-folder'
  | 'no-repository'
  | 'no-siblings'
  | 'restricted'
  | 'loading'
  | 'first-scan'
  | 'bad-config'
  | 'no-commit'
  | 'no-branch'
  | 'no-git'
  | 'trouble'
  | 'rows';

const neverLooked = ({ overview }: TargetState): boolean => overview !== null && overview.checkedAt === null;

const isFirstScan = (target: TargetState): boolean =>
  neverLooked(target) && (target.activity?.kind === 'scan' || target.activity?.kind === 'sync');

function faceOfTarget(target: TargetState): Face {
  if (hasSiblings(target)) return isFirstScan(target) ? 'first-scan' : 'rows';
  switch (target.trouble?.code) {
    case undefined:
    case 'no-config':
      return 'no-siblings';
    case 'no-repository':
    case 'bare-target':
      return 'no-repository';
    case 'config':
      return 'bad-config';
    case 'no-commits':
      return 'no-commit';
    case 'detached-head':
    case 'no-branch':
      return 'no-branch';
    case 'git-missing':
    case 'git-too-old':
      return 'no-git';
    default:
      return 'trouble';
  }
}

/** Which faces say more than others when several folders are open: the first of these that some folder has. */
const ORDER: readonly Face[] = [
  'rows',
  'first-scan',
  'no-git',
  'bad-config',
  'no-branch',
  'no-commit',
  'trouble',
  'no-siblings',
  'no-repository',
];

/** What the incoming view shows when it has no rows. */
export function faceOf(window: WindowState): Face {
  if (window.folders === 0) return 'no-folder';
  if (window.loading && !window.targets.some(hasSiblings)) return 'loading';
  const faces = window.targets.map(faceOfTarget);
  const face = ORDER.find((one) => faces.includes(one)) ?? 'no-siblings';
  return face === 'no-siblings' && !window.trusted ? 'restricted' : face;
}
