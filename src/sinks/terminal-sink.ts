/** The sink `terminal`: a person, who is shown the pair once. Nothing can be read back from one. */
import { KeyturnError } from '../errors.ts';
import type { KeyPair, Sink } from '../rotation/sink.ts';

/** @param show shows a text at the terminal; absent where there is none */
export function openTerminalSink(spec: string, show: ((text: string) => void) | undefined): Sink {
  const requireTerminal = (): ((text: string) => void) => {
    if (show !== undefined) return show;
    throw new KeyturnError('ERR_USAGE', 'there is no terminal to show the key on', {
      hint: 'name another place, such as profile:NAME or env-file:PATH',
    });
  };
  return {
    spec,
    name: 'this terminal',
    canRead: false,
    isShared: true,
    check: () =>
      new Promise((resolve) => {
        requireTerminal();
        resolve();
      }),
    read: () => Promise.resolve(undefined),
    deliver: (pair, { requireLease }) =>
      new Promise((resolve) => {
        const tell = requireTerminal();
        requireLease();
        tell(composeText(pair));
        resolve();
      }),
    restore: () => Promise.resolve(false),
    settle: () => Promise.resolve(),
  };
}

function composeText({ AccessKeyId, SecretAccessKey, SmtpPassword }: KeyPair): string {
  const smtp = SmtpPassword === undefined ? '' : `SmtpPassword     ${SmtpPassword.reveal()}\n`;
  return `AccessKeyId      ${AccessKeyId}\nSecretAccessKey  ${SecretAccessKey.reveal()}\n${smtp}`;
}
