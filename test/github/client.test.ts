import { describe, expect, it } from 'vitest';
import { allPages } from '../../src/github/client.js';

const linked = (rel: string) => ({ link: `<https://api.test/pulls?page=9>; rel="${rel}"` });

describe('a list of several pages', () => {
  it('is read to its last one', async () => {
    const asked: number[] = [];
    const rows = await allPages(async (page) => {
      asked.push(page);
      return { rows: [`row of page ${page}`], headers: page < 3 ? linked('next') : linked('prev') };
    });
    expect(rows).toEqual(['row of page 1', 'row of page 2', 'row of page 3']);
    expect(asked).toEqual([1, 2, 3]);
  });

  it('of which there is no end is read so far and no farther', async () => {
    const rows = await allPages(async (page) => ({ rows: [page], headers: linked('next') }), 5);
    expect(rows).toEqual([1, 2, 3, 4, 5]);
  });

  it('of one page, without any link, is that page', async () => {
    expect(await allPages(async () => ({ rows: [], headers: {} }))).toEqual([]);
  });
});
