/** The figures of a sheet as a whole: how many returns stand where, and the totals; beside them, where a certificate supersedes another, what that one said and the change. */
import { COUNT_CLASSES } from '@matokeo/core/collation/declarationTables.ts';
import { DECLARATION_WORDS } from '@matokeo/core/collation/words.ts';
import type { Words } from '../words/words.ts';
import { type PaperBlock, type PaperColumn, type PaperTable, type Said, textIn } from './paper.ts';
import type { SheetContext } from './sheetPaper.ts';
import { codeSaid, namesSaid, type Superseded } from './signed.ts';

export function countsTable({ sheet, words }: SheetContext): PaperTable {
	const { counts } = DECLARATION_WORDS[words.language];
	return {
		kind: 'table',
		caption: words.say('papers.countsTitle'),
		columns: [
			{ label: words.say('papers.class'), align: 'text', width: 4 },
			{ label: words.say('papers.count'), align: 'number', width: 1 },
		],
		rows: COUNT_CLASSES.map((name) => [counts[name], words.number(sheet.counts[name])]),
	};
}

export function totalsBlocks(context: SheetContext, before: Superseded | undefined): readonly PaperBlock[] {
	const { election, words } = context;
	const heading: PaperBlock = { kind: 'heading', text: words.say('papers.totalsTitle') };
	if (before === undefined) return [heading, totalsTable(context, undefined)];
	const [reason, citation] = codeSaid(election, words, 'supersede', before.reason);
	return [
		heading,
		{ kind: 'paragraph', text: supersededLine(words, before, reason, citation) },
		totalsTable(context, before),
	];
}

function supersededLine(words: Words, { number, id, by }: Superseded, reason: Said, citation: Said): Said {
	const line = words.say('papers.supersedesText', { n: number, id: SEATS[0], names: SEATS[1], reason: SEATS[2] });
	const seated: Readonly<Record<string, Said>> = {
		[SEATS[0]]: { foreign: id },
		[SEATS[1]]: namesSaid(words, by),
		[SEATS[2]]: reason,
	};
	const pieces = line.split(/([\ue000-\ue002])/).flatMap((piece) => flat(seated[piece] ?? piece));
	return [...pieces, ' ', ...flat(citation)].filter((piece) => piece !== '');
}

/** Private characters that stand in a message for what others wrote. */
const SEATS = ['\ue000', '\ue001', '\ue002'] as const;

function flat(said: Said) {
	return typeof said === 'string' || 'foreign' in said ? [said] : said;
}

/** Numbered, so that tables with many columns can name a column by its number. */
function totalsTable({ election, contest, sheet, words }: SheetContext, before: Superseded | undefined): PaperTable {
	const { language } = words;
	const labels = fieldLabels({ contest, sheet, words });
	const figures = (now: number, then: number | undefined): readonly Said[] =>
		then === undefined ? [words.number(now)] : [words.number(then), words.number(now), change(words, now - then)];
	const sum = (votes: readonly number[]) => votes.reduce((all, one) => all + one, 0);
	const rows = sheet.fields.map((id, place): readonly Said[] => {
		const party = contest.candidates.find((one) => one.id === id)?.party ?? '';
		const name = election.parties.find((one) => one.id === party)?.name;
		return [
			words.number(place + 1),
			labels[place] ?? '',
			name === undefined ? { foreign: party } : textIn(language, name),
			...figures(sheet.totals[place] ?? 0, before === undefined ? undefined : (before.totals[place] ?? 0)),
		];
	});
	const number = (label: string): PaperColumn => ({ label, align: 'number', width: 2 });
	return {
		kind: 'table',
		caption: words.say(before === undefined ? 'papers.totalsTitle' : 'papers.supersedesTitle'),
		columns: [
			{ label: words.say('papers.place'), align: 'number', width: 1 },
			{ label: words.say('papers.field'), align: 'text', width: 5 },
			{ label: words.say('papers.party'), align: 'text', width: 4 },
			...(before === undefined
				? [number(words.say('papers.votes'))]
				: [number(words.say('papers.before')), number(words.say('papers.after')), number(words.say('papers.change'))]),
		],
		rows,
		sums: [
			['', words.say('papers.allBallots'), '', ...figures(sum(sheet.totals), before && sum(before.totals))],
			['', words.say('papers.returnsCounted'), '', ...figures(sheet.counts.counted, before?.counted)],
		],
	};
}

function change(words: Words, by: number): string {
	return `${by > 0 ? '+' : by < 0 ? '−' : '±'}${words.number(Math.abs(by))}`;
}

/** What each counted field is called: a candidate's name, or the form's label. */
export function fieldLabels({
	contest,
	sheet,
	words,
}: Pick<SheetContext, 'contest' | 'sheet' | 'words'>): readonly Said[] {
	const fields = new Map(contest.fields.map((field) => [field.id, field]));
	return sheet.fields.map((id) => {
		const name = contest.candidates.find((one) => one.id === id)?.name;
		if (name !== undefined) return { foreign: name };
		const label = fields.get(id)?.label;
		return label === undefined ? { foreign: id } : textIn(words.language, label);
	});
}
