import { beforeAll, describe, expect, it } from 'vitest';
import { mixedFamily } from './family.js';
import type { Workbench } from './workbench.js';

describe('the installed extension', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const family = mixedFamily();
    await family.sync();
    workbench = await family.open();
  });

  it("shows in the status bar how the target's family stands", async () => {
    expect(await workbench.statusText()).toMatch(/AutoSync/);
    await workbench.screenshot('installed');
  });

  it('breaks no content policy and throws nothing', async () => {
    await workbench.statusText();
    expect(workbench.policyViolations()).toEqual([]);
    expect(workbench.extensionErrors()).toEqual([]);
  });

  it('is there again after a reload, and in a second window', async () => {
    await workbench.reload();
    const text = await workbench.statusText();
    expect(text).toMatch(/AutoSync/);
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
