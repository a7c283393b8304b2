/** What must hold whatever witnesses answer and in whatever order (`spec/storage.md`, D24–D26): the part of the collector that decides, without network, log or clock. */
import { evaluateQuorum } from '@matokeo/core/log/policy.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Heard } from '../../src/witnesses/answers.ts';
import { collecting, type Offer, type Question } from '../../src/witnesses/collecting.ts';
import { roster, WITNESSES } from '../lib/witnesses.ts';

const NOTE = { text: 'x\n', textBytes: new Uint8Array(), signatures: [] };

function offer(size: number): Offer {
	return { size, root: new Uint8Array(32), note: NOTE, cosigned: new Map() };
}

/** What happens next: the log grows, time passes, or the oldest question to a witness is answered somehow. */
type Step =
	| { readonly do: 'grow'; readonly by: number }
	| { readonly do: 'pass'; readonly ms: number }
	| {
			readonly do: 'answer';
			readonly witness: number;
			readonly how: 'honest' | 'fail' | 'claim' | 'forget' | 'object';
	  };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constant('grow' as const), by: fc.integer({ min: 1, max: 40 }) }),
	fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
	fc.record({
		do: fc.constant('answer' as const),
		witness: fc.integer({ min: 0, max: WITNESSES.length - 1 }),
		how: fc.constantFrom('honest', 'honest', 'honest', 'fail', 'claim', 'forget', 'object'),
	}),
);

interface Model {
	readonly waiting: Map<string, { readonly question: Question; readonly atMs: number }>;
	/** Where an honest witness stands. */
	readonly at: Map<string, number>;
	/** Size → who has cosigned it. */
	readonly cosigned: Map<number, Set<string>>;
	readonly offered: Set<number>;
	readonly lastMs: Map<string, number>;
	/** Who has just said a larger size than it was asked from, and how often in a row: three times it is asked again at once. */
	readonly overtaken: Map<string, number>;
}

function run(steps: readonly Step[], check: (what: string, isSo: boolean) => void) {
	const machine = collecting(roster);
	const model: Model = {
		waiting: new Map(),
		at: new Map(),
		cosigned: new Map(),
		offered: new Set(),
		lastMs: new Map(),
		overtaken: new Map(),
	};
	let [nowMs, size, seen] = [1_000, 1, 0];
	const moment = () => ({ ms: nowMs, seconds: Math.floor(nowMs / 1_000), chance: 0 });
	const look = (): void => {
		for (const question of machine.due(nowMs).questions) {
			const { name } = question.witness;
			check('one question at a time', !model.waiting.has(name));
			check('from a size that is not beyond', question.old <= question.offer.size);
			check('of a checkpoint that was published', model.offered.has(question.offer.size));
			const inARow = model.overtaken.get(name) ?? 0;
			const isOvertaken = inARow > 0 && inARow <= 3;
			check('not too soon', isOvertaken || nowMs - (model.lastMs.get(name) ?? -Infinity) >= 300);
			model.waiting.set(name, { question, atMs: nowMs });
		}
	};
	const answer = (name: string, how: Extract<Step, { readonly do: 'answer' }>['how']): void => {
		const asked = model.waiting.get(name);
		if (asked === undefined) return;
		model.waiting.delete(name);
		model.lastMs.set(name, nowMs);
		if (how === 'forget') model.at.set(name, 0);
		const { old, offer: at } = asked.question;
		const heard = how === 'honest' || how === 'forget' ? honestly(name, old) : otherwise(how, size);
		const isAhead = heard.kind === 'conflict' && heard.size > old && heard.size <= size;
		model.overtaken.set(name, isAhead ? (model.overtaken.get(name) ?? 0) + 1 : 0);
		if (heard.kind === 'cosigned') {
			model.at.set(name, at.size);
			model.cosigned.set(at.size, (model.cosigned.get(at.size) ?? new Set()).add(name));
		}
		const { look: looking } = machine.heard(asked.question, heard, size, moment());
		if (looking) machine.looked(name, undefined);
		const now = machine.witnessed();
		check('what the quorum has seen never goes back', (now?.size ?? 0) >= seen);
		seen = now?.size ?? 0;
		if (now === undefined) return;
		const who = model.cosigned.get(now.size) ?? new Set();
		check('and was seen by a quorum', evaluateQuorum(roster.policy, who).met);
		check(
			'with nobody’s cosignature but theirs',
			[...now.cosigned.keys()].every((one) => who.has(one)),
		);
	};
	const honestly = (name: string, old: number): Heard => {
		const at = model.at.get(name) ?? 0;
		if (old !== at) return { kind: 'conflict', size: at };
		return { kind: 'cosigned', signature: { name, keyId: '00000000', signature: new Uint8Array(72) }, seconds: 1 };
	};
	const grow = (by: number): void => {
		size += by;
		model.offered.add(size);
		machine.published(offer(size), moment());
	};
	grow(1);
	look();
	for (const one of steps) {
		if (one.do === 'grow') grow(one.by);
		if (one.do === 'pass') nowMs += one.ms;
		if (one.do === 'answer') answer(WITNESSES[one.witness] ?? '', one.how);
		look();
	}
	/** From here on everybody is honest and answers at once. */
	const settle = (ms: number): void => {
		for (const until = nowMs + ms; nowMs < until; nowMs += 100) {
			for (const name of WITNESSES) answer(name, 'honest');
			look();
		}
	};
	return { machine, settle, size: () => size };
}

