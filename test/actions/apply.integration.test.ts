import { describe, expect, it } from 'vitest';
import { appWith, makeFamily, NEVER, rowOf, subjectsOf } from '../support/family.js';
import { git } from '../support/plainGit.js';

const KEY = `const id = '${'AKIA'}${'QZ7Y2M4NPLKW3R5T'}';\n`;

describe('a person applies a commit', () => {
  it('that waits for review: it lands as the person said, and the branch keeps the rest', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const one = family.commit(acme, 'feat!: one', { 'src/one.txt': 'one\n' });
    const two = family.commit(acme, 'feat!: two', { 'src/two.txt': 'two\n' });
    await family.sync();
    const report = await family.engine().apply([two.slice(0, 8)], NEVER);
    expect(report.command).toBe('apply');
    expect(rowOf(report, two)).toMatchObject({ standing: 'landed', evidence: { kind: 'landed', how: 'apply' } });
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'feat!: two']);
    expect(git(family.target, ['status', '--porcelain'])).toBe('');
    const after = await family.sync();
    expect(rowOf(after, two)).toMatchObject({ standing: 'landed', evidence: { how: 'apply' } });
    expect(rowOf(after, one).standing).toBe('review');
    expect(subjectsOf(family.target, 'main..autosync/acme')).toEqual(['feat!: one']);
  });

  it('that still waits, or was filtered by its type, and it stays landed', async () => {
    const family = makeFamily();
    family.configure({ filter: { minAge: '9h' } });
    const acme = family.sibling('acme');
    const young = family.commit(
      acme,
      'fix: young',
      { 'src/young.txt': 'young\n' },
      { seconds: Math.floor(Date.now() / 1000) },
    );
    const chore = family.commit(acme, 'chore: tidy', { 'src/tidy.txt': 'tidy\n' });
    await family.sync();
    await family.engine().apply([young], NEVER);
    await family.engine().apply([chore], NEVER);
    const report = await family.sync();
    expect(rowOf(report, young).standing).toBe('landed');
    expect(rowOf(report, chore)).toMatchObject({ standing: 'landed', evidence: { how: 'apply' } });
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'fix: young', 'chore: tidy']);
  });

  it('but not one that conflicts; the refusal names what it builds on, and both together land', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const base = family.commit(acme, 'chore: base', { 'src/other.txt': 'one\n' });
    const fix = family.commit(acme, 'fix: on it', { 'src/other.txt': 'two\n' });
    await family.sync();
    await expect(family.engine().apply([fix], NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringContaining(base.slice(0, 10)),
    });
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
    await family.engine().apply([fix, base], NEVER);
    expect(subjectsOf(family.target, 'main')).toEqual(['chore: the template', 'chore: base', 'fix: on it']);
  });

  it('but not what the deny list holds, whatever else it touches', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const denied = family.commit(acme, 'fix: pipeline', { '.github/workflows/x.yml': 'on: push\n' });
    const half = family.commit(acme, 'fix: half', { '.env': 'A=1\n', 'src/half.txt': 'half\n' });
    await family.sync();
    await expect(family.engine().apply([denied], NEVER)).rejects.toMatchObject({ code: 'cannot-land' });
    await family.engine().apply([half], NEVER);
    expect(git(family.target, ['show', '--name-only', '--format=', 'main'])).toBe('src/half.txt');
  });

  it.each([
    ['clean and good in every other way', 'fix: a key'],
    ['filtered by its type before it was ever scanned', 'chore: a key'],
  ])('but not a secret, in a commit that is %s', async (_what, subject) => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), subject, { 'src/key.txt': KEY });
    await family.sync();
    await expect(family.engine().apply([sha], NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringMatching(/secret/),
    });
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
  });

  it('but not what breaks a check', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'fix: bad', { 'src/bad.txt': 'BROKEN\n' });
    await family.scan();
    await expect(family.engine().apply([sha], NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringMatching(/breaks proof/),
    });
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
  });

  it('but not into a dirty tree, and then nothing moves', async () => {
    const family = makeFamily();
    const sha = family.commit(family.sibling('acme'), 'feat!: it', { 'src/it.txt': 'it\n' });
    await family.sync();
    family.commit(family.target, 'fix: here', { 'src/app.txt': appWith({ 2: 'here' }) });
    git(family.target, ['reset', '-q', '--soft', 'HEAD~1']);
    await expect(family.engine().apply([sha], NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringMatching(/src\/app\.txt/),
    });
    expect(subjectsOf(family.target, 'main')).toHaveLength(1);
  });

  it('but not twice, nor a merge, nor an unknown one', async () => {
    const family = makeFamily();
    const acme = family.sibling('acme');
    const landed = family.commit(acme, 'fix: it', { 'src/it.txt': 'it\n' });
    git(acme, ['checkout', '-q', '-b', 'topic', 'HEAD~1']);
    family.commit(acme, 'fix: topic', { 'src/topic.txt': 'topic\n' });
    git(acme, ['checkout', '-q', 'main']);
    git(acme, ['merge', '-q', '--no-ff', '-m', 'Merge topic', 'topic']);
    await family.sync();
    const merge = git(acme, ['rev-parse', 'HEAD']);
    await expect(family.engine().apply([landed], NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringMatching(/in the target already/),
    });
    await expect(family.engine().apply([merge], NEVER)).rejects.toMatchObject({
      code: 'cannot-land',
      message: expect.stringMatching(/merge/),
    });
    await expect(family.engine().apply(['abcdef12'], NEVER)).rejects.toMatchObject({ code: 'unknown-commit' });
  });
});
