/** The gate as a server answers it (`spec/api.md`, A24), in words for a terminal: what stands between a contest and its certificate or declaration. */
import type { Election } from '@matokeo/core/election/types.ts';
import type { OpenClass } from '@matokeo/core/record/acts.ts';
import type { ActKind } from '@matokeo/portal/views/drafts.ts';
import { OPEN_WORDS } from '../say/actWords.ts';
import { shown } from '../say/plain.ts';
import { at, listAt, numberAt, textAt } from './json.ts';

/** Items of a class that are named on a screen. */
const NAMED_MAX = 12;

const SIGNS: Readonly<Record<string, string>> = { met: 'yes', choose: 'to be named', unmet: 'NO', unknown: '–' };

const CONDITIONS: Readonly<Record<string, string>> = {
	mark: 'There is a mark to rest on',
	number: 'Its number, and what it takes the place of',
	totals: "The totals are the mark's",
	counts: 'What stands open is named as it is',
	list: "The list of stations is the mark's",
	named: 'A rule is named for all that stands open',
	witnesses: 'The witnesses have seen the mark, or their time is over',
	stay: 'No order stays it',
	annulled: 'The contest is not annulled',
	seen: 'Nothing was declared or ordered meanwhile',
	outcome: "The outcome is the mark's",
	texts: 'The texts are generated from the mark',
	'open-outcome': 'The outcome may be declared as it is',
};

/** With a kind, only what concerns that one. */
export function gateInWords(gate: unknown, kind?: ActKind): string {
	const mark = textAt(gate, 'mark', 'id');
	const lines = [
		`Contest ${textAt(gate, 'contest', 'id') ?? '?'} at ${textAt(gate, 'area', 'name') ?? '?'} (${textAt(gate, 'level') ?? ''}), on returns that are ${textAt(gate, 'stage') ?? '?'}.`,
		mark === undefined
			? 'No mark was made yet: what follows is as of now. Ask for one with `matokeo mark`.'
			: `Latest mark: ${mark}, at index ${numberAt(gate, 'mark', 'index') ?? '?'}.`,
		`Returns counted: ${numberAt(gate, 'counts', 'counted') ?? '?'} of ${numberAt(gate, 'counts', 'due') ?? '?'} that are due.`,
		...openInWords(gate),
		...listAt(gate, 'gates').flatMap((one) => (kind === undefined || textAt(one, 'kind') === kind ? oneGate(one) : [])),
	];
	return `${lines.map(shown).join('\n')}\n`;
}

function openInWords(gate: unknown): readonly string[] {
	const open = listAt(gate, 'open');
	if (open.length === 0) return ['Nothing stands open.'];
	return [
		'Standing open:',
		...open.map((one) => {
			const items = listAt(one, 'items');
			const names = items.slice(0, NAMED_MAX).map((item) => {
				const reason = textAt(item, 'reason');
				return `${textAt(item, 'id') ?? '?'}${reason === undefined ? '' : `: ${reason}`}`;
			});
			const count = numberAt(one, 'count') ?? 0;
			const more = count > names.length ? `, and ${count - names.length} more` : '';
			const open = `  ${wordsOf(textAt(one, 'open') ?? '')}: ${count}`;
			return names.length === 0 ? open : `${open} (${names.join(', ')}${more})`;
		}),
	];
}

function isOpenClass(name: string): name is OpenClass {
	return Object.hasOwn(OPEN_WORDS, name);
}

export function wordsOf(open: string): string {
	return isOpenClass(open) ? OPEN_WORDS[open] : open;
}

function oneGate(gate: unknown): readonly string[] {
	const kind = textAt(gate, 'kind') ?? '?';
	const state = at(gate, 'ready') === true ? 'it can be signed' : 'it cannot be signed yet';
	return [
		'',
		`The ${kind} number ${numberAt(gate, 'number') ?? '?'}: ${state}.`,
		...listAt(gate, 'conditions').map((one) => {
			const id = textAt(one, 'condition') ?? '';
			const why = textAt(one, 'state') === 'choose' ? undefined : textAt(one, 'why');
			const sign = SIGNS[textAt(one, 'state') ?? ''] ?? '?';
			return `  ${sign.padEnd(12)} ${CONDITIONS[id] ?? id}${why === undefined ? '' : `: ${why}`}`;
		}),
	];
}

/** The gate of one kind: certificate or declaration. */
export function gateOf(gate: unknown, kind: ActKind): unknown {
	return listAt(gate, 'gates').find((one) => textAt(one, 'kind') === kind);
}

/** Conditions that nobody can choose to meet, in words. */
export function unmetIn(one: unknown): readonly string[] {
	return listAt(one, 'conditions').flatMap((condition) =>
		textAt(condition, 'state') === 'unmet'
			? [`${textAt(condition, 'condition') ?? '?'}: ${textAt(condition, 'why') ?? ''}`]
			: [],
	);
}

/** Codes that may be named, one a line. */
export function codesInWords({ codes }: Election, kind: 'proceed' | 'supersede'): string {
	return codes[kind].map(({ id, text, citation }) => `  ${id.padEnd(14)} ${text['en'] ?? ''} (${citation})`).join('\n');
}
