import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/readConfig.js';
import { smokePlan, spellStatuses } from '../../src/core/smoke.js';

const read = (...smoke: readonly object[]) => readConfig(JSON.stringify({ validate: { smoke } })).config.validate.smoke;

describe('a smoke test in the configuration', () => {
  it('needs a name and how to start; the rest has defaults', () => {
    const [web] = read({ name: 'web', start: 'npm start' });
    expect(web && smokePlan(web)).toEqual({
      paths: ['/health', '/'],
      timeout: 30,
      statuses: { from: 200, to: 399 },
      portVariable: 'PORT',
    });
  });

  it('may say all of it', () => {
    const given = { paths: ['/a?b=c'], timeout: 5, expect: '200-204', portVariable: 'HTTP_PORT' };
    const [web] = read({ name: 'web', start: 'npm start', ...given });
    expect(web && smokePlan(web)).toEqual({ ...given, expect: undefined, statuses: { from: 200, to: 204 } });
    const [exact] = read({ name: 'web', start: 'npm start', expect: 204 });
    expect(exact && smokePlan(exact).statuses).toEqual({ from: 204, to: 204 });
  });

  const web = { name: 'web', start: 'npm start' };
  it.each<readonly [string, readonly object[], RegExp]>([
    ['no command', [{ name: 'web' }], /has no "start"/],
    ['an unknown key', [{ ...web, path: ['/'] }], /Did you mean "paths"/],
    ['a path that is none', [{ ...web, paths: ['health'] }], /a path that starts with "\/"/],
    ['a path with a line break', [{ ...web, paths: ['/a\r\nx: y'] }], /a path that starts with "\/"/],
    ['no path', [{ ...web, paths: [] }], /fewer than 1/],
    ['a status that is none', [{ ...web, expect: 99 }], />= 100/],
    ['a range that is none', [{ ...web, expect: '2xx' }], /200-399/],
    ['a range upside down', [{ ...web, expect: '399-200' }], /Write "200-399"/],
    ['a variable that is none', [{ ...web, portVariable: 'A=B' }], /environment variable/],
    ['no time', [{ ...web, timeout: 0 }], />= 1/],
    ['the same name twice', [web, { ...web, name: 'WEB' }], /called already/],
  ])('is refused with %s', (_, smoke, message) => {
    expect(() => read(...smoke)).toThrow(message);
  });
});

it('a range is spelled as it is written', () => {
  expect([spellStatuses({ from: 200, to: 200 }), spellStatuses({ from: 200, to: 399 })]).toEqual(['200', '200-399']);
});
