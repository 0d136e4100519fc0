import { INTEGRATION_PREFIX } from '../core/integrationBranch.js';
import {
  isCount,
  isFiniteNumber,
  isFlag,
  isText,
  listOf,
  nullable,
  objectOf,
  oneOf,
  optional,
  recordOf,
  type Shape,
} from '../core/shape.js';
import { STANDINGS } from '../core/standing.js';
import type { StateContent } from './content.js';

/** Fields of a row, by what reads them to decide something; others are only shown. */
type Row = Readonly<Record<string, Shape<unknown>>>;

const rows = (fields: Row): Shape<readonly unknown[]> => listOf(objectOf<Readonly<Record<string, unknown>>>(fields));

const isSha: Shape<string> = (value): value is string => typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);
/** A name of an object, or the empty text where it is not known. */
const isShaOrNothing: Shape<string> = (value): value is string => value === '' || isSha(value);
const isMoment: Shape<string> = (value): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && Number.isFinite(Date.parse(value));
/** A full name of a ref that no program reads as an option. */
const isRef: Shape<string> = (value): value is string =>
  typeof value === 'string' && /^refs\/[^\s-][^\s]*$/.test(value);

const isOurs: Shape<string> = (value): value is string =>
  typeof value === 'string' && value.startsWith(INTEGRATION_PREFIX) && !/[\s~^:?*[\\]|\.\.|\/-/.test(value);

const isPick = objectOf<{ readonly origin: string; readonly pick: string }>({ origin: isSha, pick: isShaOrNothing });
const isMove = objectOf<{ readonly ref: string; readonly before: string | null; readonly after: string }>({
  ...{ ref: isRef, before: nullable(isSha), after: isSha },
});

const isCommit = objectOf<Readonly<Record<string, unknown>>>({
  ...{ sha: isSha, subject: isText, author: isText, date: isText, type: nullable(isText), scope: nullable(isText) },
  ...{ breaking: isFlag, standing: oneOf(STANDINGS), reason: isText, partial: isFlag, vetoes: listOf(isText) },
  evidence: objectOf<{ readonly kind: string }>({ kind: isText }),
  forecast: nullable(oneOf(['clean', 'conflict', 'empty'])),
  files: objectOf<{ readonly kept: readonly string[]; readonly dropped: readonly unknown[] }>({
    kept: listOf(isText),
    dropped: listOf(objectOf<{ readonly path: string; readonly rule: string }>({ path: isText, rule: isText })),
  }),
  risk: nullable(
    objectOf<{ readonly score: number; readonly items: readonly unknown[] }>({
      score: isFiniteNumber,
      items: rows({ reason: isText, count: isFiniteNumber, weight: isFiniteNumber }),
    }),
  ),
  verdict: nullable(oneOf(['auto-merge', 'review', 'rejected'])),
  ...{ landed: nullable(isShaOrNothing), pullRequest: nullable(isText), since: optional(isText), ci: optional(isText) },
});

const isOutcome = objectOf<Readonly<Record<string, unknown>>>({
  ...{ check: isText, kind: isText, failures: rows({ check: isText, name: isText, message: isText }), output: isText },
  status: oneOf(['passed', 'failed', 'timed-out', 'could-not-run']),
});

const DECIDED = { sibling: isText, sha: isSha, patchId: nullable(isSha), by: isText, at: isMoment } as const;
const OFFERED = ['planned', 'open', 'merged', 'closed', 'withdrawn'] as const;

const TABLES: Readonly<Record<keyof StateContent, Shape<unknown>>> = {
  siblings: rows({
    ...{ name: isText, tip: nullable(isSha), branch: nullable(isText), seenAt: isMoment, error: nullable(isText) },
    ...{ notes: listOf(isText), key: isText },
  }),
  commits: rows({ sibling: isText, run: isText, commit: isCommit }),
  runs: rows({
    ...{ run: isText, command: oneOf(['scan', 'sync', 'apply', 'undo']), dryRun: isFlag, startedAt: isMoment },
    ...{
      endedAt: nullable(isMoment),
      targetBefore: isShaOrNothing,
      targetAfter: nullable(isSha),
      counts: recordOf([], isCount),
    },
    outcome: oneOf(['running', 'done', 'partly', 'failed', 'cancelled']),
  }),
  decisions: rows({
    ...{ ...DECIDED, subject: isText, because: isText, until: nullable(isMoment) },
    kind: oneOf(['declined', 'approved']),
  }),
  resolutions: optional(rows({ ...DECIDED, files: rows({ path: isText, ours: nullable(isSha) }) })),
  landings: rows({
    ...{ id: isText, run: isText, sibling: isText, at: isMoment, refs: listOf(isMove), picks: listOf(isPick) },
    ...{ phase: oneOf(['planned', 'done', 'undone', 'abandoned']), how: isText, pullRequest: optional(isText) },
  }),
  pullRequests: optional(
    rows({
      ...{
        branch: isOurs,
        sibling: isText,
        lane: isText,
        tips: listOf(isSha),
        base: isShaOrNothing,
        tree: isShaOrNothing,
      },
      ...{ picks: listOf(isPick), run: isText, number: nullable(isCount), page: nullable(isText), at: isMoment },
      state: oneOf(OFFERED),
    }),
  ),
  chains: optional(
    rows({
      ...{ head: isSha, run: isText, landings: listOf(isText), since: isMoment, outcome: isText },
      ...{ state: oneOf(['running', 'passed', 'failed', 'abandoned']), stages: rows({ stage: isText, state: isText }) },
      retried: rows({ run: isCount, attempt: isCount }),
      told: listOf(isText),
    }),
  ),
  checks: rows({ key: isText, tree: isShaOrNothing, outcome: isOutcome, at: isMoment }),
};

const isContent = objectOf<Readonly<Record<string, unknown>>>(TABLES);

/** The content of a mirror that somebody else may have written; null when rows do not have the shape of what a store holds. */
export function stateContentOf(value: unknown): StateContent | null {
  return isContent(value) ? (value as unknown as StateContent) : null;
}
