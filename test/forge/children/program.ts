import { runProgram } from '../../../src/cli.js';

// The headless runner as it is shipped: one file, in a process of its own.
await runProgram();
