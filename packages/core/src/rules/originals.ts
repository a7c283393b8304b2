/**
 * `form/original` (S33): a receiving officer has seen the paper. Evidence is never refused because of what the paper says or when it comes; one that comes when a
 * certificate or the declaration covers the station is kept as late, and has no effect until a ruling admits it.
 */
import { areaOf, chainAbove } from '../election/geography.ts';
import type { FormOriginal } from '../record/acts.ts';
import { ORIGINALS_PER_HOLDER_MAX } from '../record/limits.ts';
import { assert } from '../std/result.ts';
import { contestRow } from './chains.ts';
import { collationRow } from './collations.ts';
import type { Context } from './context.ts';
import { firstOf, refuse } from './refusal.ts';
import { type Place, settle } from './returns.ts';
import { type OriginalRow, type RowReader, returnKey } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner, reaches } from './signers.ts';
import { contestAt, returnOf, unitOf } from './stations.ts';

export const formOriginal: Saying<FormOriginal> = {
	decide: (context, rows, { statement, signers }) => {
		const signer = onlySigner(signers, 'receiving-officer');
		if (!signer.ok) return signer.error;
		const at = contestAt(context, rows, statement.contest, statement.station);
		if (!at.ok) return at.error;
		const row = returnOf(rows, statement.contest, statement.station, statement.poll);
		return firstOf(
			() => reaches(context, signer.value, at.value.contest, at.value.station),
			() => {
				const { poll } = unitOf(rows, statement.contest, statement.station);
				if (statement.poll <= poll) return undefined;
				return refuse('S33', `station ${statement.station} is at poll ${poll}, there is no poll ${statement.poll} yet`);
			},
			() => knownFields(at.value, statement),
			() => knownReading(statement, row),
			() => {
				const { holder } = signer.value;
				const own = row.originals?.filter((original) => original.holder === holder).length ?? 0;
				if (own < ORIGINALS_PER_HOLDER_MAX) return undefined;
				return refuse('S33', `${own} originals of this return are by the same holder: let another officer enter it`);
			},
		);
	},
	evolve: (context, rows, { index, id, statement, signers }) => {
		const { contest, station, poll } = statement;
		const at = contestAt(context, rows, contest, station);
		const [signer] = signers;
		assert(at.ok && signer !== undefined, 'an original was decided before it is evolved');
		const row = returnOf(rows, contest, station, poll);
		const late = isCovered(context, rows, at.value);
		const counted = new Set(at.value.contest.fields.flatMap((field) => (field.counted ? [field.id] : [])));
		const original: OriginalRow = {
			id,
			at: index,
			by: signer.name,
			holder: signer.holder,
			...(statement.reading === undefined ? {} : { reading: statement.reading }),
			differs: statement.differs.filter((field) => counted.has(field)),
			...(late ? { late } : {}),
		};
		const next = { ...row, originals: [...(row.originals ?? []), original], last: id };
		rows.put('original', id, { contest, station, poll });
		rows.put('return', returnKey(contest, station, poll), settle(at.value, late ? next : { ...next, original: id }));
	},
};

function knownFields({ contest }: Place, { differs }: FormOriginal) {
	const known = new Set(contest.fields.map(({ id }) => id));
	const unknown = differs.find((field, place) => !known.has(field) || differs.indexOf(field) !== place);
	if (unknown === undefined) return undefined;
	return refuse('S33', `"${unknown}" is not a field of form ${contest.form.id}, or stands twice: name each field once`);
}

/** The paper is compared with the reading that is accepted at that moment, or with none. */
function knownReading({ reading }: FormOriginal, { captures }: ReturnType<typeof returnOf>) {
	if (reading === undefined || captures.some(({ accepted }) => accepted?.reading === reading)) return undefined;
	return refuse('S33', `${reading} is not an accepted reading of this return: compare with the one that is`);
}

/** Whether a certificate in force, at any step of the contest's collation, or the declaration in force has the station in it. */
function isCovered({ election }: Context, rows: RowReader, { contest, station }: Place): boolean {
	if (contestRow(rows, contest.id).declaration !== undefined) return true;
	const chain = chainAbove(election, contest, areaOf(station, contest.hierarchy));
	return chain.some((area) => collationRow(rows, contest.id, area).certificate !== undefined);
}