function otherwise(how: 'fail' | 'claim' | 'object', size: number): Heard {
	switch (how) {
		case 'fail':
			return { kind: 'failed', why: 'it cannot be reached' };
		case 'claim':
			return { kind: 'conflict', size: size + 1_000 };
		case 'object':
			return { kind: 'inconsistent' };
	}
}

describe('collecting, whatever is answered', () => {
	it('asks one thing at a time, with pauses, and never says more of a quorum than is so', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
				const broken: string[] = [];
				run(steps, (what, isSo) => {
					if (!isSo) broken.push(what);
				});
				expect(broken).toEqual([]);
			}),
			{ numRuns: 400 },
		);
	});

	it('when all are honest again, the quorum has seen everything within two minutes', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
				const { machine, settle, size } = run(steps, () => undefined);
				settle(120_000);
				expect(machine.witnessed()?.size).toBe(size());
				expect(machine.behindSince()).toBeUndefined();
				for (const name of WITNESSES)
					expect(machine.dialogue(name)).toMatchObject({ cosigned: size(), standing: { state: 'well' } });
			}),
			{ numRuns: 200 },
		);
	});
});

describe('collecting, when cosignatures come late', () => {
	it('an older checkpoint whose quorum comes together after a newer one’s takes nothing back', () => {
		const machine = collecting(roster);
		const at = (ms: number) => ({ ms, seconds: Math.floor(ms / 1_000), chance: 0 });
		const ask = (ms: number) => new Map(machine.due(ms).questions.map((question) => [question.witness.name, question]));
		const say = (question: Question | undefined, how: 'cosigned' | 'failed', ms: number): void => {
			if (question === undefined) throw new Error('it was asked');
			const { name } = question.witness;
			const signature = { name, keyId: '00000000', signature: new Uint8Array(72) };
			const heard: Heard =
				how === 'failed' ? { kind: 'failed', why: 'late' } : { kind: 'cosigned', signature, seconds: 1 };
			machine.heard(question, heard, 9, at(ms));
		};
		machine.published(offer(5), at(0));
		const first = ask(0);
		say(first.get('witness/news'), 'failed', 100);
		say(first.get('witness/moon'), 'failed', 100);
		machine.published(offer(9), at(200));
		const second = ask(11_000);
		expect([...second.keys()]).toEqual(['witness/moon', 'witness/news']);
		say(second.get('witness/news'), 'cosigned', 11_100);
		say(second.get('witness/moon'), 'cosigned', 11_100);
		expect(machine.witnessed()?.size).toBe(9);
		say(first.get('witness/court'), 'cosigned', 11_200);
		say(first.get('witness/sun'), 'cosigned', 11_200);
		expect(machine.witnessed()?.size).toBe(9);
	});
});
