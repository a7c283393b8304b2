/**
 * What a cosigned checkpoint costs (D24–D26): processor time and bytes at the server and at the witness, over real HTTP, with the proof out of published tiles and both files synced. The floor is the same bytes
 * posted over the same HTTP, with one Ed25519 signature verified and one made at the other end, and one verified here.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNote, printNote } from '@matokeo/core/log/note.ts';
import { originHash, printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { concat } from '@matokeo/core/std/bytes.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { readAnswer } from '@matokeo/server/witnesses/answers.ts';
import { httpWitness } from '@matokeo/server/witnesses/httpWitness.ts';
import { type KnownWitness, rosterOf } from '@matokeo/server/witnesses/roster.ts';
import { bundlesOf } from './logNotes.ts';
import { type Line, median } from './measure.ts';
import { type OtherEnd, otherEnd } from './otherEnd.ts';
import { demoIn, type Parts, partsOf } from './parts.ts';

const WITNESS = 'witness/court';
const BEFORE = 8_192;
const ROUNDS = 7;
const CHECKPOINTS = 100;
const NOTES_PER_CHECKPOINT = 10;
/** The clock stands; the demo's ticks are left out. */
const TIME = 1_600_000_000;
const TICK = Buffer.from('matokeo/v1 clock/tick\n');

interface Cost {
	readonly here: number;
	readonly there: number;
}

export async function benchWitnessing(dir: string): Promise<readonly Line[]> {
	demoIn(dir, false);
	const folder = join(dir, 'public');
	const parts = await partsOf(join(folder, 'package'));
	const notes = [...bundlesOf(folder)].flat().filter((note) => !isTick(note));
	const state = mkdtempSync(join(tmpdir(), 'matokeo-bench-'));
	const { name, keyId, sign } = rehearsalKey(parts.suite, parts.election.id, parts.election.log.key.name);
	const signer = { name, keyId, sign };
	const store = openSqliteStore(join(state, 'matokeo.sqlite'));
	const log = openLog({ ...parts, dir: state, store, signer, clock: () => TIME });
	log.append(notes.slice(0, BEFORE));
	const witness = await otherEnd('witness', join(folder, 'package'), WITNESS, join(state, 'witness'));
	const floor = await otherEnd('floor', join(folder, 'package'), WITNESS, '');
	const cosigning = cosigningOf(parts, log, witness.url);
	const costs: { readonly ours: Cost; readonly floor: Cost }[] = [];
	let next = BEFORE;
	const grow = (): void => {
		log.append(notes.slice(next, next + NOTES_PER_CHECKPOINT));
		next += NOTES_PER_CHECKPOINT;
	};
	for (let round = 0; round <= ROUNDS; round++) {
		const ours = await costOf(witness, cosigning.one, grow);
		const plain = await costOf(
			floor,
			() => cosigning.floor(floor.url),
			() => undefined,
		);
		// The first round warms both ends up.
		if (round > 0) costs.push({ ours, floor: plain });
	}
	witness.close();
	floor.close();
	log.close();
	rmSync(state, { recursive: true });
	return linesOf(costs, cosigning.bytes());
}

function cosigningOf(parts: Parts, log: OpenedLog, url: string) {
	const { suite, election } = parts;
	const { cosigning } = log;
	const trust = trustOf(contextOf(suite, election));
	const roster = rosterOf(suite, election, new Map([[WITNESS, url]]));
	const witness: KnownWitness | undefined = roster.ok
		? roster.value.witnesses.find((one) => one.name === WITNESS)
		: undefined;
	if (witness === undefined) throw new Error(`the package names no ${WITNESS}`);
	const { publicKey, sign } = rehearsalKey(suite, election.id, WITNESS);
	const ask = httpWitness(originHash(suite, trust.origin));
	let at = 0;
	let body: Uint8Array = new Uint8Array(0);
	let answered = 0;
	return {
		bytes: () => ({ asked: body.length, answered }),
		/** The collector's own steps, one after the other. */
		one: async (): Promise<void> => {
			const latest = cosigning.latest();
			const note = latest === undefined ? undefined : parseNote(latest.note);
			if (latest === undefined || note?.ok !== true) throw new Error('the log has a checkpoint');
			const { text, signatures, textBytes } = note.value;
			body = printAddCheckpoint({
				oldSize: at,
				proof: cosigning.prove(at, latest.size),
				checkpoint: printNote(text, signatures),
			});
			const reply = await ask(witness, body);
			const heard = readAnswer(suite, witness, textBytes, reply);
			if (heard.kind !== 'cosigned') throw new Error(`the witness did not cosign: ${JSON.stringify(heard)}`);
			answered = reply.body.length;
			at = latest.size;
			cosigning.cosign(latest.size, [heard.signature]);
			cosigning.publishWitnessed({ ...latest, note: printNote(text, [...signatures, heard.signature]) });
		},
		floor: async (to: string): Promise<void> => {
			const rest = body.subarray(64);
			const sent = Uint8Array.from(concat(floorSignature(rest), rest));
			const response = await fetch(`${to}/add-checkpoint`, { method: 'POST', body: sent });
			const reply = new Uint8Array(await response.arrayBuffer());
			if (response.status !== 200 || !suite.ed25519(publicKey, rest, reply.subarray(0, 64)))
				throw new Error('the floor holds');
		},
	};

	/** Made once for each body: what the log's own signature is to the real one. */
	function floorSignature(rest: Uint8Array): Uint8Array {
		return sign(rest);
	}
}

async function costOf(end: OtherEnd, one: () => Promise<void>, before: () => void): Promise<Cost> {
	const there = await end.cpuMs();
	let here = 0;
	for (let n = 0; n < CHECKPOINTS; n++) {
		before();
		const began = process.cpuUsage();
		await one();
		const { user, system } = process.cpuUsage(began);
		here += (user + system) / 1_000;
	}
	return { here: here / CHECKPOINTS, there: ((await end.cpuMs()) - there) / CHECKPOINTS };
}

function linesOf(
	costs: readonly { readonly ours: Cost; readonly floor: Cost }[],
	{ asked, answered }: { readonly asked: number; readonly answered: number },
): readonly Line[] {
	const of = (pick: (one: { readonly ours: Cost; readonly floor: Cost }) => number): number => median(costs.map(pick));
	const how = `median of ${ROUNDS} interleaved rounds of ${CHECKPOINTS} checkpoints, ${NOTES_PER_CHECKPOINT} statements from one to the next, after ${BEFORE}; files synced at both ends`;
	const ratio = { unit: 'ratio', how } as const;
	const milliseconds = { unit: 'milliseconds', how } as const;
	const bytes = { unit: 'bytes', how } as const;
	return [
		{
			name: 'cosigned checkpoint, server ÷ floor, processor',
			value: of(({ ours, floor }) => ours.here / floor.here),
			...ratio,
		},
		{
			name: 'cosigned checkpoint, witness ÷ floor, processor',
			value: of(({ ours, floor }) => ours.there / floor.there),
			...ratio,
		},
		{ name: 'processor per cosignature, server', value: of(({ ours }) => ours.here), ...milliseconds },
		{ name: 'processor per cosignature, witness', value: of(({ ours }) => ours.there), ...milliseconds },
		{ name: 'bytes asked per cosignature', value: asked, ...bytes },
		{ name: 'bytes answered per cosignature', value: answered, ...bytes },
	];
}

function isTick(note: Uint8Array): boolean {
	return Buffer.from(note.buffer, note.byteOffset, TICK.length).equals(TICK);
}
