import { describe, expect, it } from 'vitest';
import { newNonce, panelPage } from '../../../src/ui/panel/page.js';

const page = panelPage({
  source: 'https://source',
  nonce: 'abc123',
  script: 'https://s/w.js',
  style: 'https://s/w.css',
});
const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';

const allowedFor = (directive: string): string | undefined =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${directive} `))
    ?.slice(directive.length + 1);

describe('the page of the panel', () => {
  it('runs no script but the one that carries the nonce', () => {
    expect(allowedFor('script-src')).toBe("'nonce-abc123'");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('<script nonce="abc123" src="https://s/w.js">');
  });

  it('loads nothing else, sends nothing anywhere, and cannot be given another base', () => {
    expect(allowedFor('default-src')).toBe("'none'");
    expect(allowedFor('style-src')).toBe("https://source 'unsafe-inline'");
    expect(allowedFor('form-action')).toBe("'none'");
    expect(allowedFor('base-uri')).toBe("'none'");
    expect(policy.split('; ')).toHaveLength(5);
  });

  it('has no inline handlers, which the policy would block', () => {
    expect(page).not.toMatch(/\son\w+=/);
  });

  it('has a place that is read aloud when it changes', () => {
    expect(page).toMatch(/role="status"/);
  });

  it('gets a new nonce each time', () => {
    const [one, other] = [newNonce(), newNonce()];
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(one).not.toBe(other);
  });
});
