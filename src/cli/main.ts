// The program: argv in, exit code out. bin/start.cjs loads it.
import { run } from './run.ts';

process.exit(await run(process));
