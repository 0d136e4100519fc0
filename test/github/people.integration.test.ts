import { describe, expect, it } from 'vitest';
import { calm, PERMISSIONS, startShop } from './shop.js';

describe('people', () => {
  it('who may be asked are collaborators and teams of the organisation, never anybody else', async () => {
    const { forge } = await startShop();
    const logins = ['writer', 'stranger', 'reader', 'acme/core', 'evil/core', 'some[bot]', '../..', 'acme'];
    expect(await forge.membersOf(logins, calm())).toEqual(['writer', 'reader', 'acme/core', 'acme']);
    expect(await forge.membersOf([], calm())).toEqual([]);
  });

  it('are found by who may be assigned, when the token may not ask who collaborates', async () => {
    const shop = await startShop({ token: { login: 'reader', permissions: PERMISSIONS } });
    expect(await shop.forge.membersOf(['writer', 'stranger'], calm())).toEqual(['writer']);
  });

  it('who last changed the paths come latest first, each once', async () => {
    const shop = await startShop();
    shop.hosted.commit('main', { 'a.txt': '1\n' }, 'one', 'writer');
    shop.hosted.commit('main', { 'b.txt': '1\n' }, 'two', 'reader');
    shop.hosted.commit('main', { 'a.txt': '2\n' }, 'three', 'writer');
    shop.hosted.commit('main', { 'c.txt': '1\n' }, 'four', 'some[bot]');
    const editors = await shop.forge.lastEditors('main', ['a.txt', 'b.txt', 'c.txt', 'missing.txt'], calm());
    expect([...editors].sort()).toEqual(['reader', 'writer']);
    expect(await shop.forge.lastEditors('main', ['b.txt'], calm())).toEqual(['reader']);
    expect(await shop.forge.lastEditors('main', [], calm())).toEqual([]);
  });
});
