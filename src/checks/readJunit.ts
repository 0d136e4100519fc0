import { type FoundFailure, firstLine, type Reading } from './reading.js';
import { type XmlTag, xmlTags } from './xmlTags.js';

interface TestCase {
  readonly tag: XmlTag;
  readonly suiteFile: string | null;
  /** Tags inside the test case. */
  readonly inside: readonly XmlTag[];
}

/** Reads a JUnit XML report, as most test runners can write it (`<testcase>` with `<failure>`, `<error>`, `<skipped>`). */
export function readJunit(xml: string): Reading {
  const cases = testCases(xmlTags(xml));
  const ran = cases.filter(({ inside }) => !inside.some(({ name }) => name === 'skipped'));
  const failures = ran.flatMap((testCase) => failureOf(testCase) ?? []);
  return { failures, tests: { passed: ran.length - failures.length, failed: failures.length } };
}

function testCases(tags: readonly XmlTag[]): readonly TestCase[] {
  let suiteFile: string | null = null;
  return tags.flatMap((tag, index) => {
    if (tag.name === 'testsuite' && tag.kind === 'open') suiteFile = tag.attributes.get('file') ?? null;
    if (tag.name !== 'testcase' || tag.kind === 'close') return [];
    return { tag, suiteFile, inside: tag.kind === 'empty' ? [] : untilClosed(tags.slice(index + 1, index + 12)) };
  });
}

function untilClosed(tags: readonly XmlTag[]): readonly XmlTag[] {
  const end = tags.findIndex(({ name }) => name === 'testcase');
  return end < 0 ? tags : tags.slice(0, end);
}

function failureOf({ tag, suiteFile, inside }: TestCase): FoundFailure | null {
  const failed = inside.find(({ name, kind }) => (name === 'failure' || name === 'error') && kind !== 'close');
  if (!failed) return null;
  const className = tag.attributes.get('classname') ?? '';
  const file = tag.attributes.get('file') ?? suiteFile ?? (isPath(className) ? className : null);
  const name = tag.attributes.get('name') ?? '';
  return {
    name: className === '' || className === file ? name : `${className} > ${name}`,
    file,
    message: messageOf(failed),
  };
}

/** Several runners put the file's name into `classname`, where Java has the class. */
function isPath(className: string): boolean {
  return className.includes('/') || /\.[cm]?[jt]sx?$/.test(className);
}

function messageOf(tag: XmlTag): string {
  return firstLine((tag.attributes.get('message') ?? '').split('\n')) || firstLine(tag.text.split('\n'));
}
