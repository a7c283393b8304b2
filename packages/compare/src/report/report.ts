/**
 * Everything that a report is made of (K40): the comparison, what it means for the result, and what is known of the two sources beside their figures. Printers and the JSON start from here. It does not
 * know where the sources came from; who calls says so.
 */
import type { Mode, Text } from '@matokeo/core/election/types.ts';
import type { Comparison, RowLevel, Side } from '../comparison.ts';
import type { Effect } from '../effect/effect.ts';
import type { Line } from './document.ts';
import { foreign } from './document.ts';
import type { ReportWords } from './words.ts';

export interface Report {
	readonly comparison: Comparison;
	readonly effect: Effect;
	readonly sources: Readonly<Record<Side, ReportSource>>;
	readonly contest?: ReportContest;
	/** How the same report is made again, as one would type it. */
	readonly command: string;
	/** Where the form of a row stands, when one side is a log. */
	readonly form?: (key: string) => FormPlace | undefined;
}

export interface ReportContest {
	readonly id: string;
	readonly title: Text;
	/** What the form calls its fields that are no candidates, by id. */
	readonly labels: ReadonlyMap<string, Text>;
}

export interface FormPlace {
	/** As text. */
	readonly path: string;
	/** Absolute; absent where nothing can be opened. */
	readonly href?: string;
}

export type ReportSource = FileSource | LogSource;

export interface FileSource {
	readonly kind: 'file';
	readonly name: string;
	/** SHA-256 of the table's bytes, as they were after unpacking. */
	readonly digest: string;
	readonly bytes: number;
	/** Which column was taken for what. */
	readonly columns: readonly TakenColumn[];
	readonly unused: readonly string[];
}

export interface TakenColumn {
	/** The code, a field or an area level, as it is called in the comparison. */
	readonly field: string;
	/** The heading or headings. */
	readonly from: string;
}

export interface LogSource {
	readonly kind: 'log';
	readonly name: string;
	/** Root hash of the log at that size. */
	readonly digest: string;
	/** Statements. */
	readonly size: number;
	readonly stage: LogStage;
	readonly mode: Mode;
	/** Whether the package is the one whose digest the reader brought. */
	readonly anchored: boolean;
}

export const LOG_STAGES = ['reported', 'verified', 'inspected', 'collated', 'declared'] as const;
export type LogStage = (typeof LOG_STAGES)[number];

export const SIDES = ['a', 'b'] as const satisfies readonly Side[];

export function sideName(side: Side): string {
	return side === 'a' ? 'A' : 'B';
}

export function otherSide(side: Side): Side {
	return side === 'a' ? 'b' : 'a';
}

export function levelName({ levels }: Comparison, id: string): string {
	return levels.find(({ level }) => level === id)?.name ?? id;
}

/** In the language of the report where the package has it, else as the comparison calls it. */
export function fieldName({ language }: ReportWords, { comparison, contest }: Report, id: string): string {
	return contest?.labels.get(id)?.[language] ?? comparedName(comparison, id);
}

export function comparedName({ fields: { compared, only_in_a, only_in_b } }: Comparison, id: string): string {
	return [...compared, ...only_in_a, ...only_in_b].find((one) => one.id === id)?.name ?? id;
}

/** A text of the package: in the language of the report, else in English, else as it has it. */
export function textIn({ language }: ReportWords, text: Text): string {
	return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

/** What the rows of a level are, as a word. */
export function rowsWords(words: ReportWords, comparison: Comparison, level: RowLevel): Line {
	if (level === 'station') return words.say('rowsStation');
	if (level === 'whole') return words.say('rowsWhole');
	return words.say('rowsArea', { level: foreign(levelName(comparison, level.area)) });
}
