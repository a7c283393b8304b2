/**
 * Plays the histories of `vectors/histories/`: lists of steps, each a statement by somebody with references to earlier ones in place of ids, and the
 * rule that refuses it if one does. After every step the auditor runs, and a refused one has changed no row.
 */
import { readFileSync } from 'node:fs';
import { signCheckpoint } from '../../../src/log/checkpoint.ts';
import { cosigner } from '../../../src/log/cosignature.ts';
import { commitmentOf } from '../../../src/record/commitment.ts';
import type { Figures, Opening, Statement } from '../../../src/record/statement.ts';
import { base64Encode, utf8Decode, utf8Encode } from '../../../src/std/bytes.ts';
import type { Json, JsonObject } from '../../../src/std/canonical.ts';
import { portableSign, portableSuite } from '../../../src/std/portable.ts';
import { testKey } from '../../support/smallElection.ts';
import { audit } from './auditor.ts';
import { type Answer, bring, newWorld, say, type Tampering, type World } from './world.ts';

export interface Step {
	/** The name under which later steps refer to this statement. */
	readonly as?: string;
	readonly by?: readonly string[];
	/** `type` and the members of the body but `by`. */
	readonly say?: JsonObject;
	/** Sends the note of an earlier step again, byte for byte. */
	readonly again?: string;
	readonly refused?: string;
	/** Stands in what the refusal says. */
	readonly because?: string;
	readonly tampering?: Tampering;
	/** The refused note stands in the log nevertheless: a void leaf. */
	readonly void?: true;
}

interface Read {
	readonly clerk: string;
	readonly capture: string;
	readonly figures: Json;
	readonly attributes?: Opening['attributes'];
	readonly legibility?: Opening['legibility'];
	readonly salt?: string;
}

export interface Case {
	readonly name: string;
	/** Whether the steps follow the prelude; otherwise they begin with index 0. */
	readonly from?: 'nothing';
	readonly readings?: Readonly<Record<string, Read>>;
	readonly steps: readonly Step[];
	/** contest|station|poll → what must stand in the row of that return; `"-"`: no such member. */
	readonly returns?: JsonObject;
	/** contest|area → counts and figures that must stand in that total. */
	readonly totals?: Readonly<Record<string, Expected>>;
}

export type Expected = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

export interface HistoryFile {
	readonly about: string;
	readonly figures?: Readonly<Record<string, Figures>>;
	readonly cases: readonly Case[];
}

const FOLDER = new URL('../../../../../vectors/', import.meta.url);

export function readVectors<T>(path: string): T {
	return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}

/** What the texts of a history refer to. */
export interface Names {
	readonly ids: Map<string, string>;
	readonly notes: Map<string, Uint8Array>;
	readonly figures: Readonly<Record<string, Figures>>;
	readonly readings: Readonly<Record<string, Read>>;
}

export interface Played {
	readonly world: World;
	readonly names: Names;
	/** Everything that went otherwise than the history says. */
	readonly problems: readonly string[];
}

const file = readVectors<HistoryFile>('histories/prelude.json');
const prelude = play(newWorld(), file.figures ?? {}, file.cases[0] ?? { name: 'none', steps: [] });

/** Opened, ticked, and everybody enrolled whom the histories need. */
export function openedWorld(): World {
	return { rows: prelude.world.rows.copy() };
}

export function playCase(history: HistoryFile, one: Case): Played {
	const world = one.from === 'nothing' ? newWorld() : openedWorld();
	const played = play(world, { ...file.figures, ...history.figures }, one);
	return { ...played, problems: [...prelude.problems, ...played.problems] };
}

function play(world: World, figures: Readonly<Record<string, Figures>>, one: Case): Played {
	const names: Names = { ids: new Map(), notes: new Map(), figures, readings: one.readings ?? {} };
	const problems: string[] = [];
	for (const [place, step] of one.steps.entries()) {
		const before = world.rows.contents();
		const answer = take(world, names, step);
		const where = `step ${place + 1} (${step.as ?? JSON.stringify(step.say?.['type'] ?? 'again')})`;
		problems.push(...wrong(step, answer).map((problem) => `${where}: ${problem}`));
		problems.push(...audit(world.rows).map((problem) => `${where}: ${problem}`));
		if (answer.refusal !== undefined && JSON.stringify(world.rows.contents()) !== JSON.stringify(before))
			problems.push(`${where}: a refused statement changed rows`);
		if (step.void === true) world.rows.voided(answer.bytes);
		if (step.as === undefined || answer.id === '') continue;
		names.ids.set(step.as, answer.id);
		names.notes.set(step.as, answer.bytes);
	}
	return { world, names, problems };
}

