import { type DemoCommit, TEMPLATE_MAINTAINER } from './commit.js';
import { PROJECT_FILES, SURROUNDINGS } from './templateProject.js';
import { SHOP_FILES } from './templateShop.js';
import { SHOP_TESTS } from './templateTests.js';

const author = TEMPLATE_MAINTAINER;

const files = (...names: readonly (keyof typeof SHOP_FILES)[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, SHOP_FILES[name]]));

const tests = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(SHOP_TESTS).filter(([path]) => names.includes(path.slice(5, -8))));

/** The history that all members of the sample family have in common, oldest first. */
export const TEMPLATE_COMMITS: readonly DemoCommit[] = [
  {
    message: 'chore: start a template for small shops',
    author,
    daysAgo: 400,
    write: { ...PROJECT_FILES, ...files('src/brand.ts', 'src/money.ts'), ...tests('money') },
  },
  {
    message: 'feat(cart): lines and their subtotal',
    author,
    daysAgo: 396,
    write: { ...files('src/cart.ts', 'src/discount.ts'), ...tests('cart', 'discount') },
  },
  {
    message: 'feat(invoice): the invoice as text, with tax',
    author,
    daysAgo: 391,
    write: { ...files('src/format.ts', 'src/tax.ts', 'src/invoice.ts'), ...tests('format', 'tax', 'invoice') },
  },
  {
    message: 'feat(catalog): products, search and stock',
    author,
    daysAgo: 384,
    write: { ...files('src/catalog.ts', 'src/search.ts', 'src/stock.ts'), ...tests('catalog', 'stock') },
  },
  {
    message: 'feat(shipping): costs and addresses',
    author,
    daysAgo: 377,
    write: { ...files('src/shipping.ts', 'src/address.ts'), ...tests('shipping', 'address') },
  },
  { message: 'ci: check every push', author, daysAgo: 370, write: SURROUNDINGS },
];
