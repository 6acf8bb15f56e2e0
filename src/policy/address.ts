/**
 * Internet addresses and ranges of them as policies and requests write them, which AWS takes in more spellings than the
 * standards know: zeros before a decimal number, an empty group at the end, one at the beginning for zero.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
import { isIPv4, isIPv6 } from 'node:net';

export interface Address {
  readonly version: 4 | 6;
  readonly number: bigint;
}

export interface AddressRange {
  readonly network: Address;
  readonly length: number;
}

const bits = { 4: 32, 6: 128 } as const;
const mapped = 0xffffn;

/** An address of a request; one of version 4 in the clothes of version 6 is one of version 4. */
export function readAddress(text: string): Address | undefined {
  const address = parseAddress(text);
  if (address?.version !== 6) return address;
  if (address.number >> 32n === mapped) return { version: 4, number: address.number & 0xffffffffn };
  return text.includes('.') ? undefined : address;
}

/**
 * A range of a policy; an address alone is a range of one. One of version 6 is written without dots, and no bit may be set
 * behind its prefix.
 */
export function readAddressRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const network = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (network === undefined) return undefined;
  const most = bits[network.version];
  const prefix = slash < 0 ? String(most) : text.slice(slash + 1);
  if (!/^\+?\d{1,9}$/.test(prefix) || Number(prefix) > most) return undefined;
  const length = Number(prefix);
  if (
    network.version === 6 &&
    (text.includes('.') || cut(network, length) << BigInt(most - length) !== network.number)
  ) {
    return undefined;
  }
  return { network, length };
}

/** An address of version 4 is in no range of version 6, nor the other way round. */
export function isInRange({ network, length }: AddressRange, address: Address): boolean {
  return address.version === network.version && cut(address, length) === cut(network, length);
}

function cut({ version, number }: Address, length: number): bigint {
  return number >> BigInt(bits[version] - length);
}

function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const plain = text.replaceAll(/\b0+(?=\d)/g, '');
    return isIPv4(plain) ? { version: 4, number: joinBytes(plain) } : undefined;
  }
  const plain = straighten(text);
  return isIPv6(plain) && !plain.includes('%') ? { version: 6, number: joinGroups(plain) } : undefined;
}

/** Without the empty groups that AWS overlooks: one before the rest, which is zero, and those behind or beside `::`. */
function straighten(text: string): string {
  const led = /^:(?!:)/.test(text) ? `0${text}` : text;
  const [left = '', ...rest] = led.split('::');
  if (rest.length === 0) return led.replace(/:$/, '');
  return rest.length === 1 ? `${left}::${(rest[0] ?? '').replaceAll(/^:+|:+$/g, '')}` : led;
}

function joinBytes(text: string): bigint {
  return text.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

function joinGroups(text: string): bigint {
  const [left = [], right] = text.split('::').map(readGroups);
  const gap = right === undefined ? [] : Array<bigint>(8 - left.length - right.length).fill(0n);
  return [...left, ...gap, ...(right ?? [])].reduce((number, group) => (number << 16n) | group, 0n);
}

function readGroups(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const number = joinBytes(group);
    return [number >> 16n, number & 0xffffn];
  });
}
