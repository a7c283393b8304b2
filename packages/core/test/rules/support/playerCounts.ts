/** What the player at random puts on record beside the count: other counts, and digests of the machine's books. */
import type { Statement } from '../../../src/record/statement.ts';
import { utf8Encode } from '../../../src/std/bytes.ts';
import { portableSuite } from '../../../src/std/portable.ts';
import { lodgerOf } from './countsAuditor.ts';
import type { Player } from './seat.ts';

const NONE = 'f'.repeat(64);
const LODGING = ['observer/1', 'party/sun/1', 'party/sun/2', 'party/sun/root', 'po/001'] as const;

export function countOf({ chance, drawn, world: { rows } }: Player): Statement {
	const by = chance.one(LODGING);
	const contest = chance.percent(95) ? chance.one(['president', 'council']) : 'mayor';
	const level = chance.percent(30) ? chance.one(['region', 'district', 'ward']) : undefined;
	const own = rows.get('lodger', `${contest}|${lodgerOf(rows, by)}`)?.last;
	const seen = chance.percent(85) ? own : chance.one([NONE, ...rows.keysOf('count')]);
	const digest = (what: string) => portableSuite.sha256Hex(utf8Encode(`${what} ${++drawn.count}`));
	return {
		type: 'count/lodge',
		by: [by],
		at: 1_800_000_000,
		contest,
		...(level === undefined ? {} : { level }),
		obtained: chance.one(['forms', 'posted-forms', 'undisclosed']),
		rows: 1 + chance.below(8),
		...(seen === undefined ? {} : { seen }),
		table: digest('table'),
		text: digest('text'),
	};
}

/** A period that ends now or a little later; now and then one that leaves a gap. */
export function accessOf({ chance, drawn, world: { rows } }: Player): Statement {
	const { accessed, time = 0 } = rows.get('log', '') ?? {};
	const end = accessed === undefined ? time - 100 : (rows.get('access', accessed)?.until ?? 0);
	const seen = chance.percent(90) ? accessed : NONE;
	const file = { lines: 1, sha256: portableSuite.sha256Hex(utf8Encode(`book ${++drawn.count}`)), size: 9 };
	const books = chance.one([['requests'], ['requests', 'operations'], ['operations', 'operations']] as const);
	return {
		type: 'access/digest',
		by: [chance.one(['small.example/log', 'small.example/log', 'small.example/spare'])],
		files: books.map((book) => ({ book, ...file })),
		from: end + (chance.percent(90) ? 0 : 1),
		...(seen === undefined ? {} : { seen }),
		until: chance.percent(90) ? time : time + 1,
	};
}
