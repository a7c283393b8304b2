/**
 * What the bodies of a history say in place of ids, digests and numbers: references to earlier steps, to figures, to what a mark has frozen. Nobody types a digest or a total.
 */
import { signCheckpoint } from '../../../src/log/checkpoint.ts';
import { cosigner } from '../../../src/log/cosignature.ts';
import { commitmentOf } from '../../../src/record/commitment.ts';
import type { Figures, Opening } from '../../../src/record/statement.ts';
import { sumsOf } from '../../../src/rules/figures.ts';
import { base64Encode, utf8Decode, utf8Encode } from '../../../src/std/bytes.ts';
import type { Json, JsonObject } from '../../../src/std/canonical.ts';
import { portableSign, portableSuite } from '../../../src/std/portable.ts';
import { testKey } from '../../support/smallElection.ts';
import { election, type World } from './world.ts';

export interface Read {
	readonly clerk: string;
	readonly capture: string;
	readonly figures: Json;
	readonly attributes?: Opening['attributes'];
	readonly legibility?: Opening['legibility'];
	readonly salt?: string;
}

/** What the texts of a history refer to. */
export interface Names {
	readonly ids: Map<string, string>;
	readonly notes: Map<string, Uint8Array>;
	readonly figures: Readonly<Record<string, Figures>>;
	readonly readings: Readonly<Record<string, Read>>;
}

/** `$id:label`, `$sha256:text`, `$key:name`, `$figures:label`, `$commitment:label`, `$opening:label`, `$mark:label.member`; `{"$checkpoint": …}`, `{"$changed": …}`. */
export function resolve(world: World, names: Names, value: Json): Json {
	if (typeof value === 'string') return value.startsWith('$') ? named(world, names, value) : value;
	if (typeof value !== 'object') return value;
	if (Array.isArray(value)) return value.map((member: Json) => resolve(world, names, member));
	const entries = Object.entries(value as JsonObject);
	const [first] = entries;
	if (first?.[0] === '$checkpoint')
		return checkpointOf(world, resolve(world, names, first[1]) as unknown as CheckpointPlan);
	if (first?.[0] === '$changed') return changed(world, names, first[1] as JsonObject);
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
		case 'mark':
			return frozen(world, names, label);
		default:
			throw new Error(`a history refers to ${text}`);
	}
}

/** `label.member`: what the mark of that step has frozen. */
function frozen({ rows }: World, { ids }: Names, text: string): Json {
	const [label = '', member = ''] = text.split('.');
	const mark = known(rows.get('mark', known(ids.get(label), text)), text);
	const contest = known(election.contests.get(mark.contest), text);
	const members: Readonly<Record<string, unknown>> = { ...mark, totals: sumsOf(contest, mark.totals) };
	return known(members[member], text) as Json;
}

/** An object with some members as they should not be. */
function changed(world: World, names: Names, { of, with: members }: JsonObject): Json {
	const [base, others] = [resolve(world, names, of ?? ''), resolve(world, names, members ?? '')];
	return { ...(base as JsonObject), ...(others as JsonObject) };
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

export interface CheckpointPlan {
	/** `now`: all that is logged. */
	readonly size: number | 'now';
	/** Names, or name → UTC seconds at which it cosigned. */
	readonly witnesses: readonly string[] | Readonly<Record<string, number>>;
	readonly origin?: string;
	readonly key?: string;
	/** Another root than the log has at that size. */
	readonly forged?: true;
}

export function checkpointOf({ rows }: World, plan: CheckpointPlan): string {
	const origin = plan.origin ?? 'small.example/log';
	const log = testKey(plan.key ?? 'small.example/log');
	const size = plan.size === 'now' ? rows.size() : plan.size;
	const ours = rows.rootAt(size) ?? new Uint8Array(32);
	const root = plan.forged === true ? portableSuite.sha256(ours) : ours;
	const signers = [
		{ name: log.name, keyId: log.keyId, sign: (text: Uint8Array) => portableSign(log.seed, text) },
		...cosignings(plan.witnesses).map(([name, seconds]) => {
			const witness = testKey(name, 4);
			return cosigner(witness, seconds, (message) => portableSign(witness.seed, message));
		}),
	];
	return utf8Decode(signCheckpoint({ origin, size, root, extensions: [] }, signers)) ?? '';
}

function cosignings(witnesses: CheckpointPlan['witnesses']): readonly (readonly [string, number])[] {
	if (!Array.isArray(witnesses)) return Object.entries(witnesses);
	return witnesses.map((name: string) => [name, 1_800_000_100] as const);
}
