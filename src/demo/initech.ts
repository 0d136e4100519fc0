import { ACME_DEVELOPER, type DemoEdit, type DemoRepository, INITECH_DEVELOPER, swap } from './commit.js';
import { COMPILER_VERSION } from './compiler.js';
import { CART_FIX } from './sharedChanges.js';
import { TEMPLATE_COMMITS } from './template.js';
import { testFile } from './templateTests.js';

const author = INITECH_DEVELOPER;

const NEW_LOGO = {
  base64:
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mPYZ6NBEmIY1TCqYfhqAADDFCIQmKWL+gAAAABJRU5ErkJggg==',
};

const PHONE = `/** A phone number with nothing in it but digits and a leading plus. */
export function plainPhone(written: string): string {
  return written.replace(/(?!^\\+)\\D/g, '');
}
`;

const PHONE_TEST = testFile(`import { plainPhone } from '../src/phone.ts';

test('a phone number loses what people write between its digits', () => {
  assert.equal(plainPhone('+49 (30) 901-820'), '+4930901820');
});
`);

const ADDRESS_EDITS: readonly DemoEdit[] = [
  swap(
    'src/address.ts',
    `  return [name, extra, street, \`\${postcode} \${city}\`];\n`,
    `  return [name, extra, street, \`\${postcode} \${city}\`].filter((line) => line.trim() !== '');\n`,
  ),
  swap(
    'test/address.test.ts',
    "test('postcode and city share a line'",
    `test('an empty line is left out', () => {
  const address = { name: 'Reception', extra: '', street: 'Market 1', postcode: '12345', city: 'Springfield' };
  assert.deepEqual(addressLines(address), ['Reception', 'Market 1', '12345 Springfield']);
});

test('postcode and city share a line'`,
  ),
];

const STOCK_EDITS: readonly DemoEdit[] = [
  swap('src/stock.ts', ' Throws RangeError when there are too few.', ' Below zero means that it has to be ordered.'),
  swap('src/stock.ts', `  if (left < 0) throw new RangeError(\`\${productId}: \${-left} too few\`);\n`, ''),
  swap(
    'test/stock.test.ts',
    `test('more than there is cannot be set aside', () => {
  assert.throws(() => reserve({ cup: 1 }, 'cup', 2), /1 too few/);`,
    `test('more than there is has to be ordered', () => {
  assert.deepEqual(reserve({ cup: 1 }, 'cup', 2), { cup: -1 });`,
  ),
];

const RANGE = `"typescript": "${COMPILER_VERSION}"`;
const WIDER_RANGE = `"typescript": "~${COMPILER_VERSION}"`;

/** The sibling with the special cases: a merge, a copy of another sibling's fix, binaries, dependencies, a bare message. */
export const INITECH: DemoRepository = {
  name: 'initech',
  commits: [
    ...TEMPLATE_COMMITS,
    {
      message: 'chore(brand): become Initech',
      author,
      daysAgo: 305,
      edit: [swap('src/brand.ts', 'Template Shop', 'Initech Supplies')],
    },
    { ...CART_FIX, key: 'main line', author: ACME_DEVELOPER, committer: author, daysAgo: 46 },
    { message: 'fix(address): leave empty lines out', author, daysAgo: 42, edit: ADDRESS_EDITS },
    {
      key: 'contact details',
      message: 'feat(phone): read phone numbers as people write them',
      author,
      daysAgo: 39,
      write: { 'src/phone.ts': PHONE, 'test/phone.test.ts': PHONE_TEST },
    },
    {
      after: 'main line',
      message: 'fix(build): take patches of the compiler',
      author,
      daysAgo: 36,
      edit: [swap('package.json', RANGE, WIDER_RANGE), swap('package-lock.json', RANGE, WIDER_RANGE)],
    },
    {
      message: "Merge branch 'contact-details'",
      author,
      daysAgo: 35,
      merges: { side: 'contact details', base: 'main line' },
    },
    { message: 'fix(stock): let a reservation go below zero', author, daysAgo: 26, edit: STOCK_EDITS },
    {
      message: 'feat(brand): a new logo, and a script that can be started',
      author,
      daysAgo: 18,
      write: { 'media/logo.png': NEW_LOGO },
      executable: ['scripts/print-logo.sh'],
    },
    {
      message: 'Update the readme and some wording',
      author,
      daysAgo: 9,
      edit: [swap('README.md', '# Web shop\n', '# Initech Supplies\n')],
    },
  ],
};
