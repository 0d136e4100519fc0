import { expect, it } from 'vitest';
import { NEW_PAGE, pageStateOf } from '../../webview/pageState.js';

it('goes on where it was left', () => {
  const kept = { target: 'a', tab: 'runs', scroll: 120 };
  expect(pageStateOf(kept)).toEqual(kept);
});

it.each([
  undefined,
  null,
  'runs',
  { target: 'a' },
  { target: 'a', tab: 'other', scroll: 0 },
  { ...NEW_PAGE, scroll: NaN },
])('starts anew from %j, which another version may have kept', (kept) => {
  expect(pageStateOf(kept)).toEqual(NEW_PAGE);
});
