/**
 * `count/lodge` (S44): another count of a contest is put on record, with the digest of its table and a text on how it came about, so that anybody can lay it beside
 * the log, station by station. It is compared and never counted; whether it is right is nobody's to decide here.
 */
import type { CountLodge } from '../record/filings.ts';
import { COUNTS_PER_HOLDER_MAX } from '../record/limits.ts';
import { assert } from '../std/result.ts';
import { chained } from './chains.ts';
import type { Context, Office, Signer } from './context.ts';
import { nameBlob } from './filed.ts';
import { logRow } from './opening.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { lodgerKey, type RowReader } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner } from './signers.ts';

const LODGING: readonly Office[] = ['agent', 'party', 'observer', 'newsroom'];

export const countLodge: Saying<CountLodge> = {
	decide: (context, rows, { statement, signers }) => {
		const signer = onlySigner(signers, ...LODGING);
		if (!signer.ok) return signer.error;
		return firstOf(
			() => knownPlace(context, statement),
			() => inOrder(rows, statement, signer.value),
		);
	},
	evolve: (_context, rows, { id, index, statement, signers }) => {
		const [signer] = signers;
		assert(signer !== undefined, 'a count was decided before it is evolved');
		const { contest, level, table, text } = statement;
		nameBlob(rows, table, text);
		const key = lodgerKey(contest, signer.holder);
		const before = rows.get('lodger', key);
		const former = before === undefined ? undefined : rows.get('count', before.last);
		if (before !== undefined && former !== undefined) rows.put('count', before.last, { ...former, until: id });
		rows.put('lodger', key, { lodged: (before?.lodged ?? 0) + 1, last: id });
		rows.put('count', id, {
			contest,
			index,
			time: logRow(rows).time,
			by: signer.name,
			...(level === undefined ? {} : { level }),
			table,
			...chained(rows, contest, 'count', id),
		});
	},
};

function knownPlace({ election }: Context, { contest, level }: CountLodge): Refusal | undefined {
	const known = election.contests.get(contest);
	if (known === undefined) return refuse('S44', `the package has no contest "${contest}": check its id`);
	if (level === undefined || known.levels.includes(level)) return undefined;
	return refuse(
		'S44',
		`contest ${contest} is counted at ${known.levels.join(', ')} and at polling stations, not at "${level}": name one of these, or leave "level" out for stations`,
	);
}

function inOrder(rows: RowReader, { contest, seen }: CountLodge, { holder }: Signer): Refusal | undefined {
	const before = rows.get('lodger', lodgerKey(contest, holder));
	if ((before?.lodged ?? 0) >= COUNTS_PER_HOLDER_MAX)
		return refuse('S44', `this holder has lodged ${COUNTS_PER_HOLDER_MAX} counts of ${contest}, the most there may be`);
	if (seen === before?.last) return undefined;
	return refuse(
		'S32',
		before === undefined
			? '"seen" names a count, but this holder has lodged none of this contest: leave it out'
			: `this holder's last count of ${contest} is ${before.last}: name it in "seen", the new one takes its place`,
	);
}
