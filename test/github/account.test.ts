import { describe, expect, it } from 'vitest';
import { tokenKind } from '../../src/github/account.js';
import { mayPushWorkflows, repositoryFindings, saidToPush, scopeFindings } from '../../src/github/tokenFindings.js';

const repository = { archived: false, disabled: false, private: true } as const;

describe('a token', () => {
  it.each([
    ['github_pat_x', 'fine-grained'],
    ['ghp_x', 'classic'],
    ['gho_x', 'oauth'],
    ['ghs_x', 'installation'],
    ['x', 'unknown'],
  ])('that starts like %s is %s', (token, kind) => {
    expect(tokenKind(token)).toBe(kind);
  });

  it('of an application is not believed to be read-only: GitHub says so of every one', () => {
    const said = { ...repository, permissions: { admin: false, push: false, pull: true } };
    expect(saidToPush(said, 'installation')).toBeNull();
    expect(saidToPush(said, 'fine-grained')).toBe(false);
    expect(repositoryFindings(said, 'acme/shop', null)[0]?.state).toBe('warning');
  });

  it('that may not push is told what to grant', () => {
    const [finding] = repositoryFindings(repository, 'acme/shop', false);
    expect(finding?.state).toBe('bad');
    expect(finding?.mend).toContain('"Contents: read and write" and "Pull requests: read and write" for acme/shop');
  });

  it('finds an archived repository closed, whatever it may', () => {
    expect(repositoryFindings({ ...repository, archived: true }, 'acme/shop', true)[0]).toMatchObject({ state: 'bad' });
    expect(repositoryFindings({ ...repository, disabled: true }, 'acme/shop', true)[0]).toMatchObject({ state: 'bad' });
  });

  it('with scopes needs the one for private repositories, or for public ones', () => {
    const told = (scopes: string, isPrivate: boolean) =>
      scopeFindings({ ...repository, private: isPrivate }, { 'x-oauth-scopes': scopes }).map(({ mend }) => mend);
    expect(told('repo', true)).toEqual([]);
    expect(told('public_repo', false)).toEqual([]);
    expect(told('public_repo', true)[0]).toContain('"repo"');
    expect(told('gist', false)[0]).toContain('"public_repo"');
    expect(scopeFindings(repository, {})).toEqual([]);
  });

  it('may push workflow files by its scope; that of GitHub Actions never may', () => {
    expect(mayPushWorkflows('acme', { 'x-oauth-scopes': 'repo, workflow' })).toBe(true);
    expect(mayPushWorkflows('acme', { 'x-oauth-scopes': 'repo' })).toBe(false);
    expect(mayPushWorkflows('acme', {})).toBeNull();
    expect(mayPushWorkflows('github-actions[bot]', {})).toBe(false);
  });
});
