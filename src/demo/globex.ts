import { type DemoEdit, type DemoRepository, GLOBEX_DEVELOPER, swap } from './commit.js';
import { RECEIPT, SECTIONED_INVOICE } from './globexInvoice.js';
import { TEMPLATE_COMMITS } from './template.js';

const author = GLOBEX_DEVELOPER;

/** Made up, in the form that AWS gives its keys; in pieces, so that no scanner takes this file for a leak. */
const MADE_UP_ID = ['AK', 'IA', 'Q3RW', 'T7ZP', 'M2KX', '6LVN'].join('');
const MADE_UP_KEY = ['pV7q', 'Zr2L', 'm9Xt', 'K4wB', '8nHc', 'Y6sD', 'u3Jf', 'G5vR', 'a1Qe', 'T0zM'].join('');

const ARCHIVE = `/** The bucket that invoices are kept in for ten years. */
export const ARCHIVE = {
  bucket: 'globex-invoices',
  accessKeyId: '${MADE_UP_ID}',
  secretAccessKey: '${MADE_UP_KEY}',
};
`;

const DEPLOY_WORKFLOW = `name: Deploy
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: npm ci
`;

const TAX_EDITS: readonly DemoEdit[] = [
  swap(
    'src/tax.ts',
    '  return taxOn(sumCents(amounts), taxClass);\n',
    '  return sumCents(amounts.map((amount) => taxOn(amount, taxClass)));\n',
  ),
  swap(
    'test/tax.test.ts',
    "  assert.equal(taxOnLines([1000, 2000], 'standard'), 570);\n",
    "  assert.equal(taxOnLines([1000, 2000], 'standard'), 570);\n  assert.equal(taxOnLines([333, 333], 'reduced'), 46);\n",
  ),
  swap(
    '.github/workflows/ci.yml',
    '          node-version: 24\n',
    '          node-version: 24\n          cache: npm\n',
  ),
];

const DISCOUNT_EDITS: readonly DemoEdit[] = [
  swap('src/discount.ts', 'import { type Cents, roundCents }', 'import { type Cents, roundCents, sumCents }'),
  swap(
    'src/discount.ts',
    '  return Math.max(0, ...discounts.map((discount) => amountOff(discount, amount)));\n',
    '  return Math.min(amount, sumCents(discounts.map((discount) => amountOff(discount, amount))));\n',
  ),
  swap(
    'test/discount.test.ts',
    "test('no discount takes nothing off'",
    `test('several discounts add up', () => {
  const discounts = [
    { code: 'TEN', percent: 10 },
    { code: 'FIVE', percent: 5 },
  ];
  assert.equal(discountFor(discounts, 2000), 300);
});

test('no discount takes nothing off'`,
  ),
];

/** The sibling whose work mostly does not fit: what conflicts, what breaks a check, what a rule keeps out. */
export const GLOBEX: DemoRepository = {
  name: 'globex',
  commits: [
    ...TEMPLATE_COMMITS,
    {
      message: 'chore(brand): become Globex',
      author,
      daysAgo: 310,
      edit: [swap('src/brand.ts', 'Template Shop', 'Globex Home')],
    },
    {
      message: 'refactor(invoice): build the invoice from sections',
      author,
      daysAgo: 50,
      write: { 'src/invoice.ts': SECTIONED_INVOICE },
    },
    { message: 'feat(discount): let several discounts add up', author, daysAgo: 44, edit: DISCOUNT_EDITS },
    {
      message: 'fix(invoice): align the amounts of a section',
      author,
      daysAgo: 38,
      edit: [
        swap(
          'src/invoice.ts',
          `\`\${name}: \${formatPrice(amount)}\``,
          `\`\${name.padEnd(24)} \${formatPrice(amount).padStart(12)}\``,
        ),
      ],
    },
    {
      message: 'feat(receipt): a short receipt for the till',
      author,
      daysAgo: 30,
      write: { 'src/receipt.ts': RECEIPT },
    },
    { message: 'fix(tax): round the tax of every line', author, daysAgo: 23, edit: TAX_EDITS },
    {
      message: 'feat(deploy): deploy every push',
      author,
      daysAgo: 15,
      write: {
        '.github/workflows/deploy.yml': DEPLOY_WORKFLOW,
        '.env.production': 'SHOP_URL=https://shop.globex.example\n',
      },
    },
    { message: 'feat(archive): keep invoices for ten years', author, daysAgo: 7, write: { 'src/archive.ts': ARCHIVE } },
  ],
};
