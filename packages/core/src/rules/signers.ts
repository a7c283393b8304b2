/**
 * Who signed, and in what office (S6, S10): resolves the names in `by` to keys in force at an index, counts quorums by
 * holders rather than by keys, and asks whether an office reaches to a station.
 */
import { isWithin } from '../election/geography.ts';
import type { Contest, Station } from '../election/types.ts';
import { err, ok, type Result } from '../std/result.ts';
import type { Context, Office, Signer } from './context.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { RowReader } from './rows.ts';

function signerOf(context: Context, rows: RowReader, name: string, index: number): Signer | undefined {
	const named = context.packageKeys.get(name);
	if (named !== undefined) return named;
	const row = rows.get('key', name);
	if (row === undefined || row.from >= index || row.until !== undefined) return undefined;
	return { name, key: row.key, keyId: row.keyId, holder: row.holder, office: row.role, scope: row.scope };
}

export function signersOf(
	context: Context,
	rows: RowReader,
	by: readonly { readonly name: string; readonly keyId: string }[],
	index: number,
): Result<readonly Signer[], Refusal> {
	const signers: Signer[] = [];
	for (const { name, keyId } of by) {
		const signer = signerOf(context, rows, name, index);
		if (signer === undefined)
			return err(
				refuse(
					'S6',
					`no key named "${name}" is in force at index ${index}: enrol it first, or sign with a key that is not revoked`,
				),
			);
		if (signer.keyId !== keyId)
			return err(
				refuse(
					'S6',
					`the signature of "${name}" is by key ${keyId}, the key in force is ${signer.keyId}: sign with the key that was enrolled under this name`,
				),
			);
		signers.push(signer);
	}
	return ok(signers);
}

/** One signer in one of these offices. */
export function onlySigner(signers: readonly Signer[], ...offices: readonly Office[]): Result<Signer, Refusal> {
	const [signer] = signers;
	if (signer !== undefined && signers.length === 1 && offices.includes(signer.office)) return ok(signer);
	return err(
		refuse(
			'S10',
			`expected: one signature in the office "${offices.join('" or "')}"; it is signed by ${describe(signers)}`,
		),
	);
}

/** Every signer in the office, by at least `least` different holders. */
export function quorumOf(signers: readonly Signer[], office: Office, least: number): Refusal | undefined {
	const holders = new Set(signers.filter((signer) => signer.office === office).map(({ holder }) => holder));
	const foreign = signers.filter((signer) => signer.office !== office);
	if (foreign.length === 0 && holders.size >= least) return undefined;
	return refuse(
		'S10',
		`expected: ${least === 1 ? 'one holder' : `${least} different holders`} in the office "${office}" and nobody else; it is signed by ${describe(signers)}`,
	);
}

/** Whether a key's scope reaches to this contest and station. */
export function reaches(context: Context, signer: Signer, contest: Contest, station: Station): Refusal | undefined {
	const { scope } = signer;
	const limits: readonly (readonly [string | undefined, boolean])[] = [
		[scope.contest, scope.contest === contest.id],
		[scope.station, scope.station === station.id],
		[scope.area, scope.area !== undefined && isWithin(context.election, scope.area, station, contest)],
	];
	for (const [limit, reached] of limits) {
		if (limit !== undefined && !reached) {
			return refuse(
				'S10',
				`the key "${signer.name}" may speak for ${limit} only, not for ${contest.id} at station ${station.id}: let an officer sign whose scope reaches there`,
			);
		}
	}
	return undefined;
}

function describe(signers: readonly Signer[]): string {
	return signers.map(({ name, office }) => `${name} (${office})`).join(', ');
}
