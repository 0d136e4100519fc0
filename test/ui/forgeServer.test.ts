import { describe, expect, it } from 'vitest';
import { forgeServerOf } from '../../src/ui/forgeServer.js';

describe('the address of a GitHub', () => {
  it('leads to its API', () => {
    expect(forgeServerOf('')).toEqual({ origin: 'https://github.com', api: 'https://api.github.com' });
    expect(forgeServerOf(' https://GitHub.com/ ')).toEqual(forgeServerOf(''));
    expect(forgeServerOf('https://git.example.com')).toEqual({
      origin: 'https://git.example.com',
      api: 'https://git.example.com/api/v3',
    });
    expect(forgeServerOf('https://acme.ghe.com')?.api).toBe('https://api.acme.ghe.com');
    expect(forgeServerOf('https://github.com.example.com')?.api).toBe('https://github.com.example.com/api/v3');
  });

  it('may be without encryption on this machine only', () => {
    expect(forgeServerOf('http://127.0.0.1:8080')?.origin).toBe('http://127.0.0.1:8080');
    expect(forgeServerOf('http://[::1]:8080')?.origin).toBe('http://[::1]:8080');
    expect(forgeServerOf('http://git.example.com')).toBeNull();
    expect(forgeServerOf('http://localhost.example.com')).toBeNull();
  });

  it('is refused when it is more than a server, or something else', () => {
    for (const bad of ['https://u:p@x', 'https://x/path', 'https://x/?q', 'ssh://x', 'file:///x', 'github.com', '%'])
      expect(forgeServerOf(bad), bad).toBeNull();
  });
});
