import { expect, it } from 'vitest';
import { panelPage } from '../../src/ui/panelPage.js';

const page = panelPage({
  source: 'https://source',
  nonce: 'abc123',
  script: 'https://s/w.js',
  style: 'https://s/w.css',
});

it('runs no script but the one that carries the nonce', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'nonce-abc123'");
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).toContain('<script nonce="abc123" src="https://s/w.js">');
});

it('has no inline handlers, which the policy would block', () => {
  expect(page).not.toMatch(/\son\w+=/);
});
