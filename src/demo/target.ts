import { DEMO_USER, type DemoEdit, type DemoRepository, swap } from './commit.js';
import { PERCENT_FIX } from './sharedChanges.js';
import { TEMPLATE_COMMITS } from './template.js';
import { testFile } from './templateTests.js';

const author = DEMO_USER;

const BRANDED_INVOICE: readonly DemoEdit[] = [
  swap('src/invoice.ts', 'import { type Cart', "import { SHOP_NAME } from './brand.ts';\nimport { type Cart"),
  swap(
    'src/invoice.ts',
    "    'INVOICE',\n",
    `    \`\${SHOP_NAME.toUpperCase()}: YOUR INVOICE\`,\n    '-'.repeat(40),\n`,
  ),
  swap('src/invoice.ts', `    \`Discount: \${formatPrice(-off)}\`,\n`, `    \`You save \${formatPrice(off)}\`,\n`),
  swap('src/invoice.ts', '`Total: ${', '`To pay: ${'),
];

const PRICE_STYLE = `/** How the house writes prices. */
export interface PriceStyle {
  readonly currency: string;
  readonly currencyFirst: boolean;
}

const HOUSE_STYLE: PriceStyle = { currency: 'EUR', currencyFirst: false };

/** A price as customers read it: 12.50 EUR. */
export function formatPrice(cents: Cents, style: PriceStyle = HOUSE_STYLE): string {
  const amount = (cents / 100).toFixed(2);
  return style.currencyFirst ? \`\${style.currency} \${amount}\` : \`\${amount} \${style.currency}\`;
}
`;

const TEMPLATE_PRICE = `/** A price as customers read it: 12.50 EUR. */
export function formatPrice(cents: Cents, currency = 'EUR'): string {
  return \`\${(cents / 100).toFixed(2)} \${currency}\`;
}
`;

const HOUSE_RULES = testFile(`import { discountFor } from '../src/discount.ts';

test('house rule: only the best discount of a cart counts', () => {
  const discounts = [
    { code: 'TEN', percent: 10 },
    { code: 'FIVE', percent: 5 },
  ];
  assert.equal(discountFor(discounts, 2000), 200);
});
`);

/** The policy of the sample target: its three siblings, and the defaults. */
const CONFIG = {
  version: 1,
  siblings: ['acme', 'globex', 'initech'].map((name) => ({ name, path: `../${name}` })),
};

/** The repository that receives work: its own brand, its own invoice, a stricter test, and a fix it picked by hand. */
export const TARGET: DemoRepository = {
  name: 'target',
  commits: [
    ...TEMPLATE_COMMITS,
    {
      message: 'chore(brand): become the Corner Shop',
      author,
      daysAgo: 330,
      edit: [swap('src/brand.ts', 'Template Shop', 'Corner Shop')],
    },
    { message: 'feat(invoice): an invoice in our own words', author, daysAgo: 300, edit: BRANDED_INVOICE },
    {
      message: 'feat(format)!: prices in the style of the house',
      author,
      daysAgo: 270,
      edit: [swap('src/format.ts', TEMPLATE_PRICE, PRICE_STYLE)],
    },
    {
      message: 'test(discount): hold on to the house rule',
      author,
      daysAgo: 180,
      write: { 'test/houseRules.test.ts': HOUSE_RULES },
    },
    {
      message: 'feat(catalog): sell jugs',
      author,
      daysAgo: 90,
      edit: [
        swap(
          'src/catalog.ts',
          "  { id: 'pot', name: 'Tea pot'",
          "  { id: 'jug', name: 'Milk jug', price: 1190 },\n  { id: 'pot', name: 'Tea pot'",
        ),
      ],
    },
    { ...PERCENT_FIX, author, daysAgo: 49 },
    {
      message: 'chore: follow the siblings with AutoSync',
      author,
      daysAgo: 1,
      write: {
        '.autosync/config.json': `${JSON.stringify(CONFIG, null, 2)}\n`,
        '.autosync/.gitignore':
          '# Written by AutoSync: only the policy is shared, the state stays on this machine.\n*\n!.gitignore\n!config.json\n',
      },
    },
  ],
};
