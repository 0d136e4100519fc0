import { beforeAll, describe, expect, it } from 'vitest';
import { mixedFamily, type OpenableFamily } from './family.js';
import type { Workbench } from './workbench.js';

describe('the installed extension', () => {
  let family: OpenableFamily;
  let workbench: Workbench;

  beforeAll(async () => {
    family = mixedFamily();
    await family.sync();
    workbench = await family.open();
  });

  it('shows itself in the status bar', async () => {
    await workbench.untilStatus('AutoSync');
    await workbench.screenshot('installed');
  });

  it('is there again after a reload, and in a second window', async () => {
    await workbench.reload();
    await workbench.untilStatus('AutoSync');
    const second = await workbench.openBeside(family.target);
    await second.untilStatus('AutoSync');
  });

  it('breaks no content policy and throws nothing', () => {
    expect(workbench.policyViolations()).toEqual([]);
    expect(workbench.extensionErrors()).toEqual([]);
  });
});
