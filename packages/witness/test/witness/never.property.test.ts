/**
 * The one promise (N2, L18): whatever is sent in whatever order, a witness never cosigns two trees of which neither continues the other, nor a smaller one after a larger one, nor an earlier time
 * after a later one. The model is brute force: every tree that was cosigned is compared with every other by its leaves, without any proof.
 */
import { parseCosignature } from '@matokeo/core/log/cosignature.ts';
import { parseSignatureLines } from '@matokeo/core/log/note.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryState } from '../../src/witness/memoryState.ts';
import type { WitnessState } from '../../src/witness/state.ts';
import { bench, checkpoint, honest, ORIGIN, other, type Past, past, proof, rootAt, textOf, unwrap } from './lib.ts';

/** They part at 0, 5, 8 and 13: behind a power of two and elsewhere. */
const PASTS: readonly Past[] = [
	honest,
	other,
	past(64, 'eight', honest.slice(0, 8)),
	past(64, 'late', honest.slice(0, 13)),
	past(64, 'stranger'),
];

interface Step {
	/** Whose checkpoint, and whose proof comes with it. */
	readonly tree: number;
	readonly proofOf: number;
	readonly size: number;
	/** What the client believes: what is true, or any size. */
	readonly old: number | 'true';
	/** Seconds that pass before it, or go back. */
	readonly passes: number;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.record({
		tree: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(PASTS.length - 1)),
		proofOf: fc.oneof(fc.constant(0), fc.nat(PASTS.length - 1)),
		size: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 24 }) }, fc.constantFrom(0, 8, 16, 64)),
		old: fc.oneof({ weight: 4, arbitrary: fc.constant('true' as const) }, fc.nat(24)),
		passes: fc.constantFrom(0, 0, 1, 5, -1),
	}),
	{ minLength: 1, maxLength: 40 },
);

interface Signed {
	readonly tree: number;
	readonly size: number;
	readonly seconds: number;
}

/** Everything that was cosigned, in order. */
function play(story: readonly Step[], state: WitnessState): readonly Signed[] {
	const { addCheckpoint, now } = bench({ state });
	const signed: Signed[] = [];
	for (const { tree, proofOf, size, old, passes } of story) {
		now.seconds += passes;
		const believed = old === 'true' ? (state.latest(ORIGIN)?.size ?? 0) : old;
		const hashes = believed > 0 && believed < size ? proof(PASTS[proofOf] ?? [], believed, size) : [];
		const body = printAddCheckpoint({
			oldSize: believed,
			proof: hashes,
			checkpoint: checkpoint(PASTS[tree] ?? [], size),
		});
		const answer = addCheckpoint(body);
		if (answer.code !== 200) continue;
		const [line] = unwrap(parseSignatureLines(textOf(answer)));
		const seconds = parseCosignature(line?.signature ?? new Uint8Array())?.seconds ?? -1;
		signed.push({ tree, size, seconds });
	}
	return signed;
}

/** Two steps, the second of which should not have been signed. */
function broken(signed: readonly Signed[]): readonly Signed[] | undefined {
	for (const [place, after] of signed.entries())
		for (const before of signed.slice(0, place)) {
			const [a, b] = [PASTS[before.tree] ?? [], PASTS[after.tree] ?? []];
			const continues = a
				.slice(0, before.size)
				.every((leaf, at) => Buffer.from(leaf).equals(b[at] ?? new Uint8Array()));
			if (!continues || after.size < before.size || after.seconds < before.seconds) return [before, after];
		}
	return undefined;
}

const RUNS = { numRuns: 400, seed: 20_270_809 };

describe('the one promise', () => {
	it('N2 no two cosigned trees contradict one another, in any order of requests', () => {
		let cosigned = 0;
		fc.assert(
			fc.property(steps, (story) => {
				const signed = play(story, memoryState());
				cosigned += signed.length;
				expect(broken(signed)).toBeUndefined();
			}),
			RUNS,
		);
		// A witness that signs nothing keeps the promise as well; this one works.
		expect(cosigned).toBeGreaterThan(RUNS.numRuns);
	});

	it.each([
		[
			'answers without having persisted now and then',
			(state: WitnessState): WitnessState => {
				let steps = 0;
				return { ...state, advance: (next, before) => ++steps % 3 === 0 || state.advance(next, before) };
			},
		],
		[
			'keeps the size and not the root',
			(state: WitnessState): WitnessState => {
				const roots = new Map<number, Uint8Array>();
				return {
					...state,
					latest: (origin) => {
						const last = state.latest(origin);
						return last && { ...last, root: roots.get(last.size) ?? last.root };
					},
					advance: (next, before) => {
						for (let size = 1; size <= 24; size++) roots.set(size, rootAt(other, size));
						return state.advance(next, before && state.latest(next.origin));
					},
				};
			},
		],
		['forgets its last time', (state: WitnessState): WitnessState => ({ ...state, newestSeconds: () => 0 })],
	])('N2 the model sees a witness that %s', (_, fault) => {
		const found = fc.check(
			fc.property(steps, (story) => broken(play(story, fault(memoryState()))) === undefined),
			RUNS,
		);
		expect(found.failed).toBe(true);
	});
});
