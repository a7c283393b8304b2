/**
 * Blobs (S26): the log's key says which files it durably holds and serves; from then on forms whose image is among them
 * are *received* (R2). The authority may withhold one, with a reason that stays on record.
 */
import type { StatementId } from '../record/said.ts';
import type { BlobHeld, BlobWithhold } from '../record/statement.ts';
import { assert } from '../std/result.ts';
import type { Context } from './context.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { isOfficial, settle } from './returns.ts';
import { type RowReader, type Rows, returnKey } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner, quorumOf } from './signers.ts';
import { placeOf, returnOf, stationOf } from './stations.ts';

export const blobHeld: Saying<BlobHeld> = {
	decide: (_context, rows, { statement, signers }) =>
		firstOf(
			() => {
				const signer = onlySigner(signers, 'log');
				return signer.ok ? undefined : signer.error;
			},
			() => decideDigests(rows, statement),
		),
	evolve: (context, rows, { statement, index, id }) => {
		for (const { sha256, size } of statement.blobs) {
			const { waiting = [], ...known } = rows.get('blob', sha256) ?? {};
			rows.put('blob', sha256, { ...known, held: index, size });
			for (const one of waiting) if (one.size === size) receive(context, rows, one.capture, index, id);
		}
	},
};

export const blobWithhold: Saying<BlobWithhold> = {
	decide: ({ election }, rows, { statement, signers }) =>
		firstOf(
			() => quorumOf(signers, 'authority', election.authority.quorum),
			() => {
				const row = rows.get('blob', statement.sha256);
				if (row === undefined) return refuse('S26', `no statement names a blob ${statement.sha256}: check the digest`);
				return row.withheld === undefined
					? undefined
					: refuse('S26', `blob ${statement.sha256} is withheld already: nothing more is needed`);
			},
			() => {
				if (election.codes.withhold.some(({ id }) => id === statement.reason)) return undefined;
				return refuse('S26', `the package lists no reason "${statement.reason}" for withholding a blob`);
			},
		),
	evolve: (_context, rows, { statement }) => {
		const row = rows.get('blob', statement.sha256);
		assert(row !== undefined, 'a withholding was decided before it is evolved');
		rows.put('blob', statement.sha256, { ...row, withheld: statement.reason });
	},
};

function decideDigests(rows: RowReader, { blobs }: BlobHeld): Refusal | undefined {
	const seen = new Set<string>();
	for (const { sha256 } of blobs) {
		if (seen.has(sha256)) return refuse('S26', `blob ${sha256} stands twice in this statement: name it once`);
		if (rows.get('blob', sha256)?.held !== undefined)
			return refuse('S26', `blob ${sha256} is held already: leave it out of this statement`);
		seen.add(sha256);
	}
	return undefined;
}

function receive(context: Context, rows: Rows, capture: StatementId, index: number, id: StatementId): void {
	const ref = rows.get('capture', capture);
	assert(ref !== undefined, 'a waiting capture has a row');
	const at = placeOf(context, ref.contest, stationOf(context, rows, ref.station));
	assert(at !== undefined, 'a capture was decided for a contest and a station of this election');
	const row = returnOf(rows, ref.contest, ref.station, ref.poll);
	const held = row.captures.find((other) => other.id === capture);
	assert(held !== undefined, 'a capture lies on its return');
	if (held.held !== undefined) return;
	const captures = row.captures.map((other) => (other === held ? { ...other, held: index } : other));
	const received = isOfficial(held) ? { ...row, captures, last: id } : { ...row, captures };
	rows.put('return', returnKey(ref.contest, ref.station, ref.poll), settle(at, received));
}
