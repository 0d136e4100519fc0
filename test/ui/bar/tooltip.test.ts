import { describe, expect, it } from 'vitest';
import { TOOLTIP_COMMANDS, tooltipOf } from '../../../src/ui/bar/tooltip.js';
import { COMMANDS, VIEWS } from '../../../src/ui/contributions.js';
import type { TargetState, WindowState } from '../../../src/ui/state/model.js';
import { NOW, overview, polling, sibling, target, windowOf } from './windows.js';

const EVIL = [
  '[x](command:workbench.action.terminal.sendSequence)',
  '<img src=x onerror=alert(1)>',
  '<a href="command:autosync.sync">x</a>',
  'https://evil.test/a www.evil.test a@evil.test <https://evil.test>',
  '![x](https://evil.test/x.png) $(error) `code` **bold** [x][y]\n\n[y]: https://evil.test',
  '&#91;x&#93;(command:autosync.sync) &lt;img src=x&gt;',
  '\u202e\u001b]8;;http://evil.test\u0007\\[x\\](y)',
];

const linksIn = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/\]\(([^)]*)\)/g)].map((match) => match[1] ?? '');

const tooltip = (more: Partial<TargetState>, window: Partial<WindowState> = {}): string =>
  tooltipOf(windowOf([target(more)], window), NOW);

/** A window in which everything that others write is `text`. */
const written = (text: string): readonly WindowState[] => {
  const siblings = [
    sibling({ name: text, error: text, notes: [text], branch: text, address: text }),
    sibling({ name: text, counts: { review: 1 } }),
  ];
  const health = { source: 'backup', notes: [text], generation: 1 } as const;
  const activity = { kind: 'sync', scheduled: false, step: { phase: 'fetch', sibling: text, doing: text } } as const;
  const told = target({ name: text, overview: overview({ siblings, health }), activity });
  const failed = target({ name: text, overview: null, trouble: { code: 'unknown', message: text } });
  return [windowOf([told]), windowOf([failed]), windowOf([told, failed])];
};

describe('the tooltip', () => {
  it('has a line for every sibling: what is incoming, what is wrong, or that it is in step', () => {
    const siblings = [
      sibling({ name: 'acme', counts: { review: 1, candidate: 3, waiting: 1, landed: 9 } }),
      sibling({ name: 'globex', error: 'It refused' }),
      sibling({ name: 'initech' }),
      sibling({ name: 'umbrella', seenAt: null }),
    ];
    const lines = tooltip({ overview: overview({ siblings }) }).split('  \n');
    expect(lines.slice(0, 4)).toEqual([
      '$(repo-pull) **acme**: 1 for review, 3 fit, 1 waits',
      '$(warning) **globex**: It refused',
      '$(check) **initech**: in step',
      '$(circle-outline) **umbrella**: not looked at yet',
    ]);
  });

  it('does not list hundreds of siblings', () => {
    const siblings = Array.from({ length: 100 }, (_, index) => sibling({ name: `sibling${index}` }));
    expect(tooltip({ overview: overview({ siblings }) })).toMatch(/sibling11\b[\s\S]*and 88 more/);
  });

  it('says where work lands, but in Restricted Mode, where none does', () => {
    const lands = { kind: 'forge', repository: 'house/[x](command:y)', server: 'https://github.com' } as const;
    expect(tooltip({ overview: overview({ lands }) })).toMatch(/Lands on GitHub house&#47;.* by pull requests/);
    expect(linksIn(tooltip({ overview: overview({ lands }) }))).not.toContain('command:y');
    expect(tooltip({})).toContain('Lands on local branches');
    expect(tooltip({}, { trusted: false })).not.toContain('Lands');
    const lacking = overview({ lands: { kind: 'nowhere', lacksToken: 'house/shop', server: 'https://github.com' } });
    expect(linksIn(tooltip({ overview: lacking }))).toContain(`command:${COMMANDS.signIn}`);
  });

  it('says when it looked and looks next, and what it does by itself', () => {
    expect(tooltip({})).toMatch(/Checked at \d\d:\d\d\. Next at \d\d:\d\d\. It only looks by itself\./);
    expect(tooltip({ polling: polling({ mode: 'sync' }) })).toContain('It lands by itself what is proved safe.');
    expect(tooltip({ polling: polling({ mode: 'off' }) })).toContain('Nothing happens by itself.');
    expect(tooltip({ polling: polling({ paused: true }) })).toContain('Polling is paused.');
    expect(tooltip({ polling: polling({ follows: true }) })).toContain('Another window looks by itself');
    expect(tooltip({ polling: polling({ offline: true }) })).toContain('No network.');
    expect(tooltip({}, { trusted: false })).toContain('Restricted Mode');
  });

  it('links only to what can be done now', () => {
    expect(linksIn(tooltip({}))).toEqual([
      `command:${COMMANDS.sync}`,
      `command:${COMMANDS.scan}`,
      `command:${VIEWS.incoming}.focus`,
      `command:${COMMANDS.menu}`,
    ]);
    const activity = { kind: 'scan', scheduled: true, step: null } as const;
    expect(linksIn(tooltip({ activity }))[0]).toBe(`command:${COMMANDS.cancel}`);
    expect(linksIn(tooltip({}, { trusted: false }))).not.toContain(`command:${COMMANDS.sync}`);
    expect(linksIn(tooltip({ polling: polling({ paused: true }) }))).toContain(`command:${COMMANDS.resumePolling}`);
  });

  it('gives each of several folders a title', () => {
    const other = target({ name: 'other', overview: null, trouble: { code: 'no-config', message: '' } });
    const text = tooltipOf(windowOf([target(), other]), NOW);
    expect(text).toMatch(/^\*\*target\*\* {2}\n[\s\S]*\n\n\*\*other\*\* {2}\nNo siblings yet\./);
    const plain = target({ name: 'plain', overview: null, trouble: { code: 'no-repository', message: 'It is none.' } });
    const beside = tooltipOf(windowOf([target(), plain]), NOW);
    expect(beside).toMatch(/\n\n\*\*plain\*\* {2}\nNo git repository\./);
    expect(beside).not.toContain('$(error)');
  });
});

describe('text of others in the tooltip', () => {
  const known = new Set(TOOLTIP_COMMANDS.map((command) => `command:${command}`));

  it.each(EVIL)('never becomes a link, an icon or markup: %j', (text) => {
    for (const window of written(text)) {
      const markdown = tooltipOf(window, NOW);
      for (const link of linksIn(markdown)) expect(known).toContain(link);
      expect(markdown).not.toMatch(/[<>`!]|https?:|www\.|\w@\w|^\[[^\]]*\]:/m);
      // Icons are ours, at the start of a line.
      expect(markdown.replace(/^\$\([a-z-]+\) /gm, '')).not.toContain('$(');
      expect(markdown).not.toMatch(/\p{Cf}/u);
      const ours = markdown.replace(/\[[\w .]+\]\(command:[\w.]+\)/g, '');
      expect(ours).not.toMatch(/[[\]]|command:/);
    }
  });

  it('is still there to be read', () => {
    const [window] = written('[x](y)');
    expect(tooltipOf(window ?? windowOf([]), NOW)).toContain('**&#91;x&#93;&#40;y&#41;**');
  });
});
