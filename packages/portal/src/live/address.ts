/**
 * Who is at the other end, as far as an address says (`spec/api.md`, A16, A18): for limits an IPv4 address or the /64 network of an IPv6 one, for the log less than either. It does not
 * know proxies: whether a forwarded address is believed is decided before.
 */
import { isIPv4 } from 'node:net';

/** The unit that limits are kept for. */
export function addressGroup(ip: string): string {
	const v4 = asIpv4(ip);
	return v4 ?? `${ipv6Groups(ip).slice(0, 4).join(':')}::/64`;
}

/** What may be written down: a /24 or a /48. */
export function shortAddress(ip: string): string {
	const v4 = asIpv4(ip);
	if (v4 !== undefined) return `${v4.split('.').slice(0, 3).join('.')}.0/24`;
	return `${ipv6Groups(ip).slice(0, 3).join(':')}::/48`;
}

export function isLoopback(ip: string): boolean {
	return asIpv4(ip)?.startsWith('127.') ?? ip === '::1';
}

/** Also an IPv4 address that an IPv6 socket spells `::ffff:192.0.2.1`. */
function asIpv4(ip: string): string | undefined {
	const plain = ip.startsWith('::ffff:') ? ip.slice(7) : ip;
	return isIPv4(plain) ? plain : undefined;
}

/** Eight groups of hex digits without leading zeroes; an interface name behind `%` is dropped. */
function ipv6Groups(ip: string): readonly string[] {
	const [head = '', tail] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
	const before = head === '' ? [] : head.split(':');
	const after = tail === undefined || tail === '' ? [] : tail.split(':');
	const zeroes = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
	return [...before, ...Array<string>(zeroes).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''));
}
