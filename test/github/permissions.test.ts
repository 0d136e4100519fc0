import { describe, expect, it } from 'vitest';
import { permissionToGrant, scopesOf } from '../../src/github/permissions.js';

describe('the permission to grant', () => {
  it('is what GitHub names, in the words of its page', () => {
    expect(permissionToGrant('read-pulls', { 'x-accepted-github-permissions': 'pull_requests=write' })).toBe(
      '"Pull requests: read and write"',
    );
    expect(permissionToGrant('metadata', { 'x-accepted-github-permissions': 'contents=read' })).toBe(
      '"Contents: read"',
    );
  });

  it('lists what is needed together, and what may stand in for it', () => {
    const accepted = { 'x-accepted-github-permissions': 'contents=write,workflows=write; administration=read' };
    expect(permissionToGrant('write-contents', accepted)).toBe(
      '"Contents: read and write" and "Workflows: read and write" or "Administration: read"',
    );
  });

  it('comes from our own table when GitHub names none', () => {
    expect(permissionToGrant('write-contents', {})).toBe('"Contents: read and write"');
    expect(permissionToGrant('write-workflows', { 'x-accepted-github-permissions': '???' })).toBe(
      '"Workflows: read and write"',
    );
  });

  it('is a scope for a token that has scopes', () => {
    expect(permissionToGrant('write-pulls', { 'x-oauth-scopes': 'gist' })).toBe('the scope "repo"');
    expect(permissionToGrant('write-workflows', { 'x-oauth-scopes': 'repo' })).toBe('the scope "workflow"');
    expect(
      permissionToGrant('write-pulls', { 'x-oauth-scopes': '', 'x-accepted-oauth-scopes': 'public_repo, repo' }),
    ).toBe('the scope "repo"');
    expect(permissionToGrant('metadata', { 'x-oauth-scopes': '', 'x-accepted-oauth-scopes': 'read:org' })).toBe(
      'the scope "read:org"',
    );
  });

  it('tells a token without scopes from one that has none to tell', () => {
    expect(scopesOf({ 'x-oauth-scopes': 'repo, workflow' })).toEqual(['repo', 'workflow']);
    expect(scopesOf({ 'x-oauth-scopes': '' })).toEqual([]);
    expect(scopesOf({})).toBeNull();
  });
});
