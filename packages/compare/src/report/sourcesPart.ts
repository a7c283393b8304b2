/** The first section of a report: which two sources were laid side by side, what vouches for them, and which column was taken for what. */
import type { Side } from '../comparison.ts';
import { type Block, foreign, type Line, paragraph, type Section } from './document.ts';
import { type FileSource, type LogSource, type Report, rowsWords, SIDES, sideName } from './report.ts';
import { joinLines, type ReportWords } from './words.ts';

/** Headings of columns that nobody used, named one by one. */
const UNUSED_MAX = 40;

export function sourcesSection(words: ReportWords, report: Report): Section {
	return {
		id: 'sources',
		heading: words.say('sources'),
		blocks: SIDES.flatMap((side) => sourceBlocks(words, report, side)),
	};
}

function sourceBlocks(words: ReportWords, report: Report, side: Side): readonly Block[] {
	const source = report.sources[side];
	return source.kind === 'log' ? logBlocks(words, report, side, source) : fileBlocks(words, report, side, source);
}

function logBlocks(words: ReportWords, report: Report, side: Side, source: LogSource): readonly Block[] {
	const { level, rows } = report.comparison[side];
	const line = words.say('sourceLog', {
		side: sideName(side),
		name: foreign(source.name),
		stage: words.plain(`stage_${source.stage}`),
		rows: rowsWords(words, report.comparison, level),
		n: rows,
		size: source.size,
		digest: source.digest,
	});
	const mode = words.say(`sourceMode_${source.mode}`, { side: sideName(side) });
	return [
		paragraph(line, 'strong'),
		...(mode.length === 0 ? [] : [paragraph(mode, 'strong')]),
		paragraph(words.say(source.anchored ? 'anchored' : 'notAnchored'), 'small'),
	];
}

function fileBlocks(words: ReportWords, report: Report, side: Side, source: FileSource): readonly Block[] {
	const { level, rows } = report.comparison[side];
	const line = words.say('sourceFile', {
		side: sideName(side),
		name: foreign(source.name),
		rows: rowsWords(words, report.comparison, level),
		n: rows,
		size: source.bytes,
		digest: source.digest,
	});
	const columns = source.columns.map(({ field, from }) =>
		words.say('column', { field: foreign(field), from: foreign(from) }),
	);
	const unused: readonly Line[] = source.unused.slice(0, UNUSED_MAX).map((name) => [foreign(name)]);
	const more: readonly Line[] = source.unused.length > UNUSED_MAX ? [['…']] : [];
	return [
		paragraph(line, 'strong'),
		...(columns.length === 0
			? []
			: [paragraph([...words.say('columnsOf', { side: sideName(side) }), ': ', ...joinLines(columns, '; ')], 'small')]),
		...(unused.length === 0
			? []
			: [
					paragraph(
						words.say('unusedOf', { side: sideName(side), columns: joinLines([...unused, ...more], ', ') }),
						'small',
					),
				]),
	];
}
