import { getCallerIdentity } from '../../iam/index.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import { formatAnswer } from '../output/answer.ts';
import { formatRecord } from '../output/table.ts';

/** `keyturn whoami` */
export async function showCaller(context: Context): Promise<undefined> {
  const { connection } = await connectToAws(context);
  const { UserId, Account, Arn } = await getCallerIdentity(connection, { signal: context.interruption.signal });
  const table = formatRecord([
    ['account', Account],
    ['arn', Arn],
    ['user id', UserId],
  ]);
  await context.printer.data(formatAnswer({ document: { UserId, Account, Arn }, table }, context.form));
}
