import type { RandomBytes } from '../directory/identifiers.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz012345';

/** `o-` and ten letters and digits. */
export function drawOrganizationId(random: RandomBytes): string {
  return `o-${drawText(random, 10)}`;
}

/** `r-` and four. */
export function drawRootId(random: RandomBytes): string {
  return `r-${drawText(random, 4)}`;
}

/** `ou-`, the root's four, and eight of its own. */
export function drawUnitId(rootId: string, random: RandomBytes): string {
  return `ou-${rootId.slice('r-'.length)}-${drawText(random, 8)}`;
}

/** The alphabet has 32 letters, so the low bits of a byte choose one without bias. */
function drawText(random: RandomBytes, length: number): string {
  let text = '';
  for (const byte of random(length)) text += alphabet.charAt(byte % alphabet.length);
  return text;
}
