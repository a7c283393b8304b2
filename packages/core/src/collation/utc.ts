/**
 * UTC seconds as ISO 8601 to the second, by arithmetic: the core has no clock and no calendar of its environment. The Gregorian calendar in eras of 400 years
 * that begin in March, so that a leap day is the last of its year. Leap seconds are not counted, as in Unix time.
 */
const DAY = 86_400;
const DAYS_PER_ERA = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH = 719_468;

export function printUtc(seconds: number): string {
	const { year, month, day } = dateOf(Math.floor(seconds / DAY) + EPOCH);
	const rest = seconds % DAY;
	const [hour, minute, second] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
	return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}Z`;
}

function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
	const era = Math.floor(days / DAYS_PER_ERA);
	const inEra = days % DAYS_PER_ERA;
	const leapless = inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096);
	const yearOfEra = Math.floor(leapless / 365);
	const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	// Months from March have 153 days in every five.
	const fromMarch = Math.floor((5 * inYear + 2) / 153);
	const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
	return {
		year: 400 * era + yearOfEra + (month <= 2 ? 1 : 0),
		month,
		day: inYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
	};
}

function pad(value: number, digits: number): string {
	return String(value).padStart(digits, '0');
}
