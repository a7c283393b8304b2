/** The step of a story in which somebody lodges another count (`spec/package.md`, P86): its table lies beside the story, and is in the spelling that a server takes. */
import type { JsonNode } from '@matokeo/core/election/json.ts';
import { asText, asWord, tell } from '@matokeo/core/election/jsonShape.ts';
import { checkCountTable, explainCountTable, misfitOf } from '@matokeo/core/record/countTable.ts';
import { COUNT_SOURCES } from '@matokeo/core/record/filings.ts';
import { among, contestIn, type Get, moment, partyIn, type Reading } from './reading.ts';
import type { Lodger, Lodging } from './story.ts';

const LODGERS = ['agent', 'party', 'observer', 'newsroom'] as const;

export function readCount(reading: Reading, get: Get, item: JsonNode): Lodging | undefined {
	const { contests } = reading.election;
	const contest = contestIn(reading, get);
	const levels = contest === undefined ? [] : (contests.get(contest)?.levels ?? []);
	const level =
		get('level') === undefined
			? undefined
			: among(reading, get('level'), 'the level of a count', (id) => levels.includes(id), levels);
	const by = lodgerIn(reading, get, item);
	const obtained = asWord(reading, get('obtained'), 'how a count was obtained', COUNT_SOURCES);
	const at = moment(reading, get('as_of'), 'as of when a count stood');
	const text = asText(reading, get('text'), 'text');
	const table = contest === undefined ? undefined : tableIn(reading, get, contest, level);
	if (contest === undefined || by === undefined || obtained === undefined || at === undefined) return undefined;
	if (text === undefined || table === undefined) return undefined;
	return { kind: 'count', by, contest, ...(level === undefined ? {} : { level }), obtained, at, text, ...table };
}

function lodgerIn(reading: Reading, get: Get, item: JsonNode): Lodger | undefined {
	const kind = asWord(reading, get('by'), 'who lodges a count', LODGERS);
	if (kind === 'agent' || kind === 'party') {
		const party = partyIn(reading, get, item, kind);
		return party === undefined ? undefined : { kind, party };
	}
	return kind === undefined ? undefined : { kind };
}

function tableIn(
	reading: Reading,
	get: Get,
	contestId: string,
	level: string | undefined,
): Pick<Lodging, 'table' | 'rows'> | undefined {
	const node = get('table');
	const name = asText(reading, node, 'the table of a count');
	if (name === undefined || node === undefined) return undefined;
	const file = `counts/${name}.csv`;
	const wrong = (expected: string, came: string) => tell(reading, node, 'P86', expected, came, `mend or write ${file}`);
	if (!/^[a-z0-9-]{1,64}$/.test(name)) return wrong('the name of a table: 1 to 64 of a–z 0–9 -', name);
	const bytes = reading.tables(name);
	if (!bytes.ok) return wrong(`the table ${file} beside the story`, bytes.error);
	const size = checkCountTable(bytes.value);
	if (!size.ok) return wrong(`${file} in the spelling of S44`, explainCountTable(size.error));
	const contest = reading.election.contests.get(contestId);
	const misfit = contest === undefined ? undefined : misfitOf(size.value, contest, level);
	if (misfit !== undefined) return wrong(`${file} of this contest and level`, explainCountTable(misfit));
	return { table: bytes.value, rows: size.value.rows };
}
