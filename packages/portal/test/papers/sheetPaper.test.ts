/** R13 R14: a sheet on paper says everything that the sheet says: every figure, every station with its reason and where that is written, and what a certificate supersedes. */
import { describe, expect, it } from 'vitest';
import { type Paper, type PaperTable, plainOf } from '../../src/papers/paper.ts';
import { sheetPaper } from '../../src/papers/sheetPaper.ts';
import { LANGUAGES } from '../../src/site/paths.ts';
import { wordsOf } from '../../src/words/words.ts';
import {
	CERTIFICATE,
	certificateOf,
	districtSheet,
	electionIn,
	LIST,
	longSheet,
	nationSheet,
} from '../support/papers.ts';

const OFFICIAL = electionIn('official');
const district = (language: (typeof LANGUAGES)[number] = 'en') =>
	sheetPaper(OFFICIAL, { sheet: districtSheet(), list: LIST }, certificateOf(), language);

function tableOf(paper: Paper, caption: string): PaperTable {
	const found = paper.blocks.find((block) => block.kind === 'table' && block.caption === caption);
	if (found?.kind !== 'table') throw new Error(`no table ${caption}`);
	return found;
}

function cellsOf(paper: Paper, caption: string): readonly (readonly string[])[] {
	const { rows, sums = [] } = tableOf(paper, caption);
	return [...rows, ...sums].map((row) => row.map(plainOf));
}

function textsOf(paper: Paper): string {
	return paper.blocks
		.map((block) => {
			if (block.kind === 'facts')
				return block.items.map(({ label, value }) => `${label}: ${plainOf(value)}`).join('\n');
			return block.kind === 'table' ? block.caption : plainOf(block.text);
		})
		.join('\n');
}

