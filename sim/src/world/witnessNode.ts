/**
 * A witness in the simulated world: the real desk on a state that survives its crashes, and the manners of those who are slow, silent, or lie. What an honest one has cosigned is told to the auditor.
 */
import { cosigner } from '@matokeo/core/log/cosignature.ts';
import { parseNote, printNote, printSignatureLine } from '@matokeo/core/log/note.ts';
import { parseAddCheckpoint, SIZE_TYPE } from '@matokeo/core/log/witness.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { WitnessReply } from '@matokeo/server/witnesses/answers.ts';
import { type WitnessDesk, witnessDesk } from '@matokeo/witness/witness/desk.ts';
import { memoryState } from '@matokeo/witness/witness/memoryState.ts';
import type { Cosigned, WitnessState } from '@matokeo/witness/witness/state.ts';
import type { Raise } from './alarm.ts';
import { origin, suite, trust, WITNESSES, type WitnessCast } from './cast.ts';
import type { TreeHead } from './treeOf.ts';

/** How it answers: `claims-more` and `claims-less` name sizes that they have not seen, `garbage` is no answer at all, `forged` is a cosignature by nobody, `colludes` signs whatever the log has signed. */
export type Manner = 'honest' | 'claims-more' | 'claims-less' | 'garbage' | 'forged' | 'colludes';
/** A build that answers before it has persisted, to be found. */
export type WitnessBuild = 'honest' | 'answers-early';

export interface WitnessNode {
	readonly name: string;
	/** `undefined` while it is down. */
	readonly add: (body: Uint8Array) => WitnessReply | undefined;
	/** Its latest checkpoint of the log, as anybody may fetch it. */
	readonly shown: () => WitnessReply | undefined;
	readonly behave: (manner: Manner) => void;
	readonly manner: () => Manner;
	readonly up: () => boolean;
	/** The size that it has cosigned last, in good faith. */
	readonly cosigned: () => number;
	readonly crash: () => void;
	readonly start: () => void;
}

export interface WitnessParts {
	readonly name: string;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly raise: Raise;
	readonly build: WitnessBuild;
	/** An honest cosignature has left the desk. */
	readonly signed: (name: string, head: TreeHead) => void;
	/** It has started, and remembers having cosigned so many. */
	readonly remembers: (name: string, size: number) => void;
}

const PLAIN = 'text/plain';

export function witnessNode({ name, clock, raise, build, signed, remembers }: WitnessParts): WitnessNode {
	const cast = WITNESSES.get(name);
	assert(cast !== undefined, 'a witness of the world is one of the policy');
	const state = build === 'answers-early' ? lateState(memoryState()) : { ...memoryState(), crash: () => undefined };
	let desk: WitnessDesk | undefined;
	let manner: Manner = 'honest';
	/** What was signed in bad faith, newest last. */
	let shown: Uint8Array | undefined;

	const start = (): void => {
		remembers(name, state.latest(origin)?.size ?? 0);
		desk = witnessDesk({
			suite,
			logs: new Map([[origin, trust.logKeys]]),
			state,
			signer: { key: cast.key, sign: cast.sign },
			clock,
			reporter: ({ kind, what, size }) => {
				if (kind === 'proven') raise({ kind: 'witness-proof', by: name, what: `at size ${size}: ${what}` });
			},
		});
	};
	const honest = (body: Uint8Array): WitnessReply | undefined => {
		const answer = desk?.addCheckpoint(body);
		if (answer === undefined) return undefined;
		const latest = state.latest(origin);
		if (answer.code === 200 && latest !== undefined) signed(name, latest);
		return { status: answer.code, type: answer.type, body: answer.body };
	};
	start();

	return {
		name,
		add: (body) => {
			if (desk === undefined) return undefined;
			switch (manner) {
				case 'honest':
					return honest(body);
				case 'colludes': {
					const colluded = colludes(name, cast, clock(), body);
					shown = colluded.shown ?? shown;
					return colluded.reply;
				}
				default:
					return lie(manner, name, cast);
			}
		},
		shown: () => {
			if (desk === undefined) return undefined;
			const note = manner === 'colludes' ? shown : state.latest(origin)?.note;
			return note === undefined
				? { status: 404, type: PLAIN, body: utf8Encode('none\n') }
				: { status: 200, type: PLAIN, body: note };
		},
		behave: (next) => {
			manner = next;
		},
		manner: () => manner,
		up: () => desk !== undefined,
		cosigned: () => state.latest(origin)?.size ?? 0,
		crash: () => {
			desk = undefined;
			state.crash();
		},
		start,
	};
}

function lie(manner: Exclude<Manner, 'honest' | 'colludes'>, name: string, { key }: WitnessCast): WitnessReply {
	switch (manner) {
		case 'claims-more':
			return { status: 409, type: SIZE_TYPE, body: utf8Encode('4000000\n') };
		case 'claims-less':
			return { status: 409, type: SIZE_TYPE, body: utf8Encode('1\n') };
		case 'garbage':
			return { status: 200, type: PLAIN, body: utf8Encode('welcome to this network, please sign in\n') };
		case 'forged': {
			const own = { name, keyId: key.keyId, signature: new Uint8Array(72).fill(7) };
			return { status: 200, type: PLAIN, body: utf8Encode(printSignatureLine(own)) };
		}
	}
}

/** Signs whatever checkpoint comes, and shows the last of them. */
function colludes(
	name: string,
	{ key, sign }: WitnessCast,
	seconds: number,
	body: Uint8Array,
): { readonly reply: WitnessReply; readonly shown?: Uint8Array } {
	const request = parseAddCheckpoint(body);
	const note = request.ok ? parseNote(request.value.checkpoint) : request;
	if (!note.ok) return { reply: { status: 400, type: PLAIN, body: utf8Encode(note.error) } };
	const { text, textBytes, signatures } = note.value;
	const own = { name, keyId: key.keyId, signature: cosigner(key, seconds, sign).sign(textBytes) };
	return {
		reply: { status: 200, type: PLAIN, body: utf8Encode(printSignatureLine(own)) },
		shown: printNote(text, [...signatures, own]),
	};
}

/** Keeps each cosignature in memory until the next one comes, and forgets it in a crash. */
function lateState(kept: WitnessState): WitnessState & { readonly crash: () => void } {
	let waiting: Cosigned | undefined;
	let before: Cosigned | undefined;
	return {
		...kept,
		latest: (of) => waiting ?? kept.latest(of),
		advance: (next, last) => {
			if (waiting !== undefined) kept.advance(waiting, before);
			before = kept.latest(next.origin);
			waiting = last === undefined || last.size <= next.size ? next : waiting;
			return true;
		},
		crash: () => {
			waiting = undefined;
		},
	};
}
