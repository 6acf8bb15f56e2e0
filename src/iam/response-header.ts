import type { Command } from './command.ts';
import { readStack } from './command.ts';

/** Tells of a header of the answer to a command, where it has it. */
export function watchHeader(command: Command, name: string, report: (value: string) => void): void {
  readStack(command).add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers = {} } = result.response as { headers?: Readonly<Record<string, string | undefined>> };
      const value = headers[name];
      if (value !== undefined) report(value);
      return result;
    },
    { step: 'deserialize', name: 'keyturnWatchHeader', override: true },
  );
}
