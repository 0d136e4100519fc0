/** An app as a project may have one, in a file of its own; the first argument says what is wrong with it, the second marks its processes. */
export const APP = `const { createServer } = require('node:http');
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const how = process.argv[2] ?? 'healthy';
const port = how === 'elsewhere' ? 0 : Number(process.env.PORT ?? process.env.HTTP_PORT);
if (how === 'crash-on-start') throw new Error('no database');
if (how === 'deaf' || how === 'deaf-parent' || how === 'stuck') process.on('SIGTERM', () => undefined);
if (how === 'parent' || how === 'deaf-parent') {
  spawn(process.execPath, [__filename, { parent: 'child', 'deaf-parent': 'deaf' }[how], process.argv[3]], { stdio: 'inherit' });
  setInterval(() => undefined, 1000);
} else if (how === 'silent') {
  setInterval(() => undefined, 1000);
} else {
  const server = createServer((asked, answer) => {
    console.log(asked.method + ' ' + asked.url);
    if (how === 'crash-on-ask') throw new Error('boom at ' + asked.url + ' of port ' + port);
    if (how === 'hang-up') return asked.socket.destroy();
    if (how === 'never-answer') return;
    if (how === 'stuck') return writeFileSync('asked', '');
    if (how === 'crash-after') answer.on('finish', () => process.exit(4));
    if (how === 'redirect' && asked.url === '/') answer.writeHead(302, { location: 'http://elsewhere.invalid/' });
    else if (how === 'error' || (how === 'no-health' && asked.url === '/health')) answer.writeHead(how === 'error' ? 500 : 404);
    answer.end('x'.repeat(how === 'big' ? 3_000_000 : 3));
  });
  setTimeout(() => server.listen(port, how === 'six' ? '::1' : undefined, () => {
    console.log('listening on port ' + server.address().port);
  }), how === 'slow' ? 700 : 0);
}
`;
