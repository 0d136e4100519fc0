import { LOCALE_FILES } from './acmeLocales.js';
import { ACME_DEVELOPER, type DemoEdit, type DemoRepository, swap } from './commit.js';
import { CART_FIX, PERCENT_FIX } from './sharedChanges.js';
import { TEMPLATE_COMMITS } from './template.js';
import { testFile } from './templateTests.js';

const author = ACME_DEVELOPER;

const HALF_AWAY = 'return Math.sign(amount) * Math.round(Math.abs(amount));';
const HALF_DOWN = 'return Math.sign(amount) * Math.ceil(Math.abs(amount) - 0.5);';
const AWAY_TEST = 'assert.equal(roundCents(12.5), 13);\n  assert.equal(roundCents(-12.5), -13);';
const DOWN_TEST = 'assert.equal(roundCents(12.5), 12);\n  assert.equal(roundCents(-12.5), -12);';

const SEARCH_TEST = testFile(`import { search } from '../src/search.ts';

test('search finds a name with accents by plain letters', () => {
  assert.deepEqual(search('creme brulee').map((product) => product.id), ['creme']);
});
`);

const SHIPPING_EDITS: readonly DemoEdit[] = [
  swap(
    'src/shipping.ts',
    `export function shippingCost(grams: number): Cents {
  if (grams <= 1000) return 390;
  return grams <= 5000 ? 590 : 990;
}`,
    `export function shippingCost(grams: number, country: string): Cents {
  const abroad = country === 'DE' ? 0 : 1000;
  if (grams <= 1000) return 390 + abroad;
  return (grams <= 5000 ? 590 : 990) + abroad;
}`,
  ),
  swap('test/shipping.test.ts', 'shippingCost(grams))', `shippingCost(grams, 'DE'))`),
];

/** The sibling whose work mostly fits: what lands, what waits for a person, what the target has, what was taken back. */
export const ACME: DemoRepository = {
  name: 'acme',
  commits: [
    ...TEMPLATE_COMMITS,
    {
      message: 'chore(brand): become Acme',
      author,
      daysAgo: 320,
      edit: [swap('src/brand.ts', 'Template Shop', 'Acme Kitchen')],
    },
    { ...CART_FIX, author, daysAgo: 58 },
    {
      message: 'docs: say what the shop sells',
      author,
      daysAgo: 55,
      edit: [swap('README.md', '# Web shop\n', '# Acme Kitchen\n\nEverything for coffee and tea.\n')],
    },
    { ...PERCENT_FIX, author, daysAgo: 52 },
    {
      message: 'feat(search): find names with accents by plain letters',
      author,
      daysAgo: 47,
      edit: [
        swap(
          'src/search.ts',
          `  const wanted = text.toLowerCase();
  return CATALOG.filter((product) => product.name.toLowerCase().includes(wanted));
}
`,
          `  const wanted = plain(text);
  return CATALOG.filter((product) => plain(product.name).includes(wanted));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\\p{Diacritic}/gu, '').toLowerCase();
}
`,
        ),
      ],
      write: { 'test/search.test.ts': SEARCH_TEST },
    },
    {
      key: 'rounding',
      message: 'fix(money): round half a cent in favour of the customer',
      author,
      daysAgo: 40,
      edit: [swap('src/money.ts', HALF_AWAY, HALF_DOWN), swap('test/money.test.ts', AWAY_TEST, DOWN_TEST)],
    },
    {
      message: 'perf(catalog): look products up in a map',
      author,
      daysAgo: 33,
      edit: [
        swap(
          'src/catalog.ts',
          `/** The product with an id, if the shop sells it. */
export function findProduct(id: string): Product | undefined {
  return CATALOG.find((product) => product.id === id);
`,
          `const BY_ID: ReadonlyMap<string, Product> = new Map(CATALOG.map((product) => [product.id, product]));

/** The product with an id, if the shop sells it. */
export function findProduct(id: string): Product | undefined {
  return BY_ID.get(id);
`,
        ),
      ],
    },
    {
      message:
        'Revert "fix(money): round half a cent in favour of the customer"\n\nThis reverts commit {sha of rounding}.\n\nThe bookkeeper needs half a cent rounded away from zero.',
      author,
      daysAgo: 29,
      edit: [swap('src/money.ts', HALF_DOWN, HALF_AWAY), swap('test/money.test.ts', DOWN_TEST, AWAY_TEST)],
    },
    { message: 'feat(words): the shop in seven languages', author, daysAgo: 21, write: LOCALE_FILES },
    {
      message:
        'feat(shipping)!: let the country decide over the shipping cost\n\nBREAKING CHANGE: shippingCost needs the country of the address.',
      author,
      daysAgo: 12,
      edit: SHIPPING_EDITS,
    },
    {
      message: 'chore: settings for editors',
      author,
      daysAgo: 5,
      write: { '.editorconfig': 'root = true\n\n[*]\nindent_style = space\nindent_size = 2\n' },
    },
  ],
};
