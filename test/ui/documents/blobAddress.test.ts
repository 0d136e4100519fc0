import { describe, expect, it } from 'vitest';
import { blobAddress, blobParts } from '../../../src/ui/documents/blobAddress.js';

const address = { target: 'file:///home/a%20b/app?x=1&y', blob: 'a'.repeat(40), path: 'src/app.ts' };

describe('the address of a version of a file', () => {
  it('comes back from the parts of its URI as it was, so that a tab can be shown again after a reload', () => {
    expect(blobAddress(blobParts(address))).toEqual(address);
    expect(blobAddress(blobParts({ ...address, blob: '' }))).toEqual({ ...address, blob: '' });
  });

  it('shows a hostile path as plain text, and keeps name and extension for the language', () => {
    const { path } = blobParts({ ...address, path: 'src/\u202eevil\u001b[2J/\u200b/a.ts' });
    expect(path).toBe('/src/evil/_/a.ts');
  });

  it('is none when the URI is not ours or asks for anything but a blob', () => {
    expect(blobAddress({ path: '/a', query: '' })).toBeNull();
    expect(blobAddress({ path: '/a', query: 'target=t&blob=HEAD:a' })).toBeNull();
    expect(blobAddress({ path: '/a', query: `target=t&blob=--all` })).toBeNull();
  });
});
