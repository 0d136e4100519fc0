import { CommitParser, type ParserOptions } from 'conventional-commits-parser';
import type { Sha } from './commit.js';
import { sanitize } from './sanitize.js';

/** What a commit message says by the rules of Conventional Commits 1.0.0. Texts are sanitised. */
export interface Conventional {
  /** Lower case; `revert` also for git's own `Revert "..."`; null when the header follows no convention, and for merges. */
  readonly type: string | null;
  readonly scope: string | null;
  /** `!` in the header, or a `BREAKING CHANGE:` footer. */
  readonly breaking: boolean;
  /** The header without type and scope; the whole header when it follows no convention. */
  readonly subject: string;
  /** The commit it takes back, when the message names it in full. */
  readonly reverts: Sha | null;
}

/** The parser's patterns look back and forth: it is given one header and a few footers, never a whole message. */
const LONGEST_LINE = 1_000;
const MOST_FOOTERS = 50;

const MERGE = /^Merge\s/;
const GIT_REVERT = /^(?:Revert|Reapply)\s+"/;
const FOOTERS = /^(?:[ \t*|-]*BREAKING[ -]CHANGES?(?=:| #)|This reverts commit |Refs?: ).*$/gim;
const REFERENCE = /^Refs?: .*?\b([0-9a-f]{64}|[0-9a-f]{40})\b/im;

/** References and fields are switched off: `-name-` fields could overwrite what the header said. */
const OPTIONS = {
  headerPattern: /^([a-z][\w-]*)(?:\(([^()]*)\))?(!)?:\s+(.+)$/i,
  headerCorrespondence: ['type', 'scope', 'exclamation', 'subject'],
  notesPattern: () => /^[ \t*|-]*(BREAKING[ -]CHANGES?)(?::| #)(.*)$/i,
  revertPattern: /^This reverts commit ([0-9a-f]{64}|[0-9a-f]{40})\b/im,
  revertCorrespondence: ['hash'],
  fieldPattern: /(?!)/,
  issuePrefixes: undefined,
};
const parser = new CommitParser(OPTIONS as unknown as ParserOptions);

/** Reads type, scope, breaking mark and reverted commit from a message. Total: never throws, in time linear to the message. */
export function parseConventional(message: string): Conventional {
  const text = message.trimStart();
  const header = headerOf(text);
  const plain: Conventional = { type: null, scope: null, breaking: false, subject: sanitize(header), reverts: null };
  if (header === '' || MERGE.test(header)) return plain;
  const footers = (text.match(FOOTERS) ?? []).slice(0, MOST_FOOTERS).map((line) => line.slice(0, LONGEST_LINE));
  const parsed = parser.parse([header, '', ...footers].join('\n'));
  const reverts = parsed.revert?.hash?.toLowerCase() ?? null;
  return {
    type: reverts === null && !GIT_REVERT.test(header) ? (parsed.type?.toLowerCase() ?? null) : 'revert',
    scope: parsed.scope ? sanitize(parsed.scope) : null,
    breaking: Boolean(parsed.exclamation) || parsed.notes.length > 0,
    subject: sanitize(parsed.subject ?? header),
    reverts: reverts ?? referenceOf(parsed.type, footers),
  };
}

function headerOf(text: string): string {
  const end = text.indexOf('\n');
  return text.slice(0, Math.min(end === -1 ? text.length : end, LONGEST_LINE)).trimEnd();
}

/** `revert: ...` with `Refs: SHA`, as Conventional Commits recommends. */
function referenceOf(type: string | null | undefined, footers: readonly string[]): Sha | null {
  if (type?.toLowerCase() !== 'revert') return null;
  return REFERENCE.exec(footers.join('\n'))?.[1]?.toLowerCase() ?? null;
}