describe('R13 a sheet on paper', () => {
	it('lists each station that is not counted with its state, reason and where that is written', () => {
		expect(cellsOf(district(), 'Not counted')).toEqual([
			['003 Bridge Hall', '1', 'In quarantine', 'Figures overwritten (overwritten)', 'assumption', ''],
			['004 Hill School', '1', 'Missing', 'None given', '', ''],
			['005 Saint Anne’s', '1', 'Set aside by order', `By order ${'d4'.repeat(32)}`, '', ''],
			['006 Harbour Office', '1', 'Poll postponed', 'The polling station cannot be reached (flood)', 'assumption', ''],
			['007 Old Mill', '1', 'Disregarded by ruling', 'no-such-code', '', ''],
			['009', '1', 'Received and not verified', 'None given', '', 'original came late'],
		]);
	});

	it('lists the counted ones with their votes and remarks', () => {
		expect(cellsOf(district(), 'Stations counted')).toEqual([
			['001 Market School', '311', '207', '98', '11', 'needs explanation, disputed'],
			['002 Market School', '1,402', '188', '77', '9', 'Poll 2'],
		]);
	});

	it('gives totals before and after, with reason and who signed, where a certificate supersedes one', () => {
		expect(cellsOf(district(), 'Before and after')).toEqual([
			['1', 'Alba Ruiz', 'Sun Party', '311', '1,713', '+1,402'],
			['2', 'Benta Oyelaran', 'Moon Party', '207', '395', '+188'],
			['3', 'Chidi Ødegård', '', '98', '175', '+77'],
			['4', 'Rejected ballots', '', '25', '20', '−5'],
			['', 'All ballots counted', '', '641', '2,303', '+1,662'],
			['', 'Returns counted', '', '1', '2', '+1'],
		]);
		expect(textsOf(district())).toContain(
			`This supersedes number 1 (${'b1'.repeat(32)}), signed by ro/north. Reason: A return came after it (late-return) assumption`,
		);
	});

	it('gives totals alone where nothing is superseded', () => {
		const paper = sheetPaper(OFFICIAL, { sheet: nationSheet(), list: LIST }, undefined, 'en');
		expect(cellsOf(paper, 'Totals').map((row) => row.at(-1))).toEqual(['4,001', '3,002', '1,003', '104', '8,110', '7']);
		expect(textsOf(paper)).toContain('None named here: this is the sheet of a mark.');
	});

	it('names what stood open, open objections and who signed', () => {
		const paper = district();
		expect(cellsOf(paper, 'Open, and why it goes on all the same')).toEqual([
			['Missing', 'The time of the law is over (deadline)', 'assumption'],
			['Witnesses that have not seen the mark: witness/sun', 'It cannot change the outcome (no-effect)', 'assumption'],
		]);
		expect(cellsOf(paper, 'Open objections')).toEqual([
			['e5'.repeat(32), 'The figures are not those of the form (wrong-figures)', 'assumption', '001 Market School'],
		]);
		expect(textsOf(paper)).toContain(`Key: ro/north\nKey: authority/2\nStatement: ${CERTIFICATE} · Entry 1,320`);
	});

	it('lists areas with their certificates, one without, and what has changed since', () => {
		const paper = sheetPaper(OFFICIAL, { sheet: nationSheet(), list: LIST }, undefined, 'en');
		expect(cellsOf(paper, 'Areas')).toEqual([
			['North (north)', `Number 2, ${CERTIFICATE}`, '4', '2,001', '1,502', '503', '54'],
			['South (south)', `Number 1, ${'c2'.repeat(32)}`, '2', '1,201', '902', '301', '31'],
			['Abroad (abroad)', 'none', '1', '801', '596', '199', '19'],
		]);
		expect(cellsOf(paper, 'Areas in which something has changed since their certificate')).toEqual([
			['South (south)', '2', '1,199', '904', '301', '31'],
		]);
	});

	it('says that a certificate is no longer in force', () => {
		const ended = certificateOf({ until: 'f6'.repeat(32) });
		const paper = sheetPaper(OFFICIAL, { sheet: districtSheet(), list: LIST }, ended, 'en');
		expect(textsOf(paper)).toContain(`Certificate: Number 2. No longer in force: superseded by ${'f6'.repeat(32)}.`);
		expect(textsOf(district())).not.toContain('No longer in force');
	});

	it('says the same figures in every language, each in its spelling', () => {
		const figures = (language: (typeof LANGUAGES)[number]) =>
			district(language).blocks.flatMap((block) =>
				block.kind !== 'table'
					? []
					: [...block.rows, ...(block.sums ?? [])].flatMap((row) =>
							row.map(plainOf).filter((text) => /^[+−±]?[0-9.,]+$/.test(text)),
						),
			);
		const plain = (texts: readonly string[]) => texts.map((text) => text.replace(/[.,]/g, ''));
		expect(figures('en').length).toBeGreaterThan(40);
		for (const language of LANGUAGES) expect(plain(figures(language))).toEqual(plain(figures('en')));
		expect(figures('es')).toContain(wordsOf('es').number(1713));
	});

	it.each(['rehearsal', 'parallel'] as const)('says that it is of a %s', (mode) => {
		const paper = sheetPaper(electionIn(mode), { sheet: nationSheet(), list: LIST }, undefined, 'en');
		expect(paper.mode?.label).toBe({ rehearsal: 'Rehearsal', parallel: 'Parallel count' }[mode]);
		expect(district().mode).toBeUndefined();
	});

	it('numbers the columns of many fields, and divides a table that is too wide', () => {
		const sheet = longSheet(3, 30);
		const paper = sheetPaper(OFFICIAL, { sheet, list: LIST }, undefined, 'en');
		const wide = paper.blocks.filter((block) => block.kind === 'table' && block.caption.startsWith('Stations counted'));
		expect(wide.map((block) => block.kind === 'table' && block.caption)).toEqual([
			'Stations counted, Columns 1 to 14',
			'Stations counted, Columns 15 to 28',
			'Stations counted, Columns 29 to 30',
		]);
		const votes = wide.flatMap((block) => (block.kind === 'table' ? [block.rows[1]?.slice(1).map(plainOf) ?? []] : []));
		expect(votes.flat()).toEqual(sheet.stations[1]?.votes?.map(String));
	});
});
