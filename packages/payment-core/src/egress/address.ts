import ipaddr from 'ipaddr.js';

export type AddressClass = 'public' | 'loopback' | 'blocked';

/** All of today's global unicast space; what lies outside is special or not allotted. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Where an IP address leads (invariant 12). `blocked` is everything that is neither public nor loopback: private,
 * link-local (the cloud's metadata service), CGNAT, ULA, IPv4-mapped, NAT64, 6to4, Teredo, multicast, reserved,
 * and text that is not a plain address. IPv4 only as four decimal parts: 0177.0.0.1 and 2130706433 are `blocked`
 * here, while a URL's host arrives normalised by the URL parser.
 */
export const classifyAddress = (address: string): AddressClass => {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    const range = ipaddr.IPv4.parse(address).range();
    if (range === 'unicast') return 'public';
    return range === 'loopback' ? 'loopback' : 'blocked';
  }
  // A zone (fe80::1%eth0) names an interface of this machine.
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return 'blocked';
  const parsed = ipaddr.IPv6.parse(address);
  const range = parsed.range();
  if (range === 'loopback') return 'loopback';
  return range === 'unicast' && parsed.match(GLOBAL_UNICAST) ? 'public' : 'blocked';
};

/** The address in a URL's `hostname`, without brackets; undefined when the host is a name. */
export const literalAddress = (hostname: string): string | undefined => {
  if (hostname.startsWith('[') && hostname.endsWith(']')) return hostname.slice(1, -1);
  return ipaddr.IPv4.isValidFourPartDecimal(hostname) ? hostname : undefined;
};
