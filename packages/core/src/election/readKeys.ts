/**
 * The keys that a package names (`spec/package.md`, P50–P54): the log's two, the authority's, registrars and parties' roots; those of courts are read in
 * `readProceedings.ts`, into the same ring. No key and no key name may stand twice anywhere, and quorums count people: two keys of one holder are one.
 */

import { checkEnrolmentKey } from '../log/ed25519.ts';
import { parseVerifierKey } from '../log/keys.ts';
import { hexEncode } from '../std/bytes.ts';
import type { Suite } from '../std/suite.ts';
import type { JsonNode } from './json.ts';
import {
	asCount,
	asId,
	asList,
	asObject,
	asText,
	asTexts,
	ID,
	ID_IN_WORDS,
	isIntegerLike,
	type Node,
	type Shape,
	tell,
} from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';
import type { Election, NamedKey, Party } from './types.ts';

/** Every key seen so far, by public key and by name → what it was. */
export interface KeyRing {
	readonly suite: Suite;
	readonly byKey: Map<string, string>;
	readonly byName: Map<string, string>;
}

export function keyRing(suite: Suite): KeyRing {
	return { suite, byKey: new Map(), byName: new Map() };
}

export function readLog(shape: Shape, node: Node, ring: KeyRing): Election['log'] | undefined {
	const get = asObject(shape, node, 'log', ['origin', 'key', 'spare']);
	const originNode = get?.('origin');
	const origin = asId(shape, originNode, 'the origin');
	const key = readVkey(shape, get?.('key'), 'the log’s key', ring);
	const spare = readVkey(shape, get?.('spare'), 'the log’s spare key', ring);
	if (origin !== undefined && key !== undefined && originNode !== undefined && origin !== key.name) {
		tell(
			shape,
			originNode,
			'P50',
			`the name of the log’s key, ${quote(key.name)}`,
			quote(origin),
			'give the origin and the log’s key one name',
		);
	}
	if (origin === undefined || key === undefined || spare === undefined) return undefined;
	return { origin, key: { ...key, holder: key.name }, spare: { ...spare, holder: spare.name } };
}

export function readAuthority(shape: Shape, node: Node, ring: KeyRing): Election['authority'] | undefined {
	const get = asObject(shape, node, 'authority', ['quorum', 'keys']);
	const quorumNode = get?.('quorum');
	const quorum = asCount(shape, quorumNode, 'the quorum', 1);
	const keys = readHeldKeys(shape, get?.('keys'), 'the authority’s keys', ring);
	const holders = new Set(keys.map((key) => key.holder)).size;
	if (quorum !== undefined && quorumNode !== undefined && quorum > holders) {
		const came = `${quorum} of ${keys.length} keys held by ${holders}`;
		tell(
			shape,
			quorumNode,
			'P52',
			'a quorum that different holders can reach',
			came,
			'lower the quorum or add keys of other holders',
		);
	}
	return quorum === undefined ? undefined : { quorum, keys };
}

export function readRegistrars(shape: Shape, node: Node, ring: KeyRing): readonly NamedKey[] {
	const keys = readHeldKeys(shape, node, 'registrars', ring);
	const holders = new Set(keys.map((key) => key.holder)).size;
	if (node?.kind === 'list' && holders < 2) {
		tell(
			shape,
			node,
			'P53',
			'registrars of at least two holders',
			`${holders}`,
			'add a registrar: officials are enrolled by two people',
		);
	}
	return keys;
}

export function readParties(shape: Shape, node: Node, ring: KeyRing): readonly Party[] {
	const parties = new Map<string, Party>();
	for (const item of asList(shape, node, 'parties', LIMITS.partiesMax)) {
		const get = asObject(shape, item, 'a party', ['id', 'name', 'roots']);
		const id = asId(shape, get?.('id'), 'the id of a party');
		const name = asTexts(shape, get?.('name'), 'the name of a party') ?? {};
		const roots = readHeldKeys(shape, get?.('roots'), 'the roots of a party', ring);
		if (id === undefined) continue;
		if (parties.has(id)) tellTwice(shape, item, 'party', id);
		parties.set(id, { id, name, roots });
	}
	return [...parties.values()];
}

export function tellTwice(shape: Shape, node: JsonNode, what: string, id: string): void {
	tell(shape, node, 'P26', `each ${what} once`, `${quote(id)} again`, `delete one of the two, or give it another id`);
}

export function readHeldKeys(shape: Shape, node: Node, what: string, ring: KeyRing): readonly NamedKey[] {
	const keys: NamedKey[] = [];
	for (const item of asList(shape, node, what, LIMITS.keysMax)) {
		const get = asObject(shape, item, `one of ${what}`, ['key', 'holder']);
		const key = readVkey(shape, get?.('key'), `one of ${what}`, ring);
		const holder = asId(shape, get?.('holder'), 'the holder’s pseudonym');
		if (key !== undefined && holder !== undefined) keys.push({ ...key, holder });
	}
	return keys;
}

function readVkey(shape: Shape, node: Node, what: string, ring: KeyRing): Omit<NamedKey, 'holder'> | undefined {
	const text = asText(shape, node, what);
	if (text === undefined || node === undefined) return undefined;
	const parsed = parseVerifierKey(ring.suite, text);
	if (!parsed.ok)
		return tell(shape, node, 'P50', `${what} as name+id+base64`, parsed.error, 'copy the public key again, whole');
	const { name, publicKey, algorithm } = parsed.value;
	if (algorithm !== 1)
		return tell(
			shape,
			node,
			'P50',
			`${what}: an Ed25519 key (algorithm 1)`,
			`algorithm ${algorithm}`,
			'make a key of that kind',
		);
	const sound = checkEnrolmentKey(ring.suite, publicKey);
	if (!sound.ok) return tell(shape, node, 'P50', `${what}: a key of prime order`, sound.error, 'make a new key');
	if (!ID.test(name) || isIntegerLike(name)) {
		return tell(
			shape,
			node,
			'P50',
			`a key name of ${ID_IN_WORDS}, not digits alone`,
			quote(name),
			'make the key with another name',
		);
	}
	const before = enterKey(ring, name, publicKey, what);
	if (before === undefined) return { name, publicKey };
	return tell(
		shape,
		node,
		'P51',
		'each key and each key name once in the package',
		before,
		'make another key with its own name',
	);
}

/** Remembers a key; says which earlier one has the same name or the same 32 bytes. */
export function enterKey(ring: KeyRing, name: string, publicKey: Uint8Array, what: string): string | undefined {
	const hex = hexEncode(publicKey);
	const sameKey = ring.byKey.get(hex);
	if (sameKey !== undefined) return `the same key as ${sameKey}`;
	const sameName = ring.byName.get(name);
	if (sameName !== undefined) return `the name ${quote(name)} of ${sameName}`;
	ring.byKey.set(hex, `${what} ${quote(name)}`);
	ring.byName.set(name, what);
	return undefined;
}
