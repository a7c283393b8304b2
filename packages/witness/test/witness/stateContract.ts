/** What every state of a witness must do (N3, N8), whoever keeps it: run on SQLite and on the memory twin. */
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/witness/limits.ts';
import type { Cosigned, Incident, WitnessState } from '../../src/witness/state.ts';
import { honest, rootAt } from './lib.ts';

export function cosignedAt(size: number, count: number, origin = 'a.example'): Cosigned {
	const seconds = 1_000 + count;
	return { origin, size, root: rootAt(honest, size), note: utf8Encode(`note ${size}`), seconds, since: 1_001, count };
}

function incidentAt(place: number, kind: Incident['kind'], origin = 'a.example'): Incident {
	const id = `${kind === 'proven' ? 'a' : 'b'}${origin[0]}${String(place).padStart(30, '0')}`;
	const about = { origin, kind, size: place, root: rootAt(honest, place % 60), seconds: 2_000 + place };
	return { id, ...about, what: `Incident ${place}.`, file: utf8Encode(`file ${place}`) };
}

/** Without the difference between kinds of byte arrays. */
function plain(value: unknown): unknown {
	if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}

export function stateContract(name: string, open: () => WitnessState): void {
	describe(`the state of a witness: ${name}`, () => {
		it('N3 knows nothing at first', () => {
			const state = open();
			expect([state.latest('a.example'), state.all(), state.newestSeconds(), state.incidents()]).toEqual([
				undefined,
				[],
				0,
				[],
			]);
			state.close();
		});

		it('N3 keeps the newest of each origin, whole', () => {
			const state = open();
			expect(state.advance(cosignedAt(7, 1), undefined)).toBe(true);
			expect(state.advance(cosignedAt(3, 5, 'b.example'), undefined)).toBe(true);
			expect(state.advance(cosignedAt(9, 2), cosignedAt(7, 1))).toBe(true);
			expect(plain(state.latest('a.example'))).toEqual(plain(cosignedAt(9, 2)));
			expect(plain(state.all())).toEqual(plain([cosignedAt(9, 2), cosignedAt(3, 5, 'b.example')]));
			expect(state.newestSeconds()).toBe(1_005);
			state.close();
		});

		it('N3 writes nothing when another came between', () => {
			const state = open();
			expect(state.advance(cosignedAt(8, 2), cosignedAt(7, 1))).toBe(false);
			state.advance(cosignedAt(7, 1), undefined);
			expect(state.advance(cosignedAt(8, 1), undefined)).toBe(false);
			state.advance(cosignedAt(9, 2), cosignedAt(7, 1));
			expect(state.advance(cosignedAt(8, 2), cosignedAt(7, 1))).toBe(false);
			expect(state.latest('a.example')?.size).toBe(9);
			state.close();
		});

		it('N8 keeps an incident once, newest first', () => {
			const state = open();
			const [one, two] = [incidentAt(1, 'proven'), incidentAt(2, 'unexplained')];
			expect([one, two, one].map(state.keepIncident)).toEqual(['kept', 'kept', 'known']);
			expect(plain(state.incidents())).toEqual(plain([two, one]));
			expect(plain(state.incident(one.id))).toEqual(plain(one));
			expect(state.incident('none')).toBeUndefined();
			state.close();
		});

		it('N8 keeps the first proven ones of a log and the last unexplained ones, each log for itself', () => {
			const state = open();
			for (let i = 1; i <= LIMITS.provenMax; i++) state.keepIncident(incidentAt(i, 'proven'));
			expect(state.keepIncident(incidentAt(99, 'proven'))).toBe('full');
			expect(state.keepIncident(incidentAt(99, 'proven', 'b.example'))).toBe('kept');
			for (let i = 1; i <= LIMITS.unexplainedMax + 3; i++) state.keepIncident(incidentAt(i, 'unexplained'));
			const places = state.incidents().flatMap(({ kind, size }) => (kind === 'unexplained' ? [size] : []));
			expect(places).toEqual(Array.from({ length: LIMITS.unexplainedMax }, (_, i) => LIMITS.unexplainedMax + 3 - i));
			expect(state.incidents().filter(({ kind }) => kind === 'proven')).toHaveLength(LIMITS.provenMax + 1);
			state.close();
		});

		it('N8 forgets an unexplained one when the same tree is cosigned or proven against, and no other', () => {
			const state = open();
			for (const place of [4, 5, 6]) state.keepIncident(incidentAt(place, 'unexplained'));
			state.keepIncident(incidentAt(4, 'unexplained', 'b.example'));
			state.advance(cosignedAt(4, 1), undefined);
			state.keepIncident({ ...incidentAt(90, 'proven'), size: 5, root: rootAt(honest, 5) });
			const left = state.incidents().map(({ origin, kind, size }) => `${origin} ${kind} ${size}`);
			expect(left).toEqual(['a.example proven 5', 'b.example unexplained 4', 'a.example unexplained 6']);
			state.close();
		});
	});
}
