import type { IncomingCommit } from '../../core/enhancement.js';
import { assertNever } from '../../core/errors.js';

const DECLINE = '"Decline..." sends it away: for good, or until a date.';
const APPLY_ANYWAY = '"Apply..." lands it all the same, when the checks pass.';

/** What a person can do next with a commit, by the names that its menu in the Incoming view has. */
export function nextSteps({ evidence, files }: Pick<IncomingCommit, 'evidence' | 'files'>): readonly string[] {
  switch (evidence.kind) {
    case 'review':
      return ['"Preview..." shows your files as they would become.', '"Apply..." lands it.', DECLINE];
    case 'conflict':
      return [
        ...(evidence.prerequisites.length === 0
          ? []
          : ['"Apply..." on it and on what it builds on, selected together, tries them as one.']),
        '"Resolve Conflict..." opens the three versions in the merge editor; your working tree is not touched.',
        DECLINE,
      ];
    case 'candidate':
      return [
        '"Sync Now" validates it, then lands or offers it.',
        '"Preview..." shows your files as they would become.',
        DECLINE,
      ];
    case 'rejected':
      return ['Mend it on the sibling; the next run tries the mended history.', DECLINE];
    case 'waiting':
      return ['Nothing: a later run takes it up.', '"Apply..." lands it now.', DECLINE];
    case 'rule':
      return evidence.rule === 'secret' || files.kept.length === 0
        ? ['Nothing: the rule cannot be overruled from here.']
        : [APPLY_ANYWAY, '"Open Configuration" shows the rules, under "filter".'];
    case 'landed':
      return ['"Undo Run..." takes back what its run landed.'];
    case 'declined':
      return [APPLY_ANYWAY];
    case 'present':
    case 'cancelled':
      return [];
    default:
      return assertNever(evidence);
  }
}
