import { describe, expect, it } from 'vitest';
import { forgeName, landsSentence, wantedForge } from '../../src/ui/landingPlace.js';

const [server, repository] = ['https://github.com', 'house/shop'];

describe('where work lands', () => {
  it('is said with the name of the repository', () => {
    expect(landsSentence({ lands: { kind: 'forge', repository, server } })).toBe(
      'Lands on GitHub house/shop by pull requests.',
    );
    expect(landsSentence({ lands: { kind: 'forge', repository, server: 'https://git.example.com' } })).toBe(
      'Lands on house/shop at git.example.com by pull requests.',
    );
    expect(landsSentence({ lands: { kind: 'branches', lacksToken: null, server } })).toBe('Lands on local branches.');
  });

  it('is said with what is missing', () => {
    expect(landsSentence({ lands: { kind: 'branches', lacksToken: repository, server } })).toBe(
      'Lands on local branches, for want of a token for GitHub house/shop.',
    );
    expect(landsSentence({ lands: { kind: 'nowhere', lacksToken: repository, server } })).toMatch(/no token for it/);
    expect(landsSentence({ lands: { kind: 'nowhere', lacksToken: null, server } })).toMatch(/on no forge/);
  });

  it('names one forge: that of now, or that which lacks a token', () => {
    const forge = { kind: 'forge', repository, server } as const;
    const lacking = { kind: 'branches', lacksToken: repository, server } as const;
    expect([forgeName(forge), wantedForge(forge)]).toEqual(['GitHub house/shop', null]);
    expect([forgeName(lacking), wantedForge(lacking)]).toEqual([null, 'GitHub house/shop']);
    expect([forgeName(undefined), wantedForge(undefined)]).toEqual([null, null]);
  });
});
