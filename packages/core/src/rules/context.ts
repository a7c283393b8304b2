/**
 * What the rules need beside the rows and never changes during an election: the package, the primitives, and the keys that the
 * package itself names (S6). Built once by whoever replays or appends.
 */
import type { Election, NamedKey } from '../election/types.ts';
import { keyId } from '../log/note.ts';
import type { EnrolledKey, Role, Scope, Statement } from '../record/statement.ts';
import { hexEncode } from '../std/bytes.ts';
import type { Suite } from '../std/suite.ts';
import type { KeyRow } from './rows.ts';

export type Office = 'log' | 'authority' | 'registrar' | 'party' | 'court' | Role;

export interface Signer {
	readonly name: string;
	/** 32 bytes in hex. */
	readonly key: string;
	readonly keyId: string;
	readonly holder: string;
	readonly office: Office;
	readonly scope: Scope;
}

export interface Context {
	readonly suite: Suite;
	readonly election: Election;
	/** Keys of the package by name. */
	readonly packageKeys: ReadonlyMap<string, Signer>;
	/** Public keys of the package (hex) → name. */
	readonly packageKeyUses: ReadonlyMap<string, string>;
}

/** A statement on its way into the log: what it says, where it would stand, who signed. */
export interface Said<T extends Statement = Statement> {
	readonly index: number;
	readonly id: string;
	readonly statement: T;
	readonly signers: readonly Signer[];
}

export const ALG_ED25519 = 1;

export function keyIdOf(suite: Suite, name: string, publicKey: Uint8Array): string {
	return keyId(suite, name, ALG_ED25519, publicKey);
}

export function contextOf(suite: Suite, election: Election): Context {
	const packageKeys = new Map<string, Signer>();
	const packageKeyUses = new Map<string, string>();
	const add = (key: NamedKey, office: Office, scope: Scope) => {
		const hex = hexEncode(key.publicKey);
		const signer = {
			name: key.name,
			key: hex,
			keyId: keyIdOf(suite, key.name, key.publicKey),
			holder: key.holder,
			office,
			scope,
		};
		packageKeys.set(key.name, signer);
		packageKeyUses.set(hex, key.name);
	};
	add(election.log.key, 'log', {});
	add(election.log.spare, 'log', {});
	for (const key of election.authority.keys) add(key, 'authority', {});
	for (const key of election.registrars) add(key, 'registrar', {});
	for (const party of election.parties) for (const root of party.roots) add(root, 'party', { party: party.id });
	for (const court of election.proceedings.courts) for (const key of court.keys) add(key, 'court', {});
	return { suite, election, packageKeys, packageKeyUses };
}

/** The row of a key that a statement enrols at this index. */
export function enrolledRow(suite: Suite, key: EnrolledKey, publicKey: Uint8Array, index: number): KeyRow {
	return {
		key: hexEncode(publicKey),
		keyId: keyIdOf(suite, key.name, publicKey),
		holder: key.holder,
		role: key.role,
		scope: key.scope,
		from: index,
	};
}
