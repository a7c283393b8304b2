/** What papers know of the statement that rests on a mark: who signed it, since when, whether it is still in force, and what stood open and was named. */

import { DECLARATION_WORDS } from '@matokeo/core/collation/words.ts';
import type { Code, Codes, Election } from '@matokeo/core/election/types.ts';
import type { OpenClass, Proceed } from '@matokeo/core/record/acts.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Words } from '../words/words.ts';
import { type Foreign, type PaperBlock, type Said, textIn } from './paper.ts';

/** A certificate or a declaration as it stands in the log. */
export interface Signed {
	readonly id: StatementId;
	readonly number: number;
	/** Names of the keys that signed it. */
	readonly by: readonly string[];
	readonly index: number;
	/** UTC seconds. */
	readonly time: number;
	readonly proceed?: Proceed;
	readonly unwitnessed?: readonly string[];
	/** What has taken its place since. */
	readonly until?: StatementId;
	/** Orders in force that annul it, or put another winner in its place. */
	readonly ordered: readonly { readonly id: StatementId; readonly kind: 'annul' | 'replace-winner' }[];
	readonly supersedes?: Superseded;
}

/** The one before, with what it certified or declared. */
export interface Superseded {
	readonly id: StatementId;
	readonly number: number;
	readonly by: readonly string[];
	/** A code of the package. */
	readonly reason: string;
	readonly counted: number;
	readonly totals: readonly number[];
}

const OPEN = [
	'missing',
	'unverified',
	'quarantined',
	'postponed',
	'objections',
	'uncertified',
	'unwitnessed',
] as const satisfies readonly OpenClass[];

/** The text of a code and where it is written; a code that the package does not know stands as it is. */
export function codeSaid(election: Election, words: Words, kind: keyof Codes, id: string): readonly [Said, Said] {
	const list: readonly Code[] = election.codes[kind];
	const code = list.find((one) => one.id === id);
	if (code === undefined) return [{ foreign: id }, ''];
	return [[textIn(words.language, code.text), ' (', { foreign: id }, ')'], { foreign: code.citation }];
}

export function namesSaid(words: Words, names: readonly string[]): Said {
	return { foreign: words.list(names) };
}

/** Each open class with the rule that lets it be certified or declared all the same; nothing where nothing was open. */
export function proceedBlocks(election: Election, words: Words, signed: Signed | undefined): readonly PaperBlock[] {
	const { proceed = {}, unwitnessed = [] } = signed ?? {};
	const { counts } = DECLARATION_WORDS[words.language];
	const rows = OPEN.flatMap((open): readonly (readonly Said[])[] => {
		const code = proceed[open];
		if (code === undefined) return [];
		const label: Said =
			open === 'unwitnessed'
				? saidWith(words, 'papers.unwitnessed', 'names', namesSaid(words, unwitnessed))
				: counts[open];
		return [[label, ...codeSaid(election, words, 'proceed', code)]];
	});
	if (rows.length === 0) return [];
	const caption = words.say('papers.proceedTitle');
	return [
		{ kind: 'heading', text: caption },
		{
			kind: 'table',
			caption,
			columns: [
				{ label: words.say('papers.class'), align: 'text', width: 3 },
				{ label: words.say('papers.reason'), align: 'text', width: 4 },
				{ label: words.say('papers.source'), align: 'text', width: 3 },
			],
			rows,
		},
	];
}

/** What has become of it since: for the head of the paper, so that nobody reads it as what is in force. */
export function sinceBlocks(words: Words, signed: Signed | undefined): readonly PaperBlock[] {
	const { until, ordered = [] } = signed ?? {};
	const note = (id: Message, value: StatementId): PaperBlock => ({
		kind: 'note',
		text: saidWith(words, id, 'id', { foreign: value }),
	});
	return [
		...(until === undefined ? [] : [note('papers.ended', until)]),
		...ordered.map(({ id, kind }) => note(kind === 'annul' ? 'papers.annulled' : 'papers.replaced', id)),
	];
}

export function signatureBlocks(words: Words, signed: Signed | undefined, none: string): readonly PaperBlock[] {
	const heading: PaperBlock = { kind: 'heading', text: words.say('papers.signedTitle') };
	if (signed === undefined) return [heading, { kind: 'paragraph', text: none }];
	const { id, by, index, time } = signed;
	const at = words.say('papers.signedAt', { index, time: words.time(time) });
	return [
		heading,
		{ kind: 'paragraph', text: words.say('papers.signedText') },
		{
			kind: 'facts',
			items: [
				...by.map((name) => ({ label: words.say('papers.key'), value: { foreign: name } })),
				{ label: words.say('papers.statement'), value: [{ foreign: id }, ` · ${at}`] },
			],
		},
	];
}

type Message = Parameters<Words['say']>[0];

const SEAT = '\ue000';

/** A message in which one value is what others wrote. The seat is a character that no catalogue has. */
export function saidWith(
	words: Words,
	id: Message,
	name: string,
	value: Said,
	values: Readonly<Record<string, string | number>> = {},
): Said {
	const pieces: readonly (string | Foreign)[] = typeof value === 'string' || 'foreign' in value ? [value] : value;
	return words
		.say(id, { ...values, [name]: SEAT })
		.split(SEAT)
		.flatMap((text, place) => (place === 0 ? [text] : [...pieces, text]))
		.filter((piece) => piece !== '');
}
