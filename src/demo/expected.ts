import type { Standing } from '../core/standing.js';

/** Where a commit of the sample family stands after the first `sync`, with its reason as far as it can be named. */
export interface DemoExpectation {
  readonly sibling: string;
  readonly subject: string;
  readonly standing: Standing;
  /** The rule that filters it, as its evidence names it: the start of the text, or for secrets a word in it. */
  readonly rule?: string;
  /** A part of the veto that makes it wait for a person. */
  readonly veto?: string;
  /** Name of the check that rejects it. */
  readonly check?: string;
  /** Subjects of the commits that a conflict names as missing. */
  readonly needs?: readonly string[];
}

/** Subject of the commit that a person declines before the first `sync`. */
export const DEMO_DECLINED_SUBJECT = 'fix(stock): let a reservation go below zero';

type Row = Omit<DemoExpectation, 'sibling'>;

const ACME: readonly Row[] = [
  { subject: 'chore(brand): become Acme', standing: 'filtered', rule: 'type: chore' },
  { subject: 'fix(cart): put the same product on one line', standing: 'landed' },
  { subject: 'docs: say what the shop sells', standing: 'filtered', rule: 'type: docs' },
  { subject: 'fix(format): show a whole percentage without decimals', standing: 'present' },
  { subject: 'feat(search): find names with accents by plain letters', standing: 'landed' },
  { subject: 'fix(money): round half a cent in favour of the customer', standing: 'cancelled' },
  { subject: 'perf(catalog): look products up in a map', standing: 'landed' },
  {
    subject: 'Revert "fix(money): round half a cent in favour of the customer"',
    standing: 'cancelled',
  },
  { subject: 'feat(words): the shop in seven languages', standing: 'review' },
  {
    subject: 'feat(shipping)!: let the country decide over the shipping cost',
    standing: 'review',
    veto: 'breaking change',
  },
  { subject: 'chore: settings for editors', standing: 'filtered', rule: 'type: chore' },
];

const GLOBEX: readonly Row[] = [
  { subject: 'chore(brand): become Globex', standing: 'filtered', rule: 'type: chore' },
  { subject: 'refactor(invoice): build the invoice from sections', standing: 'conflict', needs: [] },
  { subject: 'feat(discount): let several discounts add up', standing: 'rejected', check: 'test' },
  {
    subject: 'fix(invoice): align the amounts of a section',
    standing: 'conflict',
    needs: ['refactor(invoice): build the invoice from sections'],
  },
  { subject: 'feat(receipt): a short receipt for the till', standing: 'rejected', check: 'type-check' },
  { subject: 'fix(tax): round the tax of every line', standing: 'review', veto: 'partial' },
  { subject: 'feat(deploy): deploy every push', standing: 'filtered', rule: 'deny list: ' },
  { subject: 'feat(archive): keep invoices for ten years', standing: 'filtered', rule: 'secret' },
];

const INITECH: readonly Row[] = [
  { subject: 'chore(brand): become Initech', standing: 'filtered', rule: 'type: chore' },
  { subject: 'fix(cart): put the same product on one line', standing: 'present' },
  { subject: 'fix(address): leave empty lines out', standing: 'landed' },
  { subject: 'feat(phone): read phone numbers as people write them', standing: 'landed' },
  { subject: 'fix(build): take patches of the compiler', standing: 'review', veto: 'dependencies' },
  { subject: "Merge branch 'contact-details'", standing: 'filtered', rule: 'merge' },
  { subject: DEMO_DECLINED_SUBJECT, standing: 'declined' },
  { subject: 'feat(brand): a new logo, and a script that can be started', standing: 'review', veto: 'binary' },
  { subject: 'Update the readme and some wording', standing: 'filtered', rule: 'type: not a conventional commit' },
];

const rowsOf = (sibling: string, rows: readonly Row[]): readonly DemoExpectation[] =>
  rows.map((row) => ({ sibling, ...row }));

/** Every commit that the siblings of the sample family have and the target lacks, sibling by sibling, oldest first. */
export const DEMO_EXPECTED: readonly DemoExpectation[] = [
  ...rowsOf('acme', ACME),
  ...rowsOf('globex', GLOBEX),
  ...rowsOf('initech', INITECH),
];
