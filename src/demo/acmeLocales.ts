import { testFile } from './templateTests.js';

const WORDS = {
  de: ['Warenkorb', 'Zwischensumme', 'Versand'],
  es: ['Carrito', 'Subtotal', 'Gastos de envío'],
  fr: ['Panier', 'Sous-total', 'Livraison'],
  it: ['Carrello', 'Subtotale', 'Spedizione'],
  nl: ['Winkelwagen', 'Subtotaal', 'Verzending'],
  pl: ['Koszyk', 'Suma częściowa', 'Dostawa'],
  pt: ['Carrinho', 'Subtotal', 'Envio'],
} as const;

const LANGUAGES = Object.keys(WORDS);

const localeFile = ([cart, subtotal, shipping]: readonly string[]): string =>
  [
    "import type { Words } from '../words.ts';",
    '',
    `export const words: Words = { cart: '${cart}', subtotal: '${subtotal}', shipping: '${shipping}' };`,
    '',
  ].join('\n');

const WORDS_FILE = `${LANGUAGES.map((language) => `import { words as ${language} } from './locales/${language}.ts';`).join('\n')}

/** The words that customers read most. */
export interface Words {
  readonly cart: string;
  readonly subtotal: string;
  readonly shipping: string;
}

const ENGLISH: Words = { cart: 'Cart', subtotal: 'Subtotal', shipping: 'Shipping' };
const LOCALES: Readonly<Record<string, Words>> = { ${LANGUAGES.join(', ')} };

/** The words in a language; English when the shop does not speak it. */
export function wordsIn(language: string): Words {
  return LOCALES[language] ?? ENGLISH;
}
`;

/** Nine new files: a change that is too big to be merged without a person. */
export const LOCALE_FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(WORDS).map(([language, words]) => [`src/locales/${language}.ts`, localeFile(words)]),
  ),
  'src/words.ts': WORDS_FILE,
  'test/words.test.ts': testFile(`import { wordsIn } from '../src/words.ts';

test('a language has its own words', () => {
  assert.equal(wordsIn('fr').cart, 'Panier');
});

test('a language that the shop does not speak reads English', () => {
  assert.equal(wordsIn('eo').cart, 'Cart');
});
`),
};
