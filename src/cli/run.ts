/** The composition of the command line: where arguments, clock, streams and signals of the process come together. */
import type { Context } from './context.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { isJson, readForm } from './form.ts';
import { watchInterruption } from './interruption.ts';
import type { Invocation } from './invocation.ts';
import { formatError } from './output/error-text.ts';
import { createPrinter, isClosedPipe, type Printer } from './output/printer.ts';
import { createTerminal } from './terminal.ts';
import { version } from './version.ts';

/** Carries out the command line of a process, and returns the code to end it with. */
export async function run(process: NodeJS.Process): Promise<number> {
  const { env, stdout, stderr } = process;
  // A write that fails is told to whoever wrote; without a listener it would end the process here.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const invocation = await readInvocation(process.argv.slice(2), stdout.columns);
  const printer = createPrinter({ stdout, stderr, env, ...invocation.options });
  try {
    return await carryOut(invocation, printer, process);
  } catch (error) {
    // Whoever reads our output has had enough of it, as `head` does: no failure of ours.
    if (isClosedPipe(error)) return exitCodes.done;
    printer.error(formatError(error, { json: isJson(invocation.options), debug: invocation.options.debug }));
    return exitCodeOf(error);
  } finally {
    await new Promise((resolve) => stderr.write('', resolve));
  }
}

/** The version needs no command tree, and is asked for by scripts that look whether the program is there. */
async function readInvocation(argv: readonly string[], columns: number | undefined): Promise<Invocation> {
  if (argv.length === 1 && argv[0] === '--version') {
    return {
      kind: 'text',
      text: `${version}\n`,
      asked: true,
      options: { yes: false, quiet: false, debug: false, color: false },
    };
  }
  const { readCommandLine } = await import('./program/program.ts');
  return readCommandLine(argv, columns);
}

async function carryOut(invocation: Invocation, printer: Printer, process: NodeJS.Process): Promise<number> {
  const { options } = invocation;
  if (invocation.kind === 'mistake') throw invocation.error;
  if (invocation.kind === 'text') {
    if (invocation.asked) await printer.data(invocation.text);
    else printer.error(invocation.text);
    return invocation.asked ? exitCodes.done : exitCodes.wrongUsage;
  }
  const interruption = watchInterruption(process);
  const context: Context = {
    options,
    env: process.env,
    now: () => new Date(),
    form: await readForm(options, printer.look),
    printer,
    terminal: createTerminal(process),
    interruption,
  };
  const code = await interruption.race(invocation.work(context));
  return code ?? (interruption.signal.aborted ? exitCodes.interrupted : exitCodes.done);
}
