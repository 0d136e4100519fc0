const IMPORTS = `import assert from 'node:assert/strict';
import { test } from 'node:test';
`;

/** A test file of the sample app: the two imports that every one has, then `body`. */
export function testFile(body: string): string {
  return `${IMPORTS}${body}`;
}

/** Tests of the sample app as the template has them, for `node --test`. */
export const SHOP_TESTS = {
  'test/money.test.ts': testFile(`import { roundCents, sumCents } from '../src/money.ts';

test('half a cent is rounded away from zero', () => {
  assert.equal(roundCents(12.5), 13);
  assert.equal(roundCents(-12.5), -13);
});

test('amounts add up', () => {
  assert.equal(sumCents([100, 250, -50]), 300);
});
`),
  'test/cart.test.ts': testFile(`import { addLine, removeProduct, subtotal } from '../src/cart.ts';

const cup = { productId: 'cup', name: 'Coffee cup', quantity: 2, unitPrice: 850 };
const pot = { productId: 'pot', name: 'Tea pot', quantity: 1, unitPrice: 2490 };

test('the subtotal counts every piece', () => {
  assert.equal(subtotal(addLine([cup], pot)), 4190);
});

test('a product can be removed', () => {
  assert.deepEqual(removeProduct([cup, pot], 'cup'), [pot]);
});
`),
  'test/discount.test.ts': testFile(`import { discountFor } from '../src/discount.ts';

test('a discount takes its share off', () => {
  assert.equal(discountFor([{ code: 'TEN', percent: 10 }], 2000), 200);
});

test('no discount takes nothing off', () => {
  assert.equal(discountFor([], 2000), 0);
});
`),
  'test/format.test.ts': testFile(`import { formatPrice, formatQuantity } from '../src/format.ts';

test('a price has two decimals and a currency', () => {
  assert.equal(formatPrice(1250), '12.50 EUR');
});

test('a quantity reads like a multiplication', () => {
  assert.equal(formatQuantity(3), '3 x');
});
`),
  'test/tax.test.ts': testFile(`import { taxOn, taxOnLines } from '../src/tax.ts';

test('tax is rounded to whole cents', () => {
  assert.equal(taxOn(333, 'reduced'), 23);
});

test('the tax on lines is the tax on all of them', () => {
  assert.equal(taxOnLines([1000, 2000], 'standard'), 570);
});
`),
  'test/invoice.test.ts': testFile(`import { invoiceText } from '../src/invoice.ts';

test('the total of an invoice has discount and tax in it', () => {
  const cart = [{ productId: 'cup', name: 'Coffee cup', quantity: 2, unitPrice: 1000 }];
  assert.ok(invoiceText(cart, [{ code: 'TEN', percent: 10 }]).includes('21.42'));
});
`),
  'test/catalog.test.ts': testFile(`import { CATALOG, findProduct } from '../src/catalog.ts';
import { search } from '../src/search.ts';

test('every product is found by its id', () => {
  for (const product of CATALOG) assert.equal(findProduct(product.id), product);
});

test('an unknown id finds nothing', () => {
  assert.equal(findProduct('sofa'), undefined);
});

test('search ignores upper and lower case', () => {
  assert.deepEqual(search('TEA').map((product) => product.id), ['pot']);
});
`),
  'test/stock.test.ts': testFile(`import { reserve } from '../src/stock.ts';

test('what is set aside leaves the shelf', () => {
  assert.deepEqual(reserve({ cup: 5 }, 'cup', 2), { cup: 3 });
});

test('more than there is cannot be set aside', () => {
  assert.throws(() => reserve({ cup: 1 }, 'cup', 2), /1 too few/);
});
`),
  'test/shipping.test.ts': testFile(`import { shippingCost } from '../src/shipping.ts';

test('a heavier parcel costs more', () => {
  assert.deepEqual([800, 3000, 9000].map((grams) => shippingCost(grams)), [390, 590, 990]);
});
`),
  'test/address.test.ts': testFile(`import { addressLines } from '../src/address.ts';

test('postcode and city share a line', () => {
  const address = { name: 'Reception', extra: 'Second floor', street: 'Market 1', postcode: '12345', city: 'Springfield' };
  assert.deepEqual(addressLines(address), ['Reception', 'Second floor', 'Market 1', '12345 Springfield']);
});
`),
} as const;
