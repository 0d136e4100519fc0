import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/** A test that did not simply pass, and why. */
export interface Trouble {
  /** Path of its file from the project's folder. */
  readonly file: string;
  /** Its whole name, with the names of what it stands in. */
  readonly name: string;
  /** What was thrown, and where in our own code. */
  readonly message: string;
}

/** What came of a level of the suite, for the summary at the end of `npm test`. */
export interface LevelOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Trouble[];
  /** What passed only when it was tried again. */
  readonly flaky: readonly Trouble[];
}

/** Part of what Vitest tells about an error. */
interface Thrown {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly diff?: string | undefined;
}

const isOurs = (line: string): boolean => /^\s+at .*[/\\]/.test(line) && !/node_modules|node:/.test(line);

const textOf = ({ message, stack = '', diff = '' }: Thrown): string =>
  [message, ...stack.split('\n').filter(isOurs).slice(0, 2), diff].join('\n').trim();

const messageOf = (errors: readonly Thrown[]): string => stripVTControlCharacters(errors.map(textOf).join('\n'));

const isFlaky = (test: TestCase): boolean => test.diagnostic()?.flaky === true;

/** Groups that failed by themselves: before or after their tests, or when their file was loaded. */
const brokenGroups = (module: TestModule): readonly (TestModule | TestSuite)[] =>
  [module, ...module.children.allSuites()].filter((group) => group.errors().length > 0);

function troubleOf(what: TestCase | TestSuite | TestModule, root: string): Trouble {
  const module = what.type === 'module' ? what : what.module;
  const errors = what.type === 'test' ? (what.result().errors ?? []) : what.errors();
  const name = what.type === 'module' ? 'the file as a whole' : what.fullName;
  return { file: relative(root, module.moduleId).replaceAll('\\', '/'), name, message: messageOf(errors) };
}

/** Judges a run: what failed outside of a test counts as a failed test, so that it is not overlooked. */
function judge(modules: readonly TestModule[], unhandled: readonly Thrown[], root: string): LevelOutcome {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const passed = tests.filter((test) => test.result().state === 'passed');
  const failed = [...modules.flatMap(brokenGroups), ...tests.filter((test) => test.result().state === 'failed')].map(
    (one) => troubleOf(one, root),
  );
  const strays = unhandled.map((error) => ({ file: '', name: 'outside of any test', message: messageOf([error]) }));
  const failures = [...failed, ...strays];
  const flaky = passed.filter(isFlaky).map((test) => troubleOf(test, root));
  return { passed: passed.length, failed: failures.length, failures, flaky };
}

/** A reporter of Vitest that writes a `LevelOutcome` as JSON into a file. */
export function outcomeReporter(file: string): Reporter {
  return {
    onTestRunEnd: (modules, unhandled) => writeFileSync(file, JSON.stringify(judge(modules, unhandled, process.cwd()))),
  };
}