function take(world: World, names: Names, step: Step): Answer {
	if (step.again !== undefined) return bring(world, names.notes.get(step.again) ?? new Uint8Array(), () => true);
	const body = resolve(world, names, step.say ?? {}) as JsonObject;
	const statement = { ...body, by: [...(step.by ?? [])] } as unknown as Statement;
	return say(world, statement, step.tampering);
}

function wrong({ refused, because = '' }: Step, { refusal }: Answer): readonly string[] {
	if (refused === undefined) return refusal === undefined ? [] : [`refused by ${refusal.rule}: ${refusal.why}`];
	if (refusal === undefined) return [`accepted, although ${refused} refuses it`];
	if (refusal.rule !== refused) return [`refused by ${refusal.rule} and not by ${refused}: ${refusal.why}`];
	return refusal.why.includes(because) ? [] : [`the refusal lacks "${because}": ${refusal.why}`];
}

/** `$id:label`, `$sha256:text`, `$key:name`, `$figures:label`, `$commitment:label`, `$opening:label`; `{"$checkpoint": …}`. */
export function resolve(world: World, names: Names, value: Json): Json {
	if (typeof value === 'string') return value.startsWith('$') ? named(world, names, value) : value;
	if (typeof value !== 'object') return value;
	if (Array.isArray(value)) return value.map((member: Json) => resolve(world, names, member));
	const entries = Object.entries(value as JsonObject);
	const [first] = entries;
	if (first?.[0] === '$checkpoint') return checkpointOf(world, first[1] as unknown as CheckpointPlan);
	return Object.fromEntries(entries.map(([name, member]) => [name, resolve(world, names, member)]));
}

function named(world: World, names: Names, text: string): Json {
	const colon = text.indexOf(':');
	const label = text.slice(colon + 1);
	switch (text.slice(1, colon)) {
		case 'id':
			return known(names.ids.get(label), text);
		case 'sha256':
			return portableSuite.sha256Hex(utf8Encode(label));
		case 'key':
			return base64Encode(testKey(label).publicKey);
		case 'figures':
			return known(names.figures[label], text);
		case 'opening':
			return { ...transcriptionOf(world, names, label), reading: known(names.ids.get(label), text) };
		case 'commitment': {
			const { capture, clerk } = known(names.readings[label], text);
			const id = named(world, names, capture) as string;
			return commitmentOf(portableSuite, id, clerk, transcriptionOf(world, names, label));
		}
		default:
			throw new Error(`a history refers to ${text}`);
	}
}

function transcriptionOf(world: World, names: Names, label: string): Omit<Opening, 'reading'> {
	const {
		attributes = {},
		legibility = 'good',
		figures,
		salt = `$sha256:salt of ${label}`,
	} = known(names.readings[label], label);
	return {
		attributes,
		figures: resolve(world, names, figures) as Figures,
		legibility,
		salt: resolve(world, names, salt) as string,
	};
}

function known<T>(value: T | undefined, text: string): T {
	if (value === undefined) throw new Error(`nothing in this history is called ${text}`);
	return value;
}

interface CheckpointPlan {
	readonly size: number;
	readonly witnesses: readonly string[];
	readonly origin?: string;
	readonly key?: string;
	/** Another root than the log has at that size. */
	readonly forged?: true;
}

function checkpointOf({ rows }: World, plan: CheckpointPlan): string {
	const origin = plan.origin ?? 'small.example/log';
	const log = testKey(plan.key ?? 'small.example/log');
	const ours = rows.rootAt(plan.size) ?? new Uint8Array(32);
	const root = plan.forged === true ? portableSuite.sha256(ours) : ours;
	const signers = [
		{ name: log.name, keyId: log.keyId, sign: (text: Uint8Array) => portableSign(log.seed, text) },
		...plan.witnesses.map((name) => {
			const witness = testKey(name, 4);
			return cosigner(witness, 1_800_000_100, (message) => portableSign(witness.seed, message));
		}),
	];
	return utf8Decode(signCheckpoint({ origin, size: plan.size, root, extensions: [] }, signers)) ?? '';
}
