/** Where the sinks in AWS are tested: a small server of our own everywhere, and moto where Python has it. */
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { describeFailure } from '../../../src/iam/failure.ts';
import type { SinkAws } from '../../../src/sinks/aws.ts';
import { findPythonProgram } from '../../../bench/peers.ts';
import { startFakeAws } from './fake-aws.ts';

const moto = findPythonProgram('moto_server');
if (moto === undefined) console.warn('left out: the sinks in AWS against moto, which is not installed');

export const servers = [
  ['our own server', startOwn],
  ...(moto === undefined ? [] : [['moto', () => startMoto(moto)] as const]),
] as const;

export interface Server {
  readonly url: string;
  close(): void;
}

async function startOwn(): Promise<Server> {
  return startFakeAws();
}

async function startMoto(program: string): Promise<Server> {
  const port = await findFreePort();
  const child = spawn(program, ['-p', String(port), '-H', '127.0.0.1'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 300; attempt++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { url, close: () => child.kill('SIGKILL') };
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error('moto does not start');
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The way to a server, signed by a key that may change from one operation to the next. */
export function reach(url: string, nameSigner: () => string = () => 'AKIASIGNERSIGNERSIGN'): SinkAws {
  return {
    configure: () =>
      Promise.resolve({
        region: 'us-east-1',
        endpoint: url,
        credentials: { accessKeyId: nameSigner(), secretAccessKey: 'signing' },
      }),
    describeFailure,
  };
}
