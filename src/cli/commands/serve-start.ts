import type { Endpoint, EndpointOptions } from '../../endpoint/index.ts';

/** What `keyturn serve` says when it has started. */
export interface StartText {
  /** For stdout: where it listens, and lines for a shell. */
  readonly paste: string;
  readonly warnings: readonly string[];
  readonly talk: readonly string[];
}

/**
 * @param maySecretsBeShown whether stdout is a terminal, or printing them was asked for
 */
export function describeStart(
  { url, administrator, controlToken }: Pick<Endpoint, 'url' | 'administrator' | 'controlToken'>,
  { host = '', data, control, secretAccessKey: given }: EndpointOptions,
  maySecretsBeShown: boolean,
): StartText {
  const { accessKeyId, secretAccessKey } = administrator;
  const secret = maySecretsBeShown ? secretAccessKey?.reveal() : undefined;
  const variables = {
    AWS_ENDPOINT_URL_IAM: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ENDPOINT_URL_ORGANIZATIONS: url,
    AWS_ENDPOINT_URL_CLOUDTRAIL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    ...(secret !== undefined && { AWS_SECRET_ACCESS_KEY: secret }),
    AWS_REGION: 'us-east-1',
  };
  const lines = [`listening on ${url}`, 'unset AWS_PROFILE AWS_SESSION_TOKEN', exportVariables(variables)];
  // A token from the environment is known already.
  if (control === true && controlToken !== undefined) {
    lines.push(exportVariables({ KEYTURN_CONTROL_TOKEN: controlToken.reveal() }));
  }
  return {
    paste: lines.map((line) => `${line}\n`).join(''),
    warnings: [
      ...(isLoopback(host) ? [] : [`${host} can be reached from other machines, and nothing on the way is encrypted`]),
      ...(secret === undefined && given === undefined
        ? [explainMissingSecret(accessKeyId, secretAccessKey !== undefined)]
        : []),
    ],
    talk: [data === undefined ? 'nothing is kept: it is all in memory' : `everything is kept in ${data}`],
  };
}

function explainMissingSecret(accessKeyId: string, isKnown: boolean): string {
  if (isKnown) return `the secret of ${accessKeyId} is printed to a terminal, or with --print-credentials`;
  return `the secret of ${accessKeyId} was printed at the first start, and is not printed again`;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host);
}

function exportVariables(variables: Readonly<Record<string, string>>): string {
  return `export ${Object.entries(variables)
    .map(([name, value]) => `${name}=${quoteForShell(value)}`)
    .join(' ')}`;
}

function quoteForShell(text: string): string {
  return /^[\w/+=.:@%,[\]-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
