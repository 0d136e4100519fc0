import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { makeFamily, proofCheck } from '../support/family.js';
import { git } from '../support/plainGit.js';

/**
 * An `ssh` that finds every host below a folder, and writes down what it was asked: git cannot tell it from a real one.
 * Skips options, of which each but `-p` and `-o` stands alone.
 */
const SSH = (root: string, log: string): string => `#!/bin/sh
while :; do case "$1" in -o|-p) shift 2 ;; -*) shift ;; *) break ;; esac; done
host=$1; shift
echo "$host $*" >> '${log}'
cd '${root}'/"\${host#*@}" || exit 255
exec sh -c "$(echo "$*" | sed "s# '/# '#")"
`;

const SIBLINGS = [
  { name: 'gitlab', url: 'git@gitlab.example:group/part/app.git', repository: 'gitlab.example/group/part/app.git' },
  { name: 'gitea', url: 'ssh://git@gitea.example:2222/house/app.git', repository: 'gitea.example/house/app.git' },
];

it('siblings of any host are read over plain ssh, each by one question when nothing is new', async () => {
  const family = makeFamily(SIBLINGS.map(({ name }) => name));
  const [hosts, bin, log] = ['hosts', 'bin', 'asked'].map((name) => join(family.folder, name)) as [
    string,
    string,
    string,
  ];
  for (const { name, repository } of SIBLINGS) {
    family.commit(family.sibling(name), `fix: of ${name}`, { [`src/${name}.txt`]: `${name}\n` });
    mkdirSync(dirname(join(hosts, repository)), { recursive: true });
    git(family.folder, ['clone', '-q', '--bare', family.sibling(name), join(hosts, repository)]);
  }
  mkdirSync(bin);
  writeFileSync(join(bin, 'ssh'), SSH(hosts, log));
  chmodSync(join(bin, 'ssh'), 0o755);
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  family.configure({
    siblings: SIBLINGS.map(({ name, url }) => ({ name, url })),
    validate: { checks: [proofCheck(family.notes)] },
  });
  const report = await family.sync();
  expect(report.siblings.map(({ name, error, commits }) => [name, error, commits.map((one) => one.standing)])).toEqual([
    ['gitlab', null, ['landed']],
    ['gitea', null, ['landed']],
  ]);
  expect(git(family.target, ['show', 'main:src/gitea.txt'])).toBe('gitea');
  const asked = (): readonly string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  const before = asked().length;
  expect((await family.sync()).siblings.map(({ unchanged }) => unchanged)).toEqual([true, true]);
  expect(asked().slice(before).sort()).toEqual([
    "git@gitea.example git-upload-pack '/house/app.git'",
    "git@gitlab.example git-upload-pack 'group/part/app.git'",
  ]);
});
