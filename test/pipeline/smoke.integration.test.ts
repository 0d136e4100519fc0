import { describe, expect, it } from 'vitest';
import { makeFamily, rowOf, standingsOf, subjectsOf, TEMPLATE } from '../support/family.js';

const SERVER = `const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const health = Number(readFileSync('src/health.txt', 'utf8'));
if (health === 0) throw new Error('no health');
createServer((asked, answer) => {
  answer.writeHead(asked.url === '/health' ? health : 200);
  answer.end();
}).listen(Number(process.env.PORT));
`;
const FILES = { ...TEMPLATE, 'server.cjs': SERVER, 'src/health.txt': '200\n' };
const policy = {
  validate: {
    checks: [{ name: 'proof', run: 'true' }],
    smoke: [{ name: 'web', start: 'node server.cjs' }],
  },
};

describe('a smoke test in a run', { timeout: 120_000 }, () => {
  it('rejects the commit alone that the app does not bear, with what it answered; the others land', async () => {
    const family = makeFamily(['acme'], FILES);
    family.configure(policy);
    const acme = family.sibling('acme');
    const before = family.commit(acme, 'fix: one', { 'src/a.txt': 'a\n' });
    const ill = family.commit(acme, 'feat: ill', { 'src/health.txt': '503\n' });
    const after = family.commit(acme, 'fix: two', { 'src/b.txt': 'b\n' });
    const report = await family.sync();
    expect(standingsOf(report, [before, ill, after])).toEqual(['landed', 'rejected', 'landed']);
    const { reason, evidence } = rowOf(report, ill);
    expect(reason).toBe('smoke web breaks: GET /health.');
    expect(evidence).toMatchObject({
      failures: [{ check: 'smoke web', name: 'GET /health', message: 'answered 503, not 200-399' }],
    });
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'fix: one', 'fix: two']);
  });

  it('says of a commit with which the app does not start what its last words were', async () => {
    const family = makeFamily(['acme'], FILES);
    family.configure(policy);
    const dead = family.commit(family.sibling('acme'), 'feat: dead', { 'src/health.txt': '0\n' });
    const report = await family.sync();
    expect(rowOf(report, dead)).toMatchObject({
      standing: 'rejected',
      reason: 'smoke web breaks: start.',
      evidence: { failures: [{ message: expect.stringMatching(/before it listened: Error: no health$/) }] },
    });
  });

  it('that fails on the target already is no reason to reject, and nothing merges by itself', async () => {
    const family = makeFamily(['acme'], { ...FILES, 'src/health.txt': '404\n' });
    family.configure(policy);
    const one = family.commit(family.sibling('acme'), 'fix: one', { 'src/a.txt': 'a\n' });
    const row = rowOf(await family.sync(), one);
    expect(row.standing).toBe('review');
    expect(row.vetoes).toEqual(['The target fails already without it: smoke web.']);
  });
});
