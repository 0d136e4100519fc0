// Stands in for VS Code's native log writer, in the part of its interface that the server uses: no compiler is needed.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
let least = LEVELS.indexOf('info');

class Logger {
  constructor(_name, file) {
    this.file = file;
    this.isPlain = false;
    mkdirSync(dirname(file), { recursive: true });
  }

  write(level, message) {
    if (level < least) return;
    const line = this.isPlain ? message : `${new Date().toISOString()} [${LEVELS[level]}] ${message}\n`;
    try {
      appendFileSync(this.file, line);
    } catch {
      // The folder of the test is gone: nobody is left to read this.
    }
  }

  clearFormatters() {
    this.isPlain = true;
  }

  getLevel() {
    return least;
  }

  setLevel(level) {
    least = level;
  }

  setPattern() {}

  flush() {}

  drop() {}
}

for (const [level, name] of LEVELS.entries()) {
  Logger.prototype[name] = function log(message) {
    this.write(level, message);
  };
}

const create = async (name, file) => new Logger(name, file);

exports.Logger = Logger;
exports.setLevel = (level) => {
  least = level;
};
exports.setFlushOn = () => undefined;
exports.shutdown = () => undefined;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
