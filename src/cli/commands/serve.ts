import { once } from 'node:events';
import { startEndpoint, type Planted } from '../../endpoint/index.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { readDocument } from '../document.ts';
import type { Printer } from '../output/printer.ts';
import { locateDataFolder } from '../paths.ts';
import { describeEvent } from './serve-events.ts';
import { readServeInput, type ServeFlags } from './serve-input.ts';
import { describeStart } from './serve-start.ts';

/** Milliseconds after the start. Memory grows under load, and the start goes faster without what is needed to spare it. */
const spareMemoryAfter = 500;

/** `keyturn serve`: answers until it is told to stop, lets the requests under way end, and ends with 0. */
export async function serve({ env, interruption, options, printer }: Context, flags: ServeFlags): Promise<number> {
  const [seed, rehearsal] = await Promise.all([flags.seed, flags.rehearse].map(readDocument));
  const input = readServeInput(flags, env, locateDataFolder(env), { seed, rehearsal });
  return interruption.hold(async () => {
    await using endpoint = await startEndpoint({
      ...input,
      log(event) {
        const line = describeEvent(event, options.debug);
        if (line !== undefined) printer.talk(line);
      },
    });
    const maySecretsBeShown = printer.isTerminal || flags.printCredentials === true;
    const { paste, warnings, talk } = describeStart(endpoint, input, maySecretsBeShown);
    await printer.data(paste);
    warnings.forEach(printer.tell);
    talk.forEach(printer.talk);
    printSeed(endpoint.planted, flags, printer);
    setTimeout(() => void spareMemory(), spareMemoryAfter).unref();
    if (!interruption.signal.aborted) await once(interruption.signal, 'abort');
    return exitCodes.done;
  });
}

async function spareMemory(): Promise<void> {
  (await import('./spare-memory.ts')).spareMemory();
}

/** Says what the seed became, or that it was not looked at. */
function printSeed(planted: Planted | undefined, { seed }: ServeFlags, { talk, tell }: Printer): void {
  if (planted !== undefined) {
    talk(`planted ${planted.accounts} accounts, ${planted.users} users, ${planted.accessKeys} access keys`);
  } else if (seed !== undefined) tell(`there was data already: ${seed} was not planted`);
}
