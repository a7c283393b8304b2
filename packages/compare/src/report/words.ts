/** What a report says, in one language: messages filled with numbers and with names of strangers, numbers as this language writes them. No vote is ever a float: a share is divided in whole numbers. */
import { printPercent, rational } from '@matokeo/core/result/rational.ts';
import type { Line, Span } from './document.ts';
import { REPORT_EN, type ReportCatalogue, type ReportMessage } from './wordsEn.ts';
import { REPORT_ES } from './wordsEs.ts';
import { REPORT_SW } from './wordsSw.ts';

export const REPORT_LANGUAGES = ['en', 'es', 'sw'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

type Values = Readonly<Record<string, number | Span | Line>>;

export interface ReportWords {
	readonly language: ReportLanguage;
	readonly say: (id: ReportMessage, values?: Values) => Line;
	/** A message without values. */
	readonly plain: (id: ReportMessage) => string;
	/** Thousands separated. */
	readonly number: (count: number) => string;
	/** With its sign, `0` without. */
	readonly signed: (count: number) => string;
	/** `2.15 %`; `–` of nothing. */
	readonly share: (part: number, whole: number) => string;
	/** Decimal text with a point, as this language writes it. */
	readonly decimal: (text: string) => string;
}

const CATALOGUES: Readonly<Record<ReportLanguage, ReportCatalogue>> = { en: REPORT_EN, es: REPORT_ES, sw: REPORT_SW };

const MARKS: Readonly<Record<ReportLanguage, { readonly group: string; readonly point: string }>> = {
	en: { group: ',', point: '.' },
	es: { group: '.', point: ',' },
	sw: { group: ',', point: '.' },
};

export function reportWords(language: ReportLanguage): ReportWords {
	const messages = CATALOGUES[language];
	const { group, point } = MARKS[language];
	const number = (count: number): string => String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, group);
	const decimal = (text: string): string => text.replace('.', point);
	return {
		language,
		plain: (id) => messages[id],
		say: (id, values = {}) => filled(messages[id], values, number),
		number,
		signed: (count) => (count > 0 ? `+${number(count)}` : count < 0 ? `−${number(-count)}` : '0'),
		share: (part, whole) =>
			whole === 0 ? '–' : `${decimal(printPercent(rational(BigInt(part), BigInt(whole)), 2))} %`,
		decimal,
	};
}

function filled(message: string, values: Values, number: (count: number) => string): Line {
	return message.split(/(\{[a-z_]+\})/).flatMap((part): Line => {
		const name = /^\{([a-z_]+)\}$/.exec(part)?.[1];
		if (name === undefined) return part === '' ? [] : [part];
		const value = values[name];
		if (value === undefined) throw new Error(`the message "${message}" asks for ${name}, which was not given`);
		if (typeof value === 'number') return [number(value)];
		return isLine(value) ? value : [value];
	});
}

function isLine(value: Span | Line): value is Line {
	return Array.isArray(value);
}

/** Lines one after the other with a sign between them. */
export function joinLines(lines: readonly Line[], between: string): Line {
	return lines.flatMap((line, at) => (at === 0 ? line : [between, ...line]));
}
