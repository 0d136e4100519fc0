/** Globex's own layout of the invoice, which its later fixes build on. */
export const SECTIONED_INVOICE = `import { type Cart, subtotal } from './cart.ts';
import { type Discount, discountFor } from './discount.ts';
import { formatPrice, formatQuantity } from './format.ts';
import type { Cents } from './money.ts';
import { taxOn } from './tax.ts';

/** A part of the invoice: a heading, and amounts with their names. */
interface Section {
  readonly heading: string;
  readonly rows: readonly (readonly [string, Cents])[];
}

/** The invoice for a cart, as plain text. */
export function invoiceText(cart: Cart, discounts: readonly Discount[] = []): string {
  return [positions(cart), totals(cart, discounts)].map(sectionText).join('\\n\\n');
}

function positions(cart: Cart): Section {
  const rows = cart.map((line) => [\`\${formatQuantity(line.quantity)} \${line.name}\`, line.quantity * line.unitPrice] as const);
  return { heading: 'INVOICE', rows };
}

function totals(cart: Cart, discounts: readonly Discount[]): Section {
  const before = subtotal(cart);
  const off = discountFor(discounts, before);
  const tax = taxOn(before - off, 'standard');
  return { heading: 'TOTALS', rows: [['Discount', -off], ['Tax', tax], ['Total', before - off + tax]] };
}

function sectionText({ heading, rows }: Section): string {
  return [heading, ...rows.map(([name, amount]) => \`\${name}: \${formatPrice(amount)}\`)].join('\\n');
}
`;

/** A new part that calls `formatPrice` as the template has it; the target gave it another second parameter. */
export const RECEIPT = `import { type Cart, subtotal } from './cart.ts';
import { formatPrice } from './format.ts';

/** The short receipt that the till prints, in the currency of the branch. */
export function receiptText(cart: Cart, currency: string): string {
  return \`\${cart.length} products, \${formatPrice(subtotal(cart), currency)}\`;
}
`;
