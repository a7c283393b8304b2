/** Seconds of the log's clock as a date, in UTC whatever the machine thinks. What no calendar of four-digit years has stays a number. */
const LAST_SECOND = 253_402_300_799;

export function utc(seconds: number): string {
	if (seconds > LAST_SECOND) return `${seconds} seconds after 1970-01-01 00:00:00 UTC`;
	return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}
