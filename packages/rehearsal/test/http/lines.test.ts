/** What happens on the lines of election night follows from the seed and the name alone, in the shares that are stated. */
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERFECT_LINES, REALISTIC_LINES, type Weather, weatherOf } from '../../src/http/lines.ts';

const suite = nativeSuite();
const MANY = 20_000;
const names = Array.from({ length: MANY }, (_, number) => `name-${number}`);
const realistic = weatherOf(suite, REALISTIC_LINES);

function perThousand(happens: (name: string) => boolean): number {
	return (names.filter(happens).length * 1000) / MANY;
}

describe('lines', () => {
	it.each<[keyof typeof REALISTIC_LINES, (weather: Weather, name: string) => boolean]>([
		['lostAnswers', (weather, name) => weather.sent(name).answerLost],
		['resends', (weather, name) => weather.sent(name).resent],
		['wrongClocks', (weather, name) => weather.sent(name).clockOff !== 0],
		['secondDevices', (weather, name) => weather.form('president', name).secondDevice],
		['wrongStations', (weather, name) => weather.form('president', name).wrongStation],
		['offline', (weather, name) => weather.form('president', name).offlineSeconds > 0],
		['brokenUploads', (weather, name) => weather.upload(name, 5_000) !== undefined],
	])('%s happens as often as is stated, and never over perfect lines', (share, happens) => {
		const stated = Number(REALISTIC_LINES[share]);
		const found = perThousand((name) => happens(realistic, name));
		expect(found).toBeGreaterThan(stated * 0.8);
		expect(found).toBeLessThan(stated * 1.2);
		const perfect = weatherOf(suite, PERFECT_LINES);
		expect(names.some((name) => happens(perfect, name))).toBe(false);
	});

	it('is the same whoever asks in whatever order, and another for another seed', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray(names.slice(0, 200)), (asked) => {
				const again = weatherOf(suite, REALISTIC_LINES);
				for (const name of asked) expect(again.sent(name)).toEqual(realistic.sent(name));
			}),
			{ numRuns: 20 },
		);
		const other = weatherOf(suite, { ...REALISTIC_LINES, seed: 'other' });
		expect(names.some((name) => other.sent(name).resent !== realistic.sent(name).resent)).toBe(true);
	});

	it('breaks an upload within its bytes, and a clock by exactly a day', () => {
		for (const name of names) {
			const broken = realistic.upload(name, 100);
			if (broken !== undefined) expect(broken.at).toBeLessThan(100);
			expect([0, 86_400]).toContain(Math.abs(realistic.sent(name).clockOff));
		}
	});

	it('keeps a station offline for an hour at least and no longer than is stated', () => {
		const hours = names
			.map((name) => realistic.form('president', name).offlineSeconds / 3_600)
			.filter((one) => one > 0);
		expect(Math.min(...hours)).toBeGreaterThanOrEqual(1);
		expect(Math.max(...hours)).toBeLessThanOrEqual(REALISTIC_LINES.offlineHoursMost);
	});
});
