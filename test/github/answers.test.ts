import { describe, expect, it } from 'vitest';
import { answersInMemory, conditionally } from '../../src/github/answers.js';

/** A forge of one page, and what it was asked with. */
function forge(pages: readonly Response[]) {
  const asked: (string | null)[] = [];
  const left = [...pages];
  const exchange = conditionally(async (_address, init) => {
    asked.push(new Headers(init.headers).get('if-none-match'));
    const next = left.shift();
    if (next === undefined) throw new Error('asked too often');
    return next;
  }, answersInMemory());
  return { asked, exchange };
}
const page = (body: string, etag: string): Response =>
  new Response(body, { headers: { etag, 'content-type': 'application/json', link: '<next>; rel="next"' } });

describe('an answer that did not change', () => {
  it('is given again without being sent again, with the headers of its page', async () => {
    const unchanged = new Response(null, { status: 304, headers: { 'x-ratelimit-remaining': '41' } });
    const { asked, exchange } = forge([page('[1]', '"a"'), unchanged]);
    await exchange('https://api.test/pulls', { method: 'GET' });
    const again = await exchange('https://api.test/pulls', { method: 'GET' });
    expect(asked).toEqual([null, '"a"']);
    expect(again.status).toBe(200);
    expect(await again.text()).toBe('[1]');
    expect(again.headers.get('link')).toContain('next');
    expect(again.headers.get('x-ratelimit-remaining')).toBe('41');
  });

  it('is replaced by one that did', async () => {
    const { asked, exchange } = forge([page('[1]', '"a"'), page('[2]', '"b"'), page('[2]', '"b"')]);
    await exchange('https://api.test/pulls', { method: 'GET' });
    expect(await (await exchange('https://api.test/pulls', { method: 'GET' })).text()).toBe('[2]');
    await exchange('https://api.test/pulls', { method: 'GET' });
    expect(asked).toEqual([null, '"a"', '"b"']);
  });

  it('of another address, or to a write, is not asked for', async () => {
    const { asked, exchange } = forge([page('[1]', '"a"'), page('[2]', '"a"'), page('{}', '"a"')]);
    await exchange('https://api.test/pulls', { method: 'GET' });
    await exchange('https://api.test/pulls?page=2', { method: 'GET' });
    await exchange('https://api.test/pulls', { method: 'POST' });
    expect(asked).toEqual([null, null, null]);
  });

  it('is forgotten when many others came after it', () => {
    const answers = answersInMemory();
    for (let number = 0; number <= 200; number += 1) answers.set(`${number}`, { etag: '', body: '', headers: {} });
    expect(answers.get('0')).toBeUndefined();
    expect(answers.get('1')).toBeDefined();
  });
});
