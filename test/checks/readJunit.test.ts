import { describe, expect, test } from 'vitest';
import { readJunit } from '../../src/checks/readJunit.js';
import { captured } from './captured.js';

describe('readJunit', () => {
  test('reads the report of a real runner', () => {
    const { failures, tests } = readJunit(captured('vitest4.junit'));
    expect(tests).toEqual({ passed: 2, failed: 4 });
    expect(failures).toMatchObject([
      { name: 'fails at top', file: 'test/a.test.ts', message: 'expected 2 to be 3 // Object.is equality' },
      { name: 'outer > inner > is wrong', message: 'boom' },
      { name: 'outer > deep', message: 'expected { a: 1 } to deeply equal { a: 2 }' },
      {
        name: 'test/b.test.ts',
        message: "Cannot find module '../src/nothing.js' imported from /srv/app/test/b.test.ts",
      },
    ]);
  });

  test('takes attributes in any order and quotes, entities, CDATA and comments', () => {
    const xml = `<?xml version='1.0'?><!-- <testcase name="no"><failure/></testcase> -->
      <testsuite name="s" file="spec/a_spec.rb">
        <testcase time = '1' name='a &lt; b &#38; &#x63;' classname="Math"><failure type="x"><![CDATA[
          first <failure> line ]]></failure></testcase>
        <testcase classname="Math" name="e > f"><error message="it&apos;s gone" /></testcase>
        <testcase name="ok" classname="Math"/>
        <testcase name="later" classname="Math"><skipped/></testcase>
      </testsuite>`;
    expect(readJunit(xml)).toEqual({
      failures: [
        { name: 'Math > a < b & c', file: 'spec/a_spec.rb', message: 'first <failure> line' },
        { name: 'Math > e > f', file: 'spec/a_spec.rb', message: "it's gone" },
      ],
      tests: { passed: 1, failed: 2 },
    });
  });

  test('does not resolve entities of the document, and survives a text that is cut anywhere', () => {
    const xml =
      '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><testcase name="&e;"><failure message="m"/></testcase>';
    expect(readJunit(xml).failures).toEqual([{ name: '&e;', file: null, message: 'm' }]);
    for (let length = 0; length < xml.length; length += 1) {
      expect(readJunit(xml.slice(0, length)).failures.length).toBeLessThanOrEqual(1);
    }
  });

  test('reads hostile megabytes in linear time', () => {
    const started = performance.now();
    readJunit('<a "'.repeat(400_000));
    readJunit('<![CDATA['.repeat(200_000));
    readJunit('<testcase name="x"><failure>'.repeat(60_000));
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
