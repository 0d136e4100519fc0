import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/ui/contributions.js';
import { fingerprint } from '../support/fingerprint.js';
import { git } from '../support/plainGit.js';
import { mixedFamily, type OpenableFamily } from './family.js';

/** Everything that would ask a sibling, run a check, write what is remembered, or land. */
const ACTING = [
  COMMANDS.sync,
  COMMANDS.scan,
  COMMANDS.findSiblings,
  COMMANDS.addSibling,
  COMMANDS.apply,
  COMMANDS.decline,
  COMMANDS.resolve,
  COMMANDS.completeMerge,
  COMMANDS.undo,
  COMMANDS.doctor,
  COMMANDS.writeWorkflow,
  COMMANDS.setSourceToken,
  COMMANDS.signIn,
  COMMANDS.setGitHubToken,
] as const;

const keyOf = (index: number): string => `ctrl+alt+${'abdefghijklmnp'[index]}`;

async function rowIn(family: OpenableFamily, subject: string): Promise<unknown> {
  const row = (await family.engine().overview()).rows.find((one) => one.subject === subject);
  return { kind: 'enhancement', id: 'forged', target: pathToFileURL(family.target).href, row };
}

describe('in Restricted Mode', () => {
  it('no command acts, however it is called, and the palette offers none that would', async () => {
    const family = mixedFamily();
    await family.scan();
    const [fits, conflicts] = [
      await rowIn(family, 'feat: a page of help'),
      await rowIn(family, 'fix: the third line too'),
    ];
    const keys = ACTING.map((command, index) => ({
      key: keyOf(index),
      command,
      args: command === COMMANDS.resolve ? conflicts : fits,
    }));
    const before = { files: fingerprint(family.target), state: await family.engine().rows() };
    const workbench = await family.open({ asksForTrust: true, keys, settings: { 'autosync.polling.mode': 'sync' } });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/a page of help/).waitFor();
    for (const [index, command] of ACTING.entries()) {
      await workbench.page.keyboard.press(keyOf(index).replace('ctrl', 'Control').replace('alt', 'Alt'));
      await workbench.page.waitForTimeout(200);
      expect(await workbench.notifications.dialog.count(), command).toBe(0);
      expect(await workbench.palette.input.isVisible(), command).toBe(false);
    }
    await workbench.notifications
      .toast(/Restricted Mode/)
      .first()
      .waitFor();
    // What opens stays open until it is answered, so that whatever came late is there now.
    await workbench.page.waitForTimeout(1_500);
    expect(await workbench.notifications.dialog.count()).toBe(0);
    expect(await workbench.palette.input.isVisible()).toBe(false);
    expect(family.checksRun()).toBe(0);
    expect({ files: fingerprint(family.target), state: await family.engine().rows() }).toEqual(before);
    expect(git(family.target, ['branch', '--list', 'autosync/*'])).toBe('');
    expect(workbench.extensionErrors()).toEqual([]);
    await workbench.screenshot('restricted-refusals');

    const offered = await workbench.palette.offers('AutoSync: ');
    expect(offered.filter((title) => /Sync Now|AutoSync: Scan|Apply|Decline|Find Siblings|Doctor/.test(title))).toEqual(
      [],
    );
    await workbench.palette.run('AutoSync: Show First Steps');
    const steps = workbench.page.locator('.gettingStartedContainer');
    await steps.getByText('Let it run', { exact: true }).click();
    await steps.getByRole('button', { name: 'Sync Now' }).click();
    await workbench.notifications.toast(/Restricted Mode, so AutoSync asks no sibling/).waitFor();
    expect(family.checksRun()).toBe(0);
  });

  it('the same keys act once the folder is trusted', async () => {
    const family = mixedFamily();
    await family.scan();
    const keys = [{ key: keyOf(0), command: COMMANDS.apply, args: await rowIn(family, 'feat: a page of help') }];
    const workbench = await family.open({ keys, settings: { 'autosync.polling.mode': 'off' } });
    await workbench.sideBar.open('AutoSync');
    await workbench.sideBar.row(/a page of help/).waitFor();
    await workbench.page.keyboard.press('Control+Alt+a');
    await workbench.notifications.dialog.waitFor();
    expect(await workbench.notifications.dialog.innerText()).toContain('Apply 1 commit of acme?');
  });
});
