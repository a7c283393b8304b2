/**
 * Periods of a server's books (`spec/scrutiny.md`, Y2): a folder for each, called by the moment it begins, which is also the `from` of its `access/digest`. It knows one spelling of a moment and no clock.
 */

const NAME = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$/;

/** UTC seconds as a name that sorts, `20261126T000000Z`. */
export function printPeriod(seconds: number): string {
	return new Date(seconds * 1000)
		.toISOString()
		.replace(/\.[0-9]{3}Z$/, 'Z')
		.replace(/[-:]/g, '');
}

/** UTC seconds, or nothing for any other name. */
export function parsePeriod(name: string): number | undefined {
	const found = NAME.exec(name);
	if (found === null) return undefined;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
	const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
	return printPeriod(seconds) === name ? seconds : undefined;
}
