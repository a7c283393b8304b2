/**
 * The lawful election (the small one, with what its law says of the end) played in memory: one log, its rows and totals, and the two ways to bring a statement in. `say` goes the whole
 * way (print, sign, parse, decide with every signature checked, fold); `sayUnsigned` leaves out the signatures' arithmetic for the many histories of the
 * properties. After each accepted statement the auditor recomputes everything that must hold.
 */

import type { Mode } from '../../../src/election/types.ts';
import { type Leaf, type LeafSignature, parseLeaf, printLeaf, printText } from '../../../src/record/leaf.ts';
import type { Statement } from '../../../src/record/statement.ts';
import { type Context, contextOf } from '../../../src/rules/context.ts';
import { decide, type Signed, signedBy } from '../../../src/rules/decide.ts';
import { type Baseline, baselineOf } from '../../../src/standings/baseline.ts';
import { fold } from '../../../src/standings/fold.ts';
import { portableSign, portableSuite } from '../../../src/std/portable.ts';
import { lawfulElection } from '../../support/lawfulElection.ts';
import { testKey } from '../../support/smallElection.ts';
import { type MemoryRows, memoryRows, readOnly } from './memory.ts';

/** What never changes in a world: the package and what follows from it. */
export interface Setting {
	readonly context: Context;
	readonly baseline: Baseline;
}

const settings = new Map<Mode, Setting>();

function settingOf(mode: Mode): Setting {
	const known = settings.get(mode);
	if (known !== undefined) return known;
	const { election: made } = lawfulElection(mode);
	const setting = { context: contextOf(portableSuite, made), baseline: baselineOf(made) };
	settings.set(mode, setting);
	return setting;
}

const REHEARSAL = settingOf('rehearsal');
export const { context, baseline } = REHEARSAL;
export const { election } = context;

const checked = signedBy(context);
const trusting: Signed = () => true;

export interface World {
	readonly rows: MemoryRows;
	/** The rehearsal unless another is named. */
	readonly setting?: Setting;
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

export function newWorld(mode: Mode = 'rehearsal'): World {
	return { rows: memoryRows(), setting: settingOf(mode) };
}

export function noteOf(statement: Statement, tampering: Tampering = {}, { context: { election: of } } = REHEARSAL) {
	const text = printText(tampering.election ?? of.id, tampering.digest ?? of.digest, statement);
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
	return printLeaf(printText(election.id, election.digest, statement), signatures);
}

export function say(world: World, statement: Statement, tampering: Tampering = {}): Answer {
	return bring(world, noteOf(statement, tampering, world.setting), checked);
}

export function sayUnsigned(world: World, statement: Statement): Answer {
	return bring(world, unsignedNote(statement), trusting);
}

/** Replays one leaf as it lies in a log. */
export function bring({ rows, setting }: World, bytes: Uint8Array, signed: Signed): Answer {
	const leaf = parseLeaf(portableSuite, bytes);
	if (!leaf.ok) return { id: '', bytes, refusal: leaf.error };
	return admit(rows, leaf.value, signed, setting);
}

export function bringUnsigned(world: World, bytes: Uint8Array): Answer {
	return bring(world, bytes, trusting);
}

function admit(rows: MemoryRows, leaf: Leaf, signed: Signed, { context: own, baseline: from } = REHEARSAL): Answer {
	const said = decide(own, readOnly(rows), leaf, rows.size(), signed);
	if (!said.ok) return { id: leaf.id, bytes: leaf.bytes, refusal: said.error };
	fold(own, from, rows, said.value);
	rows.logged(leaf.id, leaf.bytes);
	return { id: leaf.id, bytes: leaf.bytes };
}
