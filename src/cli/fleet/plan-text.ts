import { text } from 'node:stream/consumers';
import { KeyturnError } from '../../errors.ts';
import { readText } from '../../sinks/text-file.ts';

/** The text of a plan: of a file, or for `-` of standard input. @throws {KeyturnError} `ERR_FILE` */
export async function readPlanText(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  const found = await readText(file);
  if (found !== undefined) return found;
  throw new KeyturnError('ERR_FILE', `there is no plan ${file}`, { hint: `keyturn plan --out ${file} makes one` });
}
