/**
 * How words of the command line become values: each parser accepts one spelling and says what it expected. It does not know the verbs.
 */
import { InvalidArgumentError } from 'commander';

const COUNT = /^(0|[1-9][0-9]{0,9})$/;
const DIGEST = /^[0-9a-f]{64}$/;
/** Ten digits: as seconds, the year 2286. */
const SECONDS_MAX = 9_999_999_999;

/** Reads a whole number within bounds; `such` is one as an example. */
export function number(such: number, least = 0, most = SECONDS_MAX): (text: string) => number {
	return (text) => {
		const value = COUNT.test(text) ? Number(text) : -1;
		if (value >= least && value <= most) return value;
		throw new InvalidArgumentError(
			`Expected a number from ${least} to ${most} such as ${such}, without signs or separators.`,
		);
	};
}

export function digest(text: string): string {
	if (!DIGEST.test(text))
		throw new InvalidArgumentError(
			'Expected the 64 digits (0–9, a–f in small letters) of a package digest, as printed before polling and by `matokeo election digest`.',
		);
	return text;
}

/** For an option that may stand several times. */
export function collected(text: string, before: readonly string[] | undefined): readonly string[] {
	return [...(before ?? []), text];
}

/** The address of a server: a scheme, a host, perhaps a path; what follows `?` or `#` has no meaning there, and a name or password would end up in logs. */
export function serverUrl(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const plain = url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:');
	if (url === undefined || !plain || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
		throw new InvalidArgumentError('Expected the address of a server such as http://localhost:8700/ or https://…');
	if (!url.pathname.endsWith('/')) url.pathname += '/';
	return url;
}
