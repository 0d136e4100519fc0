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

  it('shows in the status bar what waits for a person', async () => {
    expect(await workbench.statusText()).toBe('AutoSync: 1 incoming');
    await workbench.screenshot('installed');
  });

  it('shows the same after a reload, and in a second window', async () => {
    await workbench.reload();
    expect(await workbench.statusText()).toBe('AutoSync: 1 incoming');
    const second = await workbench.openBeside(family.target);
    expect(await second.statusText()).toBe('AutoSync: 1 incoming');
  });

  it('breaks no content policy and throws nothing', () => {
    expect(workbench.policyViolations()).toEqual([]);
    expect(workbench.extensionErrors()).toEqual([]);
  });
});

describe('in Restricted Mode', () => {
  it('the status item shows, before and after a person trusts the folder', async () => {
    const workbench = await mixedFamily().open({ asksForTrust: true, theme: 'Light Modern' });
    expect(await workbench.page.locator('[id="status.workspaceTrust"]').innerText()).toMatch(/Restricted/);
    expect(await workbench.statusText()).toMatch(/AutoSync/);
    await workbench.screenshot('restricted');
    await workbench.trust();
    expect(await workbench.statusText()).toMatch(/AutoSync/);
  });
});
