import { styleText } from 'node:util';
import { CreateUserCommand } from '@aws-sdk/client-iam';
import { startEndpoint } from '../../endpoint/index.ts';
import { connect, type Connection } from '../../iam/index.ts';
import { connectToAws } from '../connect.ts';
import type { Context } from '../context.ts';
import type { Stage } from '../demo/stage.ts';
import { tellStory } from '../demo/story.ts';
import { exitCodes } from '../exit-code.ts';

export interface DemoInput {
  /** On AWS, with the caller's credentials, and not on an endpoint of the demo's own. */
  readonly aws: boolean;
  /** Whose keys; the caller's own if absent. */
  readonly user?: string;
}

/** AWS's changes take seconds to be known everywhere; the endpoint's are known at once. */
const patience = {
  aws: { firstAfter: 5000, every: 5000, within: 60_000 },
  endpoint: { firstAfter: 0, every: 0, within: 10_000 },
};

const callWidth = 26;

/** `keyturn demo`: the life of an access key, from the first list to the last. */
export async function runDemo(context: Context, input: DemoInput): Promise<number | undefined> {
  return input.aws ? runOnAws(context, input) : runOnOwnEndpoint(context, input);
}

async function runOnAws(context: Context, input: DemoInput): Promise<number | undefined> {
  const { connection, endpoint } = await connectToAws(context);
  await greet(context, `on ${endpoint}`, 'one key is made and deleted; your keys are left as they are found');
  return perform(context, { aws: connection, UserName: input.user, patience: patience.aws });
}

async function runOnOwnEndpoint(context: Context, input: DemoInput): Promise<number | undefined> {
  await using endpoint = await startEndpoint();
  const { accessKeyId, secretAccessKey } = endpoint.administrator;
  const aws = connect({
    region: 'us-east-1',
    endpoint: endpoint.url,
    credentials: { accessKeyId, secretAccessKey: secretAccessKey?.reveal() ?? '' },
  });
  await greet(context, 'on an endpoint of its own', 'nothing here reaches AWS, and all of it is gone at the end');
  if (input.user !== undefined) await createUser(context, aws, input.user);
  try {
    return await perform(context, { aws, UserName: input.user, patience: patience.endpoint });
  } finally {
    aws.destroy();
  }
}

/** On an endpoint that has just begun, the user of the story has to be made first: one without a key. */
async function createUser(context: Context, aws: Connection, UserName: string): Promise<void> {
  if (UserName.toLowerCase() === 'admin') return;
  await aws.iam.send(new CreateUserCommand({ UserName }));
  await tell(context, 'iam:CreateUser', `there is a user ${UserName} now, without access keys`);
}

async function greet({ printer }: Context, where: string, promise: string): Promise<void> {
  await printer.data(`Keyturn demo: the life of an access key, ${where}\n${promise}\n\n`);
}

async function perform(
  context: Context,
  setting: Pick<Stage, 'aws' | 'UserName' | 'patience'>,
): Promise<number | undefined> {
  const { printer, interruption } = context;
  const ending = await tellStory({
    ...setting,
    interruption,
    tell: (call, text) => tell(context, call, text),
    wait: (text) => {
      printer.progress(text);
    },
  });
  if (ending === 'told') {
    await printer.data('\nThat was the whole life of a key. Thank you for watching!\n');
    return undefined;
  }
  await printer.data('\nThere is no room for another key, and none was touched.\n');
  printer.tell(
    'delete a key that is not used (keyturn keys list shows the evidence), or name another user with --user',
  );
  return exitCodes.refused;
}

async function tell({ printer }: Context, call: string, text: string): Promise<void> {
  const column = call.padEnd(callWidth);
  await printer.data(`${printer.look.colour ? styleText('dim', column, { validateStream: false }) : column}${text}\n`);
}
