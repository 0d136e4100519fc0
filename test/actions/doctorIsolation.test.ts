import { expect, test } from 'vitest';
import { type DoctorPorts, examine } from '../../src/actions/doctor.js';

const silent = (): Promise<never> => Promise.reject(new Error('not asked here'));

const isolationSaid = async (kind: 'bwrap' | 'unshare' | 'group', token: boolean) => {
  const ports: DoctorPorts = {
    gitVersion: silent,
    target: silent,
    config: silent,
    askSibling: silent,
    state: silent,
    toolchain: silent,
    hasSourceToken: () => token,
    forge: async () => null,
    isolation: async () => kind,
  };
  return (await examine(ports)).findings.find(({ subject }) => subject === 'isolation');
};

test('the doctor says which isolation checks run under', async () => {
  expect(await isolationSaid('bwrap', true)).toMatchObject({
    state: 'good',
    what: expect.stringContaining('bubblewrap'),
  });
  expect(await isolationSaid('unshare', true)).toMatchObject({
    state: 'good',
    what: expect.stringContaining('namespaces'),
  });
});

test('the doctor warns that a token can be read where there is no isolation', async () => {
  const said = await isolationSaid('group', true);
  expect(said).toMatchObject({
    state: 'warning',
    what: expect.stringContaining('the source token'),
    mend: expect.stringContaining('bubblewrap'),
  });
  expect((await isolationSaid('group', false))?.what).not.toContain('token');
});
