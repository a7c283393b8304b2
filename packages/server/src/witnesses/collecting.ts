/**
 * Who is to be asked for what (D24, D26): one checkpoint at a time is offered to all, until the quorum has seen it or everybody who can be expected to has answered; then the latest. Under load so many
 * checkpoints come that witnesses who each took the latest would hardly ever cosign the same one.
 *
 * It holds what it was told and nothing else: no network, no clock, no file. Whoever drives it says what time it is and what was answered.
 */
import type { NoteSignature, SignedNote } from '@matokeo/core/log/note.ts';
import { evaluateQuorum, type Policy } from '@matokeo/core/log/policy.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Heard } from './answers.ts';
import {
	asked,
	type Dialogue,
	heard,
	isHopeful,
	looked,
	type Moment,
	NEW_DIALOGUE,
	nextFor,
	PAUSE_MS,
} from './dialogue.ts';
import type { KnownWitness, Roster } from './roster.ts';

/** A published checkpoint, and who has cosigned it. */
export interface Offer {
	readonly size: number;
	readonly root: Uint8Array;
	/** With the log's own signatures only. */
	readonly note: SignedNote;
	/** By the policy's names. */
	readonly cosigned: ReadonlyMap<string, Cosigned>;
}

export interface Cosigned {
	readonly signature: NoteSignature;
	/** UTC seconds by the witness's clock. */
	readonly seconds: number;
}

export interface Question {
	readonly witness: KnownWitness;
	readonly old: number;
	readonly offer: Offer;
}

export interface Collecting {
	/** A checkpoint was published. */
	readonly published: (offer: Offer, now: Moment) => void;
	/** Questions to be asked now, each of them noted as asked; and when to look again, in milliseconds of the steady clock, if nothing happens before. */
	readonly due: (nowMs: number) => { readonly questions: readonly Question[]; readonly wakeMs: number | undefined };
	/** The answer to a question of `due`. */
	readonly heard: (question: Question, answer: Heard, ours: number, now: Moment) => Consequence;
	/** The answer to a look at its latest checkpoint, which `heard` asked for. */
	readonly looked: (name: string, size: number | undefined) => void;
	readonly dialogue: (name: string) => Dialogue;
	/** The newest checkpoint that the quorum has seen. */
	readonly witnessed: () => Offer | undefined;
	/** Since when, in UTC seconds, the log has been ahead of what the quorum has seen; `undefined` while it is not. */
	readonly behindSince: () => number | undefined;
}

export interface Consequence {
	/** The checkpoint has a cosignature more than before. */
	readonly cosigned?: Offer;
	/** The witness's latest checkpoint is to be looked at. */
	readonly look: boolean;
}

/** Until a checkpoint is given up whose quorum does not come together although everybody answers. */
const ROUND_MS_MAX = 10_000;
/** Checkpoints that late cosignatures may still be added to. */
const OFFERS_MAX = 8;

/** `witnessed`: what the quorum is known to have seen before. */
export function collecting({ policy, witnesses }: Roster, witnessed?: Offer): Collecting {
	const dialogues = new Map(witnesses.map((witness) => [witness.name, firstDialogue(witness)]));
	const rounds = roundsOf(policy, dialogues);
	let seen = witnessed;
	let latest: Offer | undefined;
	let behindSince: number | undefined;

	const dialogue = (name: string): Dialogue => {
		const found = dialogues.get(name);
		assert(found !== undefined, 'a witness of the roster has a dialogue');
		return found;
	};

	return {
		published: (offer, { seconds }) => {
			latest = offer;
			if (offer.size >= (seen?.size ?? 0) && hasQuorum(policy, offer)) seen = offer;
			if (offer.size > (seen?.size ?? 0)) behindSince ??= seconds;
			for (const [name, { seconds: time }] of offer.cosigned) {
				const before = dialogue(name);
				if (before.cosigned < offer.size)
					dialogues.set(name, { ...before, cosigned: offer.size, at: offer.size, time });
			}
		},
		due: (nowMs) => {
			const { offer, nextMs } = rounds.current(latest, seen?.size ?? 0, nowMs);
			if (offer === undefined) return { questions: [], wakeMs: undefined };
			const questions: Question[] = [];
			const wakes = nextMs === undefined ? [] : [nextMs];
			for (const witness of witnesses) {
				const before = dialogue(witness.name);
				const next = nextFor(before, offer.size, nowMs);
				if (next.do === 'rest') wakes.push(next.untilMs);
				if (next.do !== 'ask') continue;
				dialogues.set(witness.name, asked(before, next.old, offer.size));
				questions.push({ witness, old: next.old, offer });
			}
			return { questions, wakeMs: wakes.length === 0 ? undefined : Math.min(...wakes) };
		},
		heard: ({ witness: { name }, offer: { size } }, answer, ours, now) => {
			const after = heard(dialogue(name), answer, ours, now);
			dialogues.set(name, after);
			const look = after.asking === 'latest';
			const offer = rounds.offers.get(size);
			if (answer.kind !== 'cosigned' || offer === undefined || offer.cosigned.has(name)) return { look };
			const { signature, seconds } = answer;
			const grown = { ...offer, cosigned: new Map([...offer.cosigned, [name, { signature, seconds }]]) };
			rounds.offers.set(size, grown);
			if (size >= (seen?.size ?? 0) && hasQuorum(policy, grown)) {
				seen = grown;
				behindSince = latest !== undefined && latest.size > size ? now.seconds : undefined;
			}
			return { look, cosigned: grown };
		},
		looked: (name, size) => {
			dialogues.set(name, looked(dialogue(name), size));
		},
		dialogue,
		witnessed: () => seen,
		behindSince: () => behindSince,
	};
}

