// What `npm test` says at its end: every test that failed, what passed only the second time, and the counts.

/** Lines of a message that are shown: the whole of it stands above, where the level ran. */
const SHOWN = 15;

const shortened = (message, most) => {
  const lines = message.trim().split('\n');
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most - 1), `... ${lines.length - most + 1} more lines above`];
};

const named = ({ file, name }) => [file, name].filter(Boolean).join(' > ');

const entry = (title, message, most) => [title, ...shortened(message, most).map((line) => `    ${line}`)].join('\n');

const failuresOf = ({ name, failures = [] }) =>
  failures.map((failure) => entry(`FAIL ${name}: ${named(failure)}`, failure.message, SHOWN));

const flakyOf = ({ flaky = [] }) => flaky.map((test) => entry(`flaky: ${named(test)}`, test.message, 3));

const countsOf = ({ name, passed, failed }) =>
  `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed`;

/** The text for people. Its last line is "N passed, N failed". */
export const summary = (levels, seconds) => {
  const sum = (key) => levels.reduce((total, level) => total + level[key], 0);
  return [
    ...levels.flatMap(failuresOf),
    ...levels.flatMap(flakyOf),
    levels.map(countsOf).join('\n'),
    `in ${seconds} s`,
    `${sum('passed')} passed, ${sum('failed')} failed`,
  ].join('\n\n');
};
