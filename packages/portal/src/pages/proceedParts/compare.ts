/** Figures side by side: votes and counts at two moments with what they differ by; and the classes of returns with the same words as generated declarations. */
import { DECLARATION_WORDS } from '@matokeo/core/collation/words.ts';
import type { MarkCounts } from '@matokeo/core/record/acts.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { ContestHead, FieldHead } from '../../views/types.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { type Column, count, sum, table } from '../parts.ts';

/** With its sign always, and a minus that is as wide as the plus; nothing where there is no difference. */
export function signed(words: Words, difference: number): string {
	if (difference === 0) return '';
	return `${difference < 0 ? '−' : '+'}${words.number(Math.abs(difference))}`;
}

export interface Compared {
	readonly name: string;
	readonly columns: readonly [Part, Part];
	/** Absent: there is only the second, and no difference. */
	readonly first?: readonly number[] | undefined;
	readonly second: readonly number[];
	/** Only the rows that differ. */
	readonly onlyDifferent?: boolean;
	/** Rows before the votes. */
	readonly before?: readonly { readonly label: Part; readonly values: readonly [number, number] }[];
}

export function countedFields({ fields }: Pick<ContestHead, 'fields'>): readonly FieldHead[] {
	return fields.filter(({ counted }) => counted);
}

export function votesCompared(context: PageContext, contest: Pick<ContestHead, 'fields'>, compared: Compared): Html {
	const { words } = context;
	const { first, second, onlyDifferent = false, before = [] } = compared;
	const votes = countedFields(contest).map(({ label }, place) => ({
		label: words.shown(label),
		values: [first === undefined ? undefined : (first[place] ?? 0), second[place] ?? 0] as const,
	}));
	const rows = [...before, ...votes].filter(({ values: [a, b] }) => !onlyDifferent || a !== b);
	return table({
		kind: 'compared',
		name: compared.name,
		caption: compared.name,
		columns: columnsOf(words, words.say('said.field'), compared.columns, first !== undefined),
		rows: rows.map(({ label, values }) => pairRow(context, label, values)),
		...(onlyDifferent
			? {}
			: {
					sums: pairRow(context, words.say('collation.all'), [
						first === undefined ? undefined : sum(first),
						sum(second),
					]),
				}),
	});
}

function columnsOf(
	words: Words,
	label: Part,
	[first, second]: readonly [Part, Part],
	both: boolean,
): readonly Column[] {
	const now = { label: second, sort: 'number' } as const;
	if (!both) return [{ label }, now];
	return [{ label }, { label: first, sort: 'number' }, now, { label: words.say('said.difference'), sort: 'number' }];
}

function pairRow(context: PageContext, label: Part, [a, b]: readonly [number | undefined, number]): Html {
	const { words } = context;
	if (a === undefined) return html`<tr><th scope="row">${label}</th>${count(context, b)}</tr>`;
	return html`<tr${a !== b && html` class="moved"`}><th scope="row">${label}</th>${count(context, a)}${count(context, b)}<td class="n">${signed(words, b - a)}</td></tr>`;
}

const CLASSES = [
	'due',
	'counted',
	'missing',
	'unverified',
	'quarantined',
	'disregarded',
	'set_aside',
	'postponed',
	'cancelled',
	'merged',
	'uncertified',
	'objections',
] as const satisfies readonly (keyof MarkCounts)[];

/** Classes without any at either moment are left out, but for those that a reader looks for. */
const ALWAYS: ReadonlySet<string> = new Set(['due', 'counted', 'missing']);

export function classWord({ language }: Words, name: keyof MarkCounts): string {
	return DECLARATION_WORDS[language].counts[name];
}

export function countsCompared(
	context: PageContext,
	first: MarkCounts | undefined,
	second: MarkCounts,
	columns: readonly [Part, Part],
): Html {
	const { words } = context;
	const shown = CLASSES.filter((name) => ALWAYS.has(name) || (first?.[name] ?? 0) > 0 || second[name] > 0);
	const name = words.say(first === undefined ? 'collation.countsTitle' : 'collation.countsCaption');
	return table({
		kind: 'compared',
		name,
		caption: name,
		columns: columnsOf(words, words.say('collation.class'), columns, first !== undefined),
		rows: shown.map((one) => pairRow(context, classWord(words, one), [first?.[one], second[one]])),
	});
}
