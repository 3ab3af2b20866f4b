import { isIPv6 } from 'node:net';

/** The first four groups of an IPv6 address, written out: what one household or server is given. */
const network = (address: string): string => {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
};

/** Stands for one client: its IPv4 address, or its IPv6 network, because one machine may use any address in it. */
export const clientKey = (ip: string): string => {
  const [address = ''] = ip.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? network(address.toLowerCase()) : address;
};
