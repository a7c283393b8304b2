/**
 * A document 510 of EML (OASIS v5, and EML_NL as the Dutch Kiesraad publishes it) as a count: a row for each reporting unit, a field for each choice and each figure of the ballot account (K38,
 * K39). Lists that are followed by their candidates are totals. It checks that the units add up to the stated total and says so; it validates against no schema.
 */
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Count, CountField, LeftOut } from '../count.ts';
import { decodeTable } from '../table/decode.ts';
import { type Encoding, faultSentence, type TableFault } from '../table/table.ts';
import { collector, type EmlContest, type EmlDocument, type EmlUnit } from './collect.ts';
import { walkXml } from './walkXml.ts';

export interface EmlCount {
	readonly count: Count;
	/** `510b` */
	readonly document: string;
	readonly contest: { readonly id: string; readonly name: string };
	/** The stated total by the place of its field; empty when the document states none. */
	readonly totals: ReadonlyMap<number, number>;
	/** Fields whose sum over the units is not the stated total. */
	readonly unequal: readonly { readonly field: string; readonly stated: number; readonly sum: number }[];
	readonly notes: readonly string[];
}

/** Larger documents than any country's: the whole of the Netherlands is about 100 MB. */
const BYTES_MAX = 200_000_000;

export function isEml(bytes: Uint8Array): boolean {
	const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4096));
	return /^[^<]*(<\?[^>]*>|<!--[\s\S]*?-->|\s)*<(\w+:)?EML[\s>]/.test(head);
}

/** `contest`: its id, for a document with several. */
export function readEml(
	bytes: Uint8Array,
	options: { readonly contest?: string; readonly title?: string } = {},
	suite: Pick<Suite, 'sha256Hex'> = portableSuite,
): Result<EmlCount> {
	const text = textOf(bytes);
	if (!text.ok) return err(faultSentence(text.error));
	const { document, visitor } = collector();
	const fault = walkXml(text.value, visitor);
	if (document.id !== '' && !/^510[a-z]?$/.test(document.id)) return err(otherDocument(document.id));
	if (fault !== undefined) {
		const { line, found } = fault;
		const advice = 'get the document again from its source';
		return err(faultSentence({ line, expected: 'a well-formed EML document', found, advice }));
	}
	const contest = contestOf(document, options.contest);
	if (!contest.ok) return contest;
	return countOf(document, contest.value, options.title, { digest: suite.sha256Hex(bytes), size: bytes.length });
}

const MEANINGS: Readonly<Record<string, string>> = {
	'110': ', the definition of an election or its polling stations',
	'230': ', a list of candidates',
	'520': ', a result without stations',
};

function otherDocument(id: string): string {
	const found = `document ${id}${MEANINGS[id.slice(0, 3)] ?? ''}`;
	const advice = 'look for the file with the counts (in the Netherlands, Telling_….eml.xml)';
	return faultSentence({ expected: 'document 510, a count', found, advice });
}

function textOf(bytes: Uint8Array): Result<string, TableFault> {
	if (bytes.length > BYTES_MAX)
		return err({
			expected: `at most ${BYTES_MAX} bytes`,
			found: `${bytes.length}`,
			advice: 'take the documents of the regions one by one',
		});
	const head = String.fromCharCode(...bytes.subarray(0, 200));
	const declared = /^<\?xml[^>]*encoding=["']([^"']+)["']/.exec(head)?.[1]?.toLowerCase();
	const encoding = declared === undefined ? undefined : ENCODINGS[declared];
	if (declared !== undefined && encoding === undefined && !declared.startsWith('utf-16'))
		return err({
			expected: `one of the encodings ${Object.keys(ENCODINGS).join(', ')}, utf-16`,
			found: JSON.stringify(declared),
			advice: 'save the document as UTF-8',
		});
	const decoded = decodeTable(bytes, encoding);
	return decoded.ok ? ok(decoded.value.text) : decoded;
}

const ENCODINGS: Readonly<Record<string, Encoding>> = {
	'utf-8': 'utf-8',
	'us-ascii': 'utf-8',
	'iso-8859-1': 'windows-1252',
	'windows-1252': 'windows-1252',
};

function contestOf({ contests }: EmlDocument, wanted: string | undefined): Result<EmlContest> {
	const able = wanted === undefined ? contests : contests.filter(({ id }) => id === wanted);
	const [only, ...more] = able;
	if (only !== undefined && more.length === 0) return ok(only);
	const ids = contests.map(({ id, name }) => JSON.stringify(name === '' ? id : `${id} (${name})`)).join(', ');
	const found = contests.length === 0 ? 'none' : ids;
	const advice = contests.length === 0 ? 'it holds no count' : 'name the contest by its id';
	return err(faultSentence({ expected: 'one contest', found, advice }));
}

const NUMBER = /^0*([0-9]{1,15})$/;

function numberOf(text: string): number {
	const digits = NUMBER.exec(text)?.[1];
	return digits === undefined ? Number.NaN : Number(digits);
}

