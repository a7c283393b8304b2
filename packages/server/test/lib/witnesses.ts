/** Witnesses of the small election in process, honest unless told otherwise, and a clock that moves when a test says so. */

import { createPrivateKey, sign } from 'node:crypto';
import { cosigner } from '@matokeo/core/log/cosignature.ts';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { parseNote, printNote, printSignatureLine } from '@matokeo/core/log/note.ts';
import { codeOf, judgeCheckpoint, type Seen, SIZE_TYPE } from '@matokeo/core/log/witness.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { testKey } from '@matokeo/core/testing/smallElection.ts';
import type { AskWitness, WitnessReply } from '../../src/witnesses/answers.ts';
import type { CollectorClock } from '../../src/witnesses/collector.ts';
import { type Roster, rosterOf } from '../../src/witnesses/roster.ts';
import { election, START, suite } from './world.ts';

export const WITNESSES = ['witness/court', 'witness/moon', 'witness/news', 'witness/sun'] as const;
export const trust = trustOf(contextOf(suite, election));

/** All of them at addresses that are never looked up. */
export const roster: Roster = rosterFor(WITNESSES);

export function rosterFor(names: readonly string[]): Roster {
	const made = rosterOf(suite, election, new Map(names.map((name) => [name, `http://${name.replace('/', '.')}.test`])));
	if (!made.ok) throw new Error(made.error);
	return made.value;
}

export interface TestWitness {
	readonly name: string;
	/** Requests for a cosignature, in order: from which size to which. */
	readonly asked: { readonly old: number; readonly size: number; readonly atMs: number }[];
	readonly seen: () => Seen | undefined;
	readonly answer: (body?: Uint8Array) => WitnessReply;
	/** In place of the honest answer. */
	instead: ((body?: Uint8Array) => WitnessReply | Promise<WitnessReply>) | undefined;
}

export function testWitness(
	name: string,
	now: { readonly ms: () => number; readonly seconds: () => number },
): TestWitness {
	const { seed, publicKey } = testKey(name, 4);
	const key = verifierKey(suite, name, 4, publicKey);
	const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const secret = createPrivateKey({
		key: { kty: 'OKP', crv: 'Ed25519', d: url(seed), x: url(publicKey) },
		format: 'jwk',
	});
	const asked: TestWitness['asked'] = [];
	let seen: Seen | undefined;
	const lineOn = (note: Uint8Array) => {
		const parsed = parseNote(note);
		if (!parsed.ok) throw new Error(parsed.error);
		const signer = cosigner(key, now.seconds(), (message) => sign(null, message, secret));
		return { parsed: parsed.value, line: { name, keyId: key.keyId, signature: signer.sign(parsed.value.textBytes) } };
	};
	const shown = (): WitnessReply => {
		if (seen === undefined) return reply(404, 'text/plain', '');
		const { parsed, line } = lineOn(seen.note);
		return { status: 200, type: 'text/plain', body: printNote(parsed.text, [...parsed.signatures, line]) };
	};
	return {
		name,
		asked,
		seen: () => seen,
		instead: undefined,
		answer: (body) => {
			if (body === undefined) return shown();
			const verdict = judgeCheckpoint(
				suite,
				body,
				(origin) => (origin === trust.origin ? trust.logKeys : undefined),
				() => seen,
			);
			if ('request' in verdict)
				asked.push({ old: verdict.request.oldSize, size: verdict.verified.checkpoint.size, atMs: now.ms() });
			if (verdict.kind === 'conflict') return reply(409, SIZE_TYPE, `${verdict.size}\n`);
			if (verdict.kind !== 'cosign') return reply(codeOf(verdict), 'text/plain', 'no');
			const { size, root } = verdict.verified.checkpoint;
			seen = { size, root, note: verdict.request.checkpoint };
			return reply(200, 'text/plain', printSignatureLine(lineOn(verdict.request.checkpoint).line));
		},
	};
}

export function reply(status: number, type: string, text: string): WitnessReply {
	return { status, type, body: utf8Encode(text) };
}

/** Asks these, each by its name; who is not there gives no answer. */
export function askOf(witnesses: readonly TestWitness[]): AskWitness {
	return async ({ name }, body) => {
		const one = witnesses.find((witness) => witness.name === name);
		if (one === undefined) throw new Error('it cannot be reached');
		return one.instead === undefined ? one.answer(body) : one.instead(body);
	};
}

export interface ManualClock extends CollectorClock {
	/** Lets so many milliseconds pass, and everything happen that is due in them. */
	readonly pass: (ms: number) => Promise<void>;
}

export function manualClock(): ManualClock {
	let nowMs = 1_000;
	let timers: { readonly atMs: number; readonly work: () => void }[] = [];
	/** What was answered at once is heard before the clock moves on. */
	const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
	return {
		ms: () => nowMs,
		seconds: () => START + Math.floor(nowMs / 1_000),
		chance: () => 1,
		later: (ms, work) => {
			const timer = { atMs: nowMs + ms, work };
			timers.push(timer);
			return () => {
				timers = timers.filter((one) => one !== timer);
			};
		},
		pass: async (ms) => {
			const until = nowMs + ms;
			for (;;) {
				await settle();
				const [next] = timers.filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs);
				if (next === undefined) break;
				timers = timers.filter((one) => one !== next);
				nowMs = Math.max(nowMs, next.atMs);
				next.work();
			}
			nowMs = until;
		},
	};
}
