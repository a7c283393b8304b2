/**
 * What a reader asks of a declaration (V83): by the id of its statement or by its contest, every number with its source; or by a text from outside, whether it is the log's, line by line. A text that is not the log's is a
 * problem of the text as much as of the record: it says that the two are not one.
 */
import { contestRow } from '@matokeo/core/rules/chains.ts';
import type { Run } from '../check/run.ts';
import { compareBrought, type LineDiffers, type LoggedText, loggedTexts } from './broughtText.ts';
import type { TracedNumber } from './trace.ts';

/** What was asked for: a text, 64 hex digits, or the id of a contest. */
export type Asked =
	| { readonly kind: 'text'; readonly bytes: Uint8Array }
	| { readonly kind: 'id'; readonly id: string };

export interface LookedAt {
	readonly statement: string;
	readonly contest: string;
	readonly number: number;
	readonly inForce: boolean;
	readonly orders: readonly string[];
	readonly kind: LoggedText['kind'];
	readonly language: string;
	/** Asked by id: every number of the text. */
	readonly numbers?: readonly TracedNumber[];
	/** A text from outside: where it differs; empty where it is the same. */
	readonly differs?: readonly LineDiffers[];
}

const CHECK = 'declaration';

export function lookAt(run: Run, asked: Asked): LookedAt | undefined {
	const { findings } = run;
	const texts = loggedTexts(run);
	if (asked.kind === 'id') {
		const found = texts.find(({ statement }) => statement === statementOf(run, asked.id));
		if (found !== undefined) {
			findings.looked(CHECK, found.numbers.length);
			return { ...placeOf(found), numbers: found.numbers };
		}
		notThere(
			run,
			`a declaration ${asked.id} of this log`,
			'none of that id, and no contest of that id is declared; if a file was meant, there is none of that name',
		);
		return undefined;
	}
	const compared = compareBrought(asked.bytes, texts);
	if (typeof compared === 'string') {
		notThere(run, 'a text to compare with a declaration of this log', compared);
		return undefined;
	}
	const { with: nearest, lines, differs } = compared;
	findings.looked(CHECK, lines);
	for (const one of differs)
		findings.found({
			check: CHECK,
			contest: nearest.contest,
			statement: nearest.statement,
			file: one.line === 0 ? 'your text' : `your text, line ${one.line}`,
			expected: one.log ?? 'no such line',
			came: `${one.brought ?? 'no such line'}${one.numbers.length === 0 ? '' : ` [${one.numbers.join('; ')}]`}`,
			means: 'What you brought is not what was generated from the log. One of the two needs explanation.',
		});
	return { ...placeOf(nearest), differs };
}

/** Of a contest, the declaration in force. */
function statementOf({ rows }: Run, id: string): string {
	return contestRow(rows, id).declaration ?? id;
}

function notThere({ findings }: Run, expected: string, came: string): void {
	findings.looked(CHECK);
	findings.found({ check: CHECK, expected, came, means: 'There is nothing to compare with what you ask about.' });
}

function placeOf({
	statement,
	contest,
	number,
	inForce,
	orders,
	kind,
	language,
}: LoggedText): Omit<LookedAt, 'numbers' | 'differs'> {
	return { statement, contest, number, inForce, orders, kind, language };
}
