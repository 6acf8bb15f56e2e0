// The program: argv in, exit code out. bin/start.cjs loads it.
import { run } from './run.ts';

void run(process).then((code) => {
  process.exit(code);
});
