import { once } from 'node:events';
import { startEndpoint } from '../../endpoint/index.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { locateDataFolder } from '../paths.ts';
import { describeEvent } from './serve-events.ts';
import { readServeInput, type ServeFlags } from './serve-input.ts';
import { describeStart } from './serve-start.ts';

/** `keyturn serve`: answers until it is told to stop, lets the requests under way end, and ends with 0. */
export async function serve({ env, interruption, options, printer }: Context, flags: ServeFlags): Promise<number> {
  const input = readServeInput(flags, env, locateDataFolder(env));
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
    if (!interruption.signal.aborted) await once(interruption.signal, 'abort');
    return exitCodes.done;
  });
}
