/**
 * What the two states of an acta are in the words of a log: which document was there on 15 June, why it was put aside, and what a later document changed.
 *
 * The source says how each acta ended, not by which resolution. These are the readings, each the lawful statement that says no more than the source:
 * - An acta that was sent to the Jurado Electoral Especial is a form that is captured as it was observed, read, and in quarantine for its class, agents notified.
 * - The jury's resolution is a second document, captured with kind and route *court* and read twice like any other. Where any field ended otherwise, the jury orders that its figures stand in the place of
 *   the first (S42, *substitute*); where the return was in quarantine, that it counts (S42, *admit*). No figure comes from an order or a ruling.
 * - An annulled acta is not disregarded: its voters stay in the count, all of them as null votes (`words.ts` names the rule), so it too is a document with other figures.
 * - Of an acta that was resolved before 15 June, or that was pending then and resolved later, only the resolved figures are known: the resolution is its first document, and no order is needed.
 * - A table that was not installed has no document at all; that is its status, and it stays due and missing.
 */
import type { Figure } from '@matokeo/core/record/statement.ts';
import { type Acta, type ActaState, FIELDS } from './actas.ts';

/** The source's word → code of the package for a return in quarantine. */
export const EXCEPTIONS = {
	'VOTOS IMPUGNADOS': 'contested-votes',
	'ERROR MATERIAL': 'arithmetic-error',
	'OTRAS OBSERVACIONES': 'other-observations',
	'ACTA SIN FIRMAS': 'unsigned',
	INCOMPLETA: 'incomplete',
	ILEGIBILIDAD: 'illegible',
	'SOLICITUD DE NULIDAD': 'nullity-requested',
} as const;

export type ExceptionCode = (typeof EXCEPTIONS)[keyof typeof EXCEPTIONS];

/** What there is of an acta on 15 June. */
export type First =
	| { readonly kind: 'form'; readonly figures: readonly Figure[]; readonly exception: ExceptionCode | undefined }
	| { readonly kind: 'resolution'; readonly figures: readonly Figure[] }
	| { readonly kind: 'pending' }
	| { readonly kind: 'not-installed' };

/** What comes after. */
export type Later =
	| { readonly kind: 'nothing' }
	/** What was pending comes in. */
	| { readonly kind: 'form' | 'resolution'; readonly figures: readonly Figure[] }
	| { readonly kind: 'not-installed' }
	/** A resolution after the form or after another resolution: `replaces` when any field is other than before. */
	| {
			readonly kind: 'second';
			readonly figures: readonly Figure[];
			readonly replaces: boolean;
			readonly release: boolean;
			readonly annuls: boolean;
	  };

export interface Story {
	readonly acta: Acta;
	readonly first: First;
	readonly later: Later;
}

const NOT_INSTALLED = 'MESA NO INSTALADA';
const PENDING = 'ACTA ELECTORAL PENDIENTE';
const RESOLVED = 'ACTA ELECTORAL RESUELTA';
const NORMAL = 'ACTA ELECTORAL NORMAL';
const TO_THE_JURY = 'ACTA ELECTORAL PARA ENVÍO AL JEE';
const ANNULLED = 'ACTA ELECTORAL ANULADA';
const INCOMPLETE = 'INCOMPLETA';

export function storyOf(acta: Acta): Story {
	const first = firstOf(acta.observed);
	return { acta, first, later: laterOf(acta, first) };
}

function firstOf({ observation, progress, figures }: ActaState): First {
	switch (progress) {
		case NOT_INSTALLED:
			return { kind: 'not-installed' };
		case PENDING:
			return { kind: 'pending' };
		case RESOLVED:
			return { kind: 'resolution', figures };
		case NORMAL:
			return { kind: 'form', figures, exception: undefined };
		case TO_THE_JURY:
			return { kind: 'form', figures: asWritten(observation, figures), exception: exceptionOf(observation) };
		default:
			throw new Error(`the source has a state that is not known: ${observation}, ${progress}`);
	}
}

function laterOf({ observed, resolved }: Acta, first: First): Later {
	const { figures } = resolved;
	if (resolved.progress === NOT_INSTALLED)
		return { kind: first.kind === 'not-installed' ? 'nothing' : 'not-installed' };
	if (first.kind === 'not-installed') throw new Error('a table that was not installed has an acta later');
	if (first.kind === 'pending') return { kind: resolved.progress === RESOLVED ? 'resolution' : 'form', figures };
	const release = first.kind === 'form' && first.exception !== undefined;
	const replaces = figures.some((figure, place) => figure !== first.figures[place]);
	// Confirmed after it was counted: a document that says the same, and changes nothing.
	const confirmed = resolved.progress !== observed.progress;
	if (!replaces && !release && !confirmed) return { kind: 'nothing' };
	return { kind: 'second', figures, replaces, release, annuls: resolved.observation === ANNULLED };
}

/** The source prints 0 voters for every incomplete acta; the number is what is missing on it (Ley 26859, art. 315), so the paper has it blank. */
function asWritten(observation: string, figures: readonly Figure[]): readonly Figure[] {
	return observation === INCOMPLETE && figures[FIELDS.indexOf('voted')] === 0
		? ['blank', ...figures.slice(1)]
		: figures;
}

function exceptionOf(observation: string): ExceptionCode {
	const known = Object.entries(EXCEPTIONS).find(([word]) => word === observation);
	if (known === undefined) throw new Error(`the source has a class that is not known: ${observation}`);
	return known[1];
}
