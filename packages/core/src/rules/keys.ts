/**
 * Enrolling and revoking keys (S22, S23): two registrars of different holders, the authority's quorum for officials once forms are
 * coming in, a party's root for its own agents. A key acts from its own index on, never backwards.
 */
import { checkEnrolmentKey } from '../log/ed25519.ts';
import type { EnrolledKey, KeyEnrol, KeyRevoke } from '../record/statement.ts';
import { base64Decode, hexEncode } from '../std/bytes.ts';
import { assert } from '../std/result.ts';
import { type Context, enrolledRow, type Signer } from './context.ts';
import { logRow } from './opening.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import type { RowReader } from './rows.ts';
import type { Saying } from './saying.ts';
import { quorumOf } from './signers.ts';
import { stationOf } from './stations.ts';

const REGISTRARS_LEAST = 2;

export const keyEnrol: Saying<KeyEnrol> = {
	decide: (context, rows, { statement, signers }) => {
		const names = new Set<string>();
		const keys = new Set<string>();
		return firstOf(
			() => enrolmentAuthority(context, rows, signers, statement.keys),
			() => {
				for (const key of statement.keys) {
					if (names.has(key.name) || keys.has(key.key))
						return refuse('S22', `"${key.name}" or its key stands twice in this enrolment`);
					names.add(key.name);
					keys.add(key.key);
					const refusal = decideKey(context, rows, key);
					if (refusal !== undefined) return refusal;
				}
				return undefined;
			},
		);
	},
	evolve: ({ suite }, rows, { statement, index, signers }) => {
		const party = partyOf(signers);
		for (const key of statement.keys) {
			const publicKey = base64Decode(key.key);
			assert(publicKey !== undefined, 'an enrolment was decided before it is evolved');
			const holder = party === undefined ? key.holder : `${party}|${key.holder}`;
			rows.put('key', key.name, { ...enrolledRow(suite, key, publicKey, index), holder });
			rows.put('keyUse', hexEncode(publicKey), { name: key.name });
		}
	},
};

export const keyRevoke: Saying<KeyRevoke> = {
	decide: (context, rows, { statement, signers }) =>
		firstOf(
			() => {
				const row = rows.get('key', statement.key);
				if (context.packageKeys.has(statement.key)) {
					return refuse(
						'S23',
						`the key "${statement.key}" is of the package, which is frozen: only enrolled keys can be revoked`,
					);
				}
				if (row === undefined)
					return refuse('S23', `no key named "${statement.key}" was ever enrolled: check the spelling of the name`);
				if (row.until !== undefined)
					return refuse('S23', `the key "${statement.key}" is revoked already, at index ${row.until}`);
				const own = row.role === 'agent' && row.scope.party === partyOf(signers);
				return own ? undefined : quorumOf(signers, 'registrar', REGISTRARS_LEAST);
			},
			() => {
				if (context.election.codes.revoke.some(({ id }) => id === statement.reason)) return undefined;
				return refuse('S23', `the package lists no reason "${statement.reason}" for revoking a key`);
			},
		),
	evolve: (_context, rows, { statement, index }) => {
		const row = rows.get('key', statement.key);
		assert(row !== undefined, 'a revocation was decided before it is evolved');
		rows.put('key', statement.key, { ...row, until: index });
	},
};

/** The party whose root signs alone. */
function partyOf(signers: readonly Signer[]): string | undefined {
	const [signer] = signers;
	return signers.length === 1 && signer?.office === 'party' ? signer.scope.party : undefined;
}

function enrolmentAuthority(
	{ election }: Context,
	rows: RowReader,
	signers: readonly Signer[],
	keys: readonly EnrolledKey[],
): Refusal | undefined {
	const party = partyOf(signers);
	if (party !== undefined) return ownAgents(party, keys);
	if (!logRow(rows).captured) return quorumOf(signers, 'registrar', REGISTRARS_LEAST);
	const refusal = quorumOf(signers, 'authority', election.authority.quorum);
	return refusal === undefined
		? undefined
		: { ...refusal, why: `after the first capture by an officer ${refusal.why}` };
}

/**
 * A party cannot take names that officials need, and a holder that it names is one of its own whatever the pseudonym: otherwise it could bar a
 * clerk or a returning officer from a form by letting "the same holder" capture it first.
 */
function ownAgents(party: string, keys: readonly EnrolledKey[]): Refusal | undefined {
	const foreign = keys.find(({ role, scope }) => role !== 'agent' || scope.party !== party);
	if (foreign !== undefined)
		return refuse('S22', `a root of party ${party} enrols agents of ${party} only, "${foreign.name}" is not one`);
	const prefix = `party/${party}/`;
	const outside = keys.find(({ name }) => !name.startsWith(prefix));
	if (outside === undefined) return undefined;
	return refuse(
		'S22',
		`the names of agents whom party ${party} enrols begin with "${prefix}", rename "${outside.name}"`,
	);
}

function decideKey(context: Context, rows: RowReader, key: EnrolledKey): Refusal | undefined {
	const publicKey = base64Decode(key.key);
	if (publicKey === undefined)
		return refuse('S22', `the key of "${key.name}" is not 32 bytes in strict base64: copy it again from the device`);
	if (context.packageKeys.has(key.name) || rows.get('key', key.name) !== undefined) {
		return refuse('S22', `the name "${key.name}" belongs to a key already: a new key needs a new name`);
	}
	const hex = hexEncode(publicKey);
	if (context.packageKeyUses.has(hex) || rows.get('keyUse', hex) !== undefined) {
		return refuse('S22', `the key of "${key.name}" is in use under another name: make a new pair of keys`);
	}
	const point = checkEnrolmentKey(context.suite, publicKey);
	if (!point.ok)
		return refuse('S22', `the key of "${key.name}" cannot be trusted, make a new pair of keys: ${point.error}`);
	return decideScope(context, rows, key);
}

function decideScope(context: Context, rows: RowReader, { name, role, scope }: EnrolledKey): Refusal | undefined {
	const { election } = context;
	if (role === 'presiding-officer' && scope.station === undefined)
		return refuse('S22', `the presiding officer "${name}" needs a station in its scope`);
	if (role === 'agent' && scope.party === undefined)
		return refuse('S22', `the agent "${name}" needs a party in its scope`);
	if (role !== 'agent' && scope.party !== undefined)
		return refuse('S22', `"${name}" is ${role}: only the scope of an agent names a party`);
	if (scope.station !== undefined && stationOf(context, rows, scope.station) === undefined) {
		return refuse('S22', `the scope of "${name}" names station ${scope.station}, which this election does not have`);
	}
	if (scope.area !== undefined && !election.areas.has(scope.area))
		return refuse('S22', `the scope of "${name}" names the unknown area ${scope.area}`);
	if (scope.contest !== undefined && !election.contests.has(scope.contest)) {
		return refuse('S22', `the scope of "${name}" names the unknown contest ${scope.contest}`);
	}
	if (scope.party !== undefined && !election.parties.some(({ id }) => id === scope.party)) {
		return refuse('S22', `the scope of "${name}" names the unknown party ${scope.party}`);
	}
	return undefined;
}
