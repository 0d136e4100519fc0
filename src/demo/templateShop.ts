/** Source files of the sample app, a small web shop, as the template has them. Node runs them as they are. */
export const SHOP_FILES = {
  'src/brand.ts': `/** Name of the shop, as customers see it. */
export const SHOP_NAME = 'Template Shop';
`,
  'src/money.ts': `/** An amount of money in cents: a whole number, so that nothing is lost to binary fractions. */
export type Cents = number;

/** Rounds to whole cents, half away from zero. */
export function roundCents(amount: number): Cents {
  return Math.sign(amount) * Math.round(Math.abs(amount));
}

/** Adds amounts up. */
export function sumCents(amounts: readonly Cents[]): Cents {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
`,
  'src/cart.ts': `import { type Cents, sumCents } from './money.ts';

/** One line of a cart: some pieces of a product at a price. */
export interface CartLine {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Cents;
}

/** What a customer is about to buy. */
export type Cart = readonly CartLine[];

/** The cart with some more pieces of a product. */
export function addLine(cart: Cart, line: CartLine): Cart {
  return [...cart, line];
}

/** The cart without a product. */
export function removeProduct(cart: Cart, productId: string): Cart {
  return cart.filter((line) => line.productId !== productId);
}

/** What the lines cost together, before discounts and tax. */
export function subtotal(cart: Cart): Cents {
  return sumCents(cart.map((line) => line.quantity * line.unitPrice));
}
`,
  'src/discount.ts': `import { type Cents, roundCents } from './money.ts';

/** A discount that a customer has a code for. */
export interface Discount {
  readonly code: string;
  readonly percent: number;
}

/** What one discount takes off an amount. */
export function amountOff(discount: Discount, amount: Cents): Cents {
  return roundCents((amount * discount.percent) / 100);
}

/** What the discounts of a cart take off its subtotal. */
export function discountFor(discounts: readonly Discount[], amount: Cents): Cents {
  return Math.max(0, ...discounts.map((discount) => amountOff(discount, amount)));
}
`,
  'src/format.ts': `import type { Cents } from './money.ts';

/** A price as customers read it: 12.50 EUR. */
export function formatPrice(cents: Cents, currency = 'EUR'): string {
  return \`\${(cents / 100).toFixed(2)} \${currency}\`;
}

/** How many pieces: 3 x. */
export function formatQuantity(quantity: number): string {
  return \`\${quantity} x\`;
}

/** A percentage as customers read it: 7.5 %. */
export function formatPercent(percent: number): string {
  return \`\${percent.toFixed(1)} %\`;
}
`,
  'src/tax.ts': `import { type Cents, roundCents, sumCents } from './money.ts';

/** Tax rates in percent. */
export const TAX_RATES = { standard: 19, reduced: 7 } as const;

/** Which rate a product is taxed at. */
export type TaxClass = keyof typeof TAX_RATES;

/** The tax on a net amount. */
export function taxOn(amount: Cents, taxClass: TaxClass): Cents {
  return roundCents((amount * TAX_RATES[taxClass]) / 100);
}

/** The tax on several lines of an invoice. */
export function taxOnLines(amounts: readonly Cents[], taxClass: TaxClass): Cents {
  return taxOn(sumCents(amounts), taxClass);
}
`,
  'src/invoice.ts': `import { type Cart, subtotal } from './cart.ts';
import { type Discount, discountFor } from './discount.ts';
import { formatPrice, formatQuantity } from './format.ts';
import { taxOn } from './tax.ts';

/** The invoice for a cart, as plain text. */
export function invoiceText(cart: Cart, discounts: readonly Discount[] = []): string {
  const before = subtotal(cart);
  const off = discountFor(discounts, before);
  const tax = taxOn(before - off, 'standard');
  return [
    'INVOICE',
    ...cart.map((line) => \`\${formatQuantity(line.quantity)} \${line.name}: \${formatPrice(line.quantity * line.unitPrice)}\`),
    \`Discount: \${formatPrice(-off)}\`,
    \`Tax: \${formatPrice(tax)}\`,
    \`Total: \${formatPrice(before - off + tax)}\`,
  ].join('\\n');
}
`,
  'src/catalog.ts': `import type { Cents } from './money.ts';

/** Something the shop sells. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: Cents;
}

/** Everything the shop sells. */
export const CATALOG: readonly Product[] = [
  { id: 'cup', name: 'Coffee cup', price: 850 },
  { id: 'pot', name: 'Tea pot', price: 2490 },
  { id: 'creme', name: 'Crème brûlée dish', price: 1290 },
  { id: 'plate', name: 'Dinner plate', price: 1190 },
  { id: 'bowl', name: 'Salad bowl', price: 1650 },
];

/** The product with an id, if the shop sells it. */
export function findProduct(id: string): Product | undefined {
  return CATALOG.find((product) => product.id === id);
}
`,
  'src/search.ts': `import { CATALOG, type Product } from './catalog.ts';

/** Products whose name holds the text, in the order of the catalog. */
export function search(text: string): readonly Product[] {
  const wanted = text.toLowerCase();
  return CATALOG.filter((product) => product.name.toLowerCase().includes(wanted));
}
`,
  'src/stock.ts': `/** Pieces on the shelf by product id. */
export type Stock = Readonly<Record<string, number>>;

/** The stock after some pieces were set aside for a customer. Throws RangeError when there are too few. */
export function reserve(stock: Stock, productId: string, quantity: number): Stock {
  const left = (stock[productId] ?? 0) - quantity;
  if (left < 0) throw new RangeError(\`\${productId}: \${-left} too few\`);
  return { ...stock, [productId]: left };
}
`,
  'src/shipping.ts': `import type { Cents } from './money.ts';

/** What sending a parcel costs. */
export function shippingCost(grams: number): Cents {
  if (grams <= 1000) return 390;
  return grams <= 5000 ? 590 : 990;
}
`,
  'src/address.ts': `/** Where a parcel goes. */
export interface Address {
  readonly name: string;
  readonly extra: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

/** The address as it is printed on the parcel. */
export function addressLines(address: Address): readonly string[] {
  const { name, extra, street, postcode, city } = address;
  return [name, extra, street, \`\${postcode} \${city}\`];
}
`,
} as const;
