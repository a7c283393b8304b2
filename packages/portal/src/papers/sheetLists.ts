/** The long lists of a sheet: areas below with their certificates, and stations that are counted. With many fields the columns are numbered as in the table of totals, and a wide list becomes several. */
import type { SheetArea, SheetFlag, SheetStation } from '@matokeo/core/collation/sheet.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { Words } from '../words/words.ts';
import type { PaperBlock, PaperColumn, Said } from './paper.ts';
import type { SheetContext } from './sheetPaper.ts';
import { fieldLabels } from './sheetTotals.ts';

/** With so many fields or fewer the columns have names. */
const NAMED_MAX = 5;
/** Columns of votes that fit beside a name on a sheet of A4. */
const FIELDS_MAX = 14;

const FLAGS: Readonly<Record<SheetFlag, MessageId>> = {
	as_written: 'papers.flagAsWritten',
	flagged: 'papers.flagFlagged',
	discrepant_open: 'papers.flagDiscrepantOpen',
	disputed: 'papers.flagDisputed',
	substituted: 'papers.flagSubstituted',
	original_late: 'papers.flagOriginalLate',
};

export function flagsSaid(words: Words, { flags = [] }: SheetStation): string {
	return flags.map((flag) => words.say(FLAGS[flag])).join(', ');
}

/** The id, and the name that the package gives; a station that was added later has only its id here. */
export function stationSaid({ election }: SheetContext, id: string): Said {
	const name = election.stations.get(id)?.name;
	return name === undefined || name === '' ? { foreign: id } : [{ foreign: id }, ' ', { foreign: name }];
}

interface Line {
	readonly lead: readonly Said[];
	readonly votes: readonly number[];
	readonly tail: readonly Said[];
}

interface List {
	readonly title: string;
	readonly lead: readonly PaperColumn[];
	readonly tail: readonly PaperColumn[];
	readonly lines: readonly Line[];
}

/** One table, or several with so many columns of votes each. */
function tables({ contest, sheet, words }: SheetContext, { title, lead, tail, lines }: List): readonly PaperBlock[] {
	const labels = fieldLabels({ contest, sheet, words });
	const isNamed = labels.length <= NAMED_MAX;
	const blocks: PaperBlock[] = isNamed ? [] : [{ kind: 'note', text: words.say('papers.columnsText') }];
	for (let from = 0; from < labels.length; from += FIELDS_MAX) {
		const to = Math.min(labels.length, from + FIELDS_MAX);
		const columns = labels.slice(from, to).map(
			(label, place): PaperColumn => ({
				label: isNamed ? label : words.number(from + place + 1),
				align: 'number',
				width: isNamed ? 2 : 1,
			}),
		);
		const range = words.say('papers.columns', { first: from + 1, last: to });
		blocks.push({
			kind: 'table',
			caption: labels.length <= FIELDS_MAX ? title : `${title}, ${range}`,
			columns: [...lead, ...columns, ...(to === labels.length ? tail : [])],
			rows: lines.map((line) => [
				...line.lead,
				...line.votes.slice(from, to).map(words.number),
				...(to === labels.length ? line.tail : []),
			]),
		});
	}
	return blocks;
}

export function countedBlocks(context: SheetContext): readonly PaperBlock[] {
	const { sheet, words } = context;
	const counted = sheet.stations.filter(({ state }) => state === 'counted');
	if (counted.length === 0) return [];
	const title = words.say('papers.stationsTitle');
	const isRemarked = counted.some(({ flags, poll }) => flags !== undefined || poll > 1);
	const remarks = (station: SheetStation): Said =>
		[...(station.poll > 1 ? [words.say('common.poll', { n: station.poll })] : []), flagsSaid(words, station)]
			.filter((text) => text !== '')
			.join(', ');
	return [
		{ kind: 'heading', text: title },
		...tables(context, {
			title,
			lead: [{ label: words.say('papers.station'), align: 'text', width: 5 }],
			tail: isRemarked ? [{ label: words.say('papers.flags'), align: 'text', width: 3 }] : [],
			lines: counted.map((station) => ({
				lead: [stationSaid(context, station.station)],
				votes: station.votes ?? [],
				tail: isRemarked ? [remarks(station)] : [],
			})),
		}),
	];
}

export function areaBlocks(context: SheetContext): readonly PaperBlock[] {
	const { sheet, words } = context;
	if (sheet.areas.length === 0) return [];
	const title = words.say('papers.areasTitle');
	const changed = sheet.areas.flatMap(({ area, now }) => (now === undefined ? [] : [{ area, ...now }]));
	return [
		{ kind: 'heading', text: title },
		{ kind: 'paragraph', text: words.say('papers.areasText') },
		...areaTables(context, title, sheet.areas, true),
		...(changed.length === 0 ? [] : areaTables(context, words.say('papers.areasChanged'), changed, false)),
	];
}

function areaTables(
	context: SheetContext,
	title: string,
	areas: readonly SheetArea[],
	isCertified: boolean,
): readonly PaperBlock[] {
	const { election, words } = context;
	const certificate = ({ certificate: id, number }: SheetArea): Said =>
		id === undefined
			? words.say('papers.uncertified')
			: [`${words.say('papers.certificateNumber', { n: number ?? 0 })}, `, { foreign: id }];
	return tables(context, {
		title,
		lead: [
			{ label: words.say('papers.area'), align: 'text', width: 3 },
			...(isCertified ? [{ label: words.say('papers.certificate'), align: 'text', width: 4 } as const] : []),
			{ label: words.say('papers.counted'), align: 'number', width: 2 },
		],
		tail: [],
		lines: areas.map((one) => ({
			lead: [
				[{ foreign: election.areas.get(one.area)?.name ?? one.area }, ' (', { foreign: one.area }, ')'],
				...(isCertified ? [certificate(one)] : []),
				words.number(one.counted),
			],
			votes: one.votes,
			tail: [],
		})),
	});
}