function countOf(
	document: EmlDocument,
	contest: EmlContest,
	title: string | undefined,
	source: Count['source'],
): Result<EmlCount> {
	const { fields, places, units } = contest;
	const listed = new Set([...places.keys()].filter((id) => id.includes('/')).map((id) => id.slice(0, id.indexOf('/'))));
	const own: readonly CountField[] = fields.map(({ id, name, kind }) => ({
		id: plainId(id),
		name,
		kind: kind === 'list' ? (listed.has(id) ? 'total' : 'candidate') : kind === 'choice' ? 'candidate' : kind,
	}));
	const rows = units.length > 0 ? units : totalsRow(contest);
	if (rows.length === 0) return err(faultSentence(NO_VOTES));
	const { kept, leftOut } = once(rows);
	const { values, texts } = figuresOf(kept, own.length);
	const totals = new Map(
		[...(contest.totals?.figures ?? [])].flatMap(([field, text]) => {
			const number = numberOf(text);
			return Number.isNaN(number) ? [] : [[field, number] as const];
		}),
	);
	const unequal = units.length === 0 ? [] : unequalSums(own, values, totals);
	return ok({
		count: {
			title: title ?? [document.election, contest.name].filter((part) => part !== '').join(', '),
			level:
				units.length === 0
					? { area: 'contest' }
					: /^510[cd]$/.test(document.id)
						? { area: 'reporting-unit' }
						: 'station',
			fields: own,
			keys: kept.map(({ id }) => id),
			values,
			texts,
			lines: Uint32Array.from(kept, ({ line }) => line),
			areas: [],
			leftOut,
			filtered: 0,
			source,
		},
		document: document.id,
		contest: { id: contest.id, name: contest.name },
		totals,
		unequal,
		notes: notesOf(units.length, totals.size, unequal.length),
	});
}

/** `:RejectedVotes:blanco` is `rejected-votes-blanco`. */
function plainId(id: string): string {
	if (!id.startsWith(':')) return id;
	return id
		.slice(1)
		.replaceAll(':', '-')
		.replaceAll(' ', '-')
		.replace(/(?<=[a-z])[A-Z]/g, '-$&')
		.toLowerCase();
}

const NO_VOTES: TableFault = {
	expected: 'votes, in all or of reporting units',
	found: 'none',
	advice: 'look for the file with the counts',
};

function totalsRow({ id, totals }: EmlContest): readonly EmlUnit[] {
	return totals === undefined ? [] : [{ ...totals, id: id === '' ? 'total' : id }];
}

/** Units that have an id, and one that no other has with other figures. */
function once(units: readonly EmlUnit[]): { readonly kept: readonly EmlUnit[]; readonly leftOut: readonly LeftOut[] } {
	const first = new Map<string, EmlUnit>();
	const dropped = new Set<EmlUnit>();
	const leftOut: LeftOut[] = [];
	for (const unit of units) {
		const { id, line, twice } = unit;
		const earlier = first.get(id);
		if (id === '' || twice !== undefined) leftOut.push({ line, key: id, why: id === '' ? 'no-key' : 'unreadable' });
		else if (earlier === undefined) first.set(id, unit);
		else {
			const same = sameFigures(earlier, unit);
			if (!same && !dropped.has(earlier)) {
				dropped.add(earlier);
				leftOut.push({ line: earlier.line, key: id, why: 'twice', same });
			}
			leftOut.push({ line, key: id, why: 'twice', same });
		}
	}
	return { kept: [...first.values()].filter((unit) => !dropped.has(unit)), leftOut };
}

function sameFigures(one: EmlUnit, other: EmlUnit): boolean {
	if (one.figures.size !== other.figures.size) return false;
	return [...one.figures].every(([field, text]) => other.figures.get(field) === text);
}

function figuresOf(
	units: readonly EmlUnit[],
	width: number,
): { readonly values: Float64Array; readonly texts: ReadonlyMap<number, string> } {
	const values = new Float64Array(units.length * width).fill(Number.NaN);
	const texts = new Map<number, string>();
	for (const [row, { figures }] of units.entries()) {
		for (const [field, text] of figures) {
			const number = numberOf(text);
			values[row * width + field] = number;
			if (Number.isNaN(number) && text !== '') texts.set(row * width + field, text.slice(0, 100));
		}
	}
	return { values, texts };
}

function unequalSums(
	fields: readonly CountField[],
	values: Float64Array,
	totals: ReadonlyMap<number, number>,
): EmlCount['unequal'] {
	return [...totals].flatMap(([field, stated]) => {
		let sum = 0;
		for (let at = field; at < values.length; at += fields.length) sum += values[at] || 0;
		// The electorate of EML_NL stands in the total and may be left at 0 in the units.
		const unsaid = fields[field]?.id === 'cast' && sum === 0;
		return sum === stated || unsaid ? [] : [{ field: fields[field]?.name ?? '', stated, sum }];
	});
}

function notesOf(units: number, totals: number, unequal: number): readonly string[] {
	if (units === 0) return ['the document has totals and no reporting units'];
	if (totals === 0)
		return [`the document has ${units === 1 ? 'one reporting unit' : `${units} reporting units`} and states no total`];
	const over = units === 1 ? 'the one reporting unit' : `${units} reporting units`;
	const equal = `the sums over ${over} are the stated totals in ${totals - unequal} of ${totals} fields`;
	return [equal];
}
