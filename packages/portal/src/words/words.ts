/**
 * What pages say, in one language: messages of the catalogues through lingui, texts of the package in the reader's language where there is one, numbers, shares, times and lists.
 * Nothing here asks what time it is or what the machine's locale is, and no vote is ever a float: a share is divided in whole numbers.
 */
import { setupI18n } from '@lingui/core';
import type { Text } from '@matokeo/core/election/types.ts';
import { parseSize } from '@matokeo/core/log/decimal.ts';
import { printPercent } from '@matokeo/core/result/rational.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { type Html, html, joined, NOTHING, type Part } from '../html/html.ts';
import type { Language } from '../site/paths.ts';
import type { MessageId } from './catalogues.ts';
import { messagesOf } from './messages.ts';

/** Numbers in a message are grouped; a number that a plural asks about stays one. */
export type Values = Readonly<Record<string, string | number>>;

export interface Words {
	readonly language: Language;
	readonly say: (id: MessageId, values?: Values) => string;
	/** The same with links, marks and foreign names inside. */
	readonly rich: (id: MessageId, values: Readonly<Record<string, Part>>) => Html;
	/** A text of the package: the reader's language, else English, else the first it has; '' if it has none. */
	readonly text: (text: Text) => string;
	/** The same as HTML that says its language where it is another than the page's. */
	readonly shown: (text: Text) => Html;
	/** Thousands separated. */
	readonly number: (count: number) => string;
	/** Rounded half away from zero; '–' of nothing. Say of what it is per cent beside it. */
	readonly percent: (part: number, whole: number, places?: number) => string;
	/** Decimal text with a point (`46.8316`), as the result report has it, as this language writes it. */
	readonly decimal: (text: string) => string;
	/** UTC seconds, to the minute, with its zone. */
	readonly time: (seconds: number) => string;
	readonly timeTag: (seconds: number) => Html;
	readonly list: (items: readonly string[]) => string;
	readonly items: (items: readonly Part[]) => Html;
}

/** Separators of thousands and of decimals. */
const MARKS: Readonly<Record<Language, { readonly group: string; readonly point: string }>> = {
	en: { group: ',', point: '.' },
	sw: { group: ',', point: '.' },
	es: { group: '.', point: ',' },
};

/** Spanish leaves four digits together in prose; in tables that would break the column, so every language separates them. */
const FORMATS = { formats: { number: { useGrouping: 'always' } } } as const;

const MADE = new Map<Language, Words>();

export function wordsOf(language: Language): Words {
	const made = MADE.get(language) ?? makeWords(language);
	MADE.set(language, made);
	return made;
}

function makeWords(language: Language): Words {
	const { say, rich } = sayer(language);
	const marks = MARKS[language];
	const decimal = (text: string): string => text.replace('.', marks.point);
	const chosen = (text: Text): string | undefined => {
		if (text[language] !== undefined) return language;
		return text['en'] === undefined ? Object.keys(text)[0] : 'en';
	};
	const timeTag = (seconds: number): Html =>
		seconds === 0
			? html`${say('common.noTime')}`
			: html`<time datetime="${new Date(seconds * 1000).toISOString().slice(0, 19)}Z">${timeText(say, seconds)}</time>`;
	return {
		language,
		say,
		rich,
		text: (text) => text[chosen(text) ?? ''] ?? '',
		shown: (text) => {
			const tag = chosen(text);
			if (tag === undefined) return NOTHING;
			return tag === language ? html`<bdi>${text[tag]}</bdi>` : html`<bdi lang="${tag}">${text[tag]}</bdi>`;
		},
		number: (count) => grouped(count, marks.group),
		percent: (part, whole, places = 2) =>
			whole === 0 ? '–' : say('common.percent', { value: decimal(percentText(part, whole, places)) }),
		decimal,
		time: (seconds) => timeText(say, seconds),
		timeTag,
		list: ([first = '', ...others]) =>
			others.reduce((rest, last, place) => say(pairId(place, others), { rest, last }), first),
		items: ([first, ...others]) =>
			joined([others.reduce<Part>((rest, last, place) => rich(pairId(place, others), { rest, last }), first)]),
	};
}

/** Stands in a message for a part that is HTML or foreign; a private character that no catalogue has. */
const SEAT = '\ue000';

function sayer(language: Language): Pick<Words, 'say' | 'rich'> {
	const messages = messagesOf(language);
	const i18n = setupI18n({ locale: language, messages: { [language]: messages.compiled } });
	const { group } = MARKS[language];
	const filled = (id: MessageId, values: Readonly<Record<string, Part>>, seat: (part: Part) => string) => {
		const ready: Record<string, string | number> = {};
		for (const { name, chooses } of messages.places(id)) {
			const value = values[name];
			assert(value !== undefined, `the message ${id} is given a value for {${name}}`);
			if (typeof value === 'number') ready[name] = chooses ? value : grouped(value, group);
			else ready[name] = chooses && typeof value === 'string' ? value : seat(value);
		}
		return i18n._(id, ready, FORMATS);
	};
	/** What stands at a name of a message that has no choices. */
	const put = (id: MessageId, name: string, value: Part): Part => {
		assert(value !== undefined, `the message ${id} is given a value for {${name}}`);
		return typeof value === 'number' ? grouped(value, group) : value;
	};
	return {
		say: (id, values = {}) => {
			const pieces = messages.pieces(id);
			if (pieces === undefined) return filled(id, values, String);
			let text = '';
			for (const piece of pieces)
				text += typeof piece === 'string' ? piece : String(put(id, piece.name, values[piece.name]));
			return text;
		},
		rich: (id, values) => {
			const pieces = messages.pieces(id);
			if (pieces !== undefined) {
				return joined(
					pieces.map((piece) => (typeof piece === 'string' ? piece : put(id, piece.name, values[piece.name]))),
				);
			}
			const seated: Part[] = [];
			const text = filled(id, values, (part) => `${SEAT}${seated.push(part) - 1}${SEAT}`);
			return joined(text.split(SEAT).map((piece, place) => (place % 2 === 0 ? piece : seated[parseSize(piece) ?? 0])));
		},
	};
}

function grouped(count: number, mark: string): string {
	assert(Number.isSafeInteger(count), 'only whole numbers are shown');
	const digits = String(count);
	return digits.length < 4 ? digits : digits.replace(/\B(?=(?:[0-9]{3})+$)/g, mark);
}

function percentText(part: number, whole: number, places: number): string {
	return printPercent({ num: BigInt(part), den: BigInt(whole) }, places);
}

/** "a, b and c": the last two are joined by another word than the rest. */
function pairId(place: number, others: readonly unknown[]): MessageId {
	return place === others.length - 1 ? 'common.listPair' : 'common.listMore';
}

const MONTHS = [
	'common.month1',
	'common.month2',
	'common.month3',
	'common.month4',
	'common.month5',
	'common.month6',
	'common.month7',
	'common.month8',
	'common.month9',
	'common.month10',
	'common.month11',
	'common.month12',
] as const;

function timeText(say: Words['say'], seconds: number): string {
	if (seconds === 0) return say('common.noTime');
	const date = new Date(seconds * 1000);
	const text = date.toISOString();
	const month = MONTHS[date.getUTCMonth()] ?? 'common.month1';
	return say('common.time', {
		day: text.slice(8, 10).replace(/^0/, ''),
		month: say(month),
		year: text.slice(0, 4),
		clock: text.slice(11, 16),
	});
}
