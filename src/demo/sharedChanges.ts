import type { DemoCommit } from './commit.js';
import { testFile } from './templateTests.js';

/** A change without who made it and when: what the same commit in two repositories has in common. */
export type DemoChange = Pick<DemoCommit, 'message' | 'write' | 'edit'>;

/** Acme's fix that the target already picked by hand: same patch-id, another commit. */
export const PERCENT_FIX: DemoChange = {
  message: 'fix(format): show a whole percentage without decimals',
  edit: [
    {
      path: 'src/format.ts',
      find: `  return \`\${percent.toFixed(1)} %\`;\n`,
      put: `  return \`\${Number.isInteger(percent) ? percent : percent.toFixed(1)} %\`;\n`,
    },
  ],
  write: {
    'test/percent.test.ts': testFile(`import { formatPercent } from '../src/format.ts';

test('a whole percentage has no decimals', () => {
  assert.equal(formatPercent(19), '19 %');
});

test('a broken percentage keeps one decimal', () => {
  assert.equal(formatPercent(7.5), '7.5 %');
});
`),
  },
};

/** Acme's fix that Initech picked from it: once it landed from one, the other has nothing to add. */
export const CART_FIX: DemoChange = {
  message:
    'fix(cart): put the same product on one line\n\nAdding a product twice gave two lines, and removing one of them removed both.\n\nFixes #41',
  edit: [
    {
      path: 'src/cart.ts',
      find: '  return [...cart, line];\n',
      put: `  const known = cart.some((other) => other.productId === line.productId);
  if (!known) return [...cart, line];
  return cart.map((other) =>
    other.productId === line.productId ? { ...other, quantity: other.quantity + line.quantity } : other,
  );
`,
    },
    {
      path: 'test/cart.test.ts',
      find: `test('a product can be removed', () => {`,
      put: `test('the same product again adds to its line', () => {
  assert.deepEqual(addLine([cup, pot], cup), [{ ...cup, quantity: 4 }, pot]);
});

test('a product can be removed', () => {`,
    },
  ],
};