/** At least one witness, also where the package asks for none. */
export function hasQuorum(policy: Policy, offer: Offer | undefined): boolean {
	if (offer === undefined || offer.cosigned.size === 0) return false;
	return evaluateQuorum(policy, new Set(offer.cosigned.keys())).met;
}

function firstDialogue({ url }: KnownWitness): Dialogue {
	return url === undefined ? { ...NEW_DIALOGUE, standing: { state: 'unasked' } } : NEW_DIALOGUE;
}

interface Rounds {
	/** By size: what is on offer, and some that were, with their cosignatures. */
	readonly offers: Map<number, Offer>;
	/** What is on offer now; and when, of the steady clock, it may give way to what has been published meanwhile. */
	readonly current: (
		latest: Offer | undefined,
		seen: number,
		nowMs: number,
	) => { readonly offer: Offer | undefined; readonly nextMs: number | undefined };
}

function roundsOf(policy: Policy, dialogues: ReadonlyMap<string, Dialogue>): Rounds {
	const offers = new Map<number, Offer>();
	let round: { readonly size: number; readonly sinceMs: number } | undefined;

	/** Nobody who can be expected to answer has yet to. */
	const allHeard = (size: number): boolean =>
		[...dialogues.values()].every((one) => !isHopeful(one) || one.cosigned >= size || one.at > size);
	/** Whether a quorum can still come of those who have cosigned it, and those who may. */
	const isPossible = (size: number): boolean => {
		const cosigned = offers.get(size)?.cosigned;
		const able = [...dialogues].filter(
			([name, one]) => cosigned?.has(name) === true || (isHopeful(one) && one.at <= size),
		);
		return able.length > 0 && evaluateQuorum(policy, new Set(able.map(([name]) => name))).met;
	};
	const overMs = (): number => {
		if (round === undefined) return 0;
		const { size, sinceMs } = round;
		if (hasQuorum(policy, offers.get(size))) return sinceMs + PAUSE_MS;
		// Who has been shown more meanwhile will not cosign this any more: the sooner it is the latest, the less likely that it is overtaken again.
		const isOvertaken = [...dialogues.values()].some((one) => one.at > size);
		if (isOvertaken && !isPossible(size)) return sinceMs;
		return sinceMs + (allHeard(size) ? PAUSE_MS : ROUND_MS_MAX);
	};
	const begin = (offer: Offer, seen: number, nowMs: number): void => {
		round = { size: offer.size, sinceMs: nowMs };
		offers.set(offer.size, offer);
		const asking = new Set([...dialogues.values()].map((one) => (one.asking === 'latest' ? 0 : one.asking?.size)));
		for (const size of offers.keys()) {
			if (offers.size <= OFFERS_MAX) break;
			if (!asking.has(size) && size !== seen && size !== offer.size) offers.delete(size);
		}
	};
	return {
		offers,
		current: (latest, seen, nowMs) => {
			const isNewer = latest !== undefined && latest.size > (round?.size ?? 0);
			if (isNewer && nowMs >= overMs()) begin(latest, seen, nowMs);
			const offer = round === undefined ? undefined : offers.get(round.size);
			const waits = latest !== undefined && round !== undefined && latest.size > round.size;
			return { offer, nextMs: waits ? overMs() : undefined };
		},
	};
}
