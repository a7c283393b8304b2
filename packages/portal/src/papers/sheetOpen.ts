/** What of a sheet is not counted, each station with its reason and where that is written, and the objections that are open. */

import type { SheetState, SheetStation } from '@matokeo/core/collation/sheet.ts';
import { DECLARATION_WORDS } from '@matokeo/core/collation/words.ts';
import type { Codes } from '@matokeo/core/election/types.ts';
import type { PaperBlock, Said } from './paper.ts';
import { textIn } from './paper.ts';
import { flagsSaid, stationSaid } from './sheetLists.ts';
import type { SheetContext } from './sheetPaper.ts';
import { codeSaid, saidWith } from './signed.ts';

/** In which list of the package the reason of a state is; `order`: it is the id of an order. */
const REASONS: Readonly<Record<SheetState, keyof Codes | 'order'>> = {
	counted: 'status',
	missing: 'status',
	unverified: 'status',
	quarantined: 'quarantine',
	disregarded: 'disregard',
	set_aside: 'order',
	postponed: 'status',
	cancelled: 'status',
	merged: 'status',
};

export function openBlocks(context: SheetContext): readonly PaperBlock[] {
	const { sheet, words } = context;
	const caption = words.say('papers.openTitle');
	const heading: PaperBlock = { kind: 'heading', text: caption };
	const open = sheet.stations.filter(({ state }) => state !== 'counted');
	if (open.length === 0) {
		const isWhole = sheet.counts.due === sheet.counts.counted;
		return isWhole ? [heading, { kind: 'paragraph', text: words.say('papers.openNone') }] : [];
	}
	return [
		heading,
		{
			kind: 'table',
			caption,
			columns: [
				{ label: words.say('papers.station'), align: 'text', width: 4 },
				{ label: words.say('papers.poll'), align: 'number', width: 1 },
				{ label: words.say('papers.state'), align: 'text', width: 3 },
				{ label: words.say('papers.reason'), align: 'text', width: 4 },
				{ label: words.say('papers.source'), align: 'text', width: 3 },
				{ label: words.say('papers.flags'), align: 'text', width: 3 },
			],
			rows: open.map((station) => openRow(context, station)),
		},
	];
}

function openRow(context: SheetContext, station: SheetStation): readonly Said[] {
	const { words } = context;
	const { counts } = DECLARATION_WORDS[words.language];
	return [
		stationSaid(context, station.station),
		words.number(station.poll),
		counts[station.state],
		...reasonSaid(context, station),
		flagsSaid(words, station),
	];
}

function reasonSaid({ election, words }: SheetContext, { state, reason }: SheetStation): readonly [Said, Said] {
	if (reason === undefined) return [words.say('papers.reasonNone'), ''];
	const kind = REASONS[state];
	if (kind !== 'order') return codeSaid(election, words, kind, reason);
	return [saidWith(words, 'papers.orderReason', 'id', { foreign: reason }), ''];
}

export function objectionBlocks(context: SheetContext): readonly PaperBlock[] {
	const { election, sheet, words } = context;
	const caption = words.say('papers.objectionsTitle');
	const heading: PaperBlock = { kind: 'heading', text: caption };
	if (sheet.objections.length === 0) return [heading, { kind: 'paragraph', text: words.say('papers.objectionsNone') }];
	const rows = sheet.objections.map(({ id, ground, station }): readonly Said[] => {
		const known = election.proceedings.grounds.find((one) => one.id === ground);
		return [
			{ foreign: id },
			known === undefined ? { foreign: ground } : [textIn(words.language, known.text), ' (', { foreign: ground }, ')'],
			{ foreign: known?.citation ?? '' },
			station === undefined ? '–' : stationSaid(context, station),
		];
	});
	return [
		heading,
		{
			kind: 'table',
			caption,
			columns: [
				{ label: words.say('papers.objection'), align: 'text', width: 4 },
				{ label: words.say('papers.ground'), align: 'text', width: 4 },
				{ label: words.say('papers.source'), align: 'text', width: 3 },
				{ label: words.say('papers.station'), align: 'text', width: 3 },
			],
			rows,
		},
	];
}
