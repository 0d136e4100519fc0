import { runProgram } from '../../../src/cli.js';

await runProgram();
