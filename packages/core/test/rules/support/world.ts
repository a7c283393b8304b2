/**
 * The small election played in memory: one log, its rows and totals, and the two ways to bring a statement in. `say` goes the whole
 * way (print, sign, parse, decide with every signature checked, fold); `sayUnsigned` leaves out the signatures' arithmetic for the many histories of the
 * properties. After each accepted statement the auditor recomputes everything that must hold.
 */
import { type Leaf, type LeafSignature, parseLeaf, printLeaf, printText } from '../../../src/record/leaf.ts';
import type { Statement } from '../../../src/record/statement.ts';
import { contextOf } from '../../../src/rules/context.ts';
import { decide, type Signed, signedBy } from '../../../src/rules/decide.ts';
import { baselineOf } from '../../../src/standings/baseline.ts';
import { fold } from '../../../src/standings/fold.ts';
import { portableSign, portableSuite } from '../../../src/std/portable.ts';
import { smallElection, testKey } from '../../support/smallElection.ts';
import { type MemoryRows, memoryRows, readOnly } from './memory.ts';

export const { election } = smallElection();
export const context = contextOf(portableSuite, election);
export const baseline = baselineOf(election);

const checked = signedBy(context);
const trusting: Signed = () => true;

export interface World {
	readonly rows: MemoryRows;
}

export interface Answer {
	readonly id: string;
	readonly bytes: Uint8Array;
	/** Absent when the statement was accepted. */
	readonly refusal?: { readonly rule: string; readonly why: string };
}

/** What a forger may do to a statement on its way; each a text or a key in the place of the right one. */
export interface Tampering {
	readonly election?: string;
	readonly digest?: string;
	/** Name → the name of the key that really signs. */
	readonly signedWith?: Readonly<Record<string, string>>;
	/** Name → the name of the key whose id the line shows. */
	readonly shows?: Readonly<Record<string, string>>;
}

export function newWorld(): World {
	return { rows: memoryRows() };
}

function textOf(statement: Statement, { election: id = election.id, digest = election.digest }: Tampering = {}) {
	return printText(id, digest, statement);
}

export function noteOf(statement: Statement, tampering: Tampering = {}): Uint8Array {
	const text = textOf(statement, tampering);
	const signatures = statement.by.map((name): LeafSignature => {
		const signer = testKey(tampering.signedWith?.[name] ?? name);
		const shown = tampering.shows?.[name];
		const keyId = shown === undefined ? testKey(name).keyId : testKey(shown).keyId;
		return { name, keyId, signature: portableSign(signer.seed, text) };
	});
	return printLeaf(text, signatures);
}

const keyIds = new Map<string, string>();
const NO_SIGNATURE = new Uint8Array(64);

/** A note whose signatures nobody is to check. */
export function unsignedNote(statement: Statement): Uint8Array {
	const signatures = statement.by.map((name): LeafSignature => {
		const keyId = keyIds.get(name) ?? testKey(name).keyId;
		keyIds.set(name, keyId);
		return { name, keyId, signature: NO_SIGNATURE };
	});
	return printLeaf(textOf(statement), signatures);
}

export function say(world: World, statement: Statement, tampering: Tampering = {}): Answer {
	return bring(world, noteOf(statement, tampering), checked);
}

export function sayUnsigned(world: World, statement: Statement): Answer {
	return bring(world, unsignedNote(statement), trusting);
}

/** Replays one leaf as it lies in a log. */
export function bring({ rows }: World, bytes: Uint8Array, signed: Signed): Answer {
	const leaf = parseLeaf(portableSuite, bytes);
	if (!leaf.ok) return { id: '', bytes, refusal: leaf.error };
	return admit(rows, leaf.value, signed);
}

export function bringUnsigned(world: World, bytes: Uint8Array): Answer {
	return bring(world, bytes, trusting);
}

function admit(rows: MemoryRows, leaf: Leaf, signed: Signed): Answer {
	const said = decide(context, readOnly(rows), leaf, rows.size(), signed);
	if (!said.ok) return { id: leaf.id, bytes: leaf.bytes, refusal: said.error };
	fold(context, baseline, rows, said.value);
	rows.logged(leaf.id, leaf.bytes);
	return { id: leaf.id, bytes: leaf.bytes };
}
