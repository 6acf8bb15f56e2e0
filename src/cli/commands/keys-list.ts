import { addLastUsed, listAccessKeys, listAllAccessKeys } from '../../iam/index.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { printAccessKeys } from './print-access-keys.ts';

export interface KeysListInput {
  /** Whose keys; the caller's own if absent. */
  readonly user?: string;
  /** The keys of every user. */
  readonly all?: boolean;
}

/** `keyturn keys list` */
export async function listKeys(context: Context, input: KeysListInput): Promise<undefined> {
  const { form, printer, interruption } = context;
  const { signal } = interruption;
  const { connection } = await connectToAws(context);
  const keys = input.all
    ? listAllAccessKeys(connection, { signal, onProgress: trackProgress(context) })
    : await listAccessKeys(connection, { UserName: input.user, signal });
  const count = await printAccessKeys(context, addLastUsed(connection, keys, { signal }));
  printer.progress('');
  if (count === 0 && form.output === 'table') printer.talk(describeNothing(input));
}

function describeNothing({ user, all }: KeysListInput): string {
  if (all) return 'no user of this account has an access key';
  return `${user ?? 'the caller'} has no access keys`;
}

/** Shows how far the listing of a whole account is, a few times a second. */
function trackProgress({ now, printer }: Context): (progress: { Users: number; AccessKeys: number }) => void {
  const start = now().getTime();
  let shown = start;
  return ({ Users, AccessKeys }) => {
    const time = now().getTime();
    if (time - shown < 100) return;
    shown = time;
    const rate = Math.round((Users * 1000) / (time - start));
    printer.progress(`${Users} users, ${AccessKeys} access keys, ${rate} users a second`);
  };
}
