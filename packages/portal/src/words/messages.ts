/** The messages of one language, compiled by lingui once, with what each is to be given. A message that cannot be read is a bug of its catalogue and stops the program. */
import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Language } from '../site/paths.ts';
import { CATALOGUES, type MessageId } from './catalogues.ts';

export interface Place {
	readonly name: string;
	/** Whether a plural or a choice asks about it. */
	readonly chooses: boolean;
}

/** Text as it is, or the value of this name. */
export type Piece = string | { readonly name: string };

export interface Messages {
	readonly compiled: Record<string, CompiledMessage>;
	/** What a message is to be given; each name once. */
	readonly places: (id: MessageId) => readonly Place[];
	/** A message that only has its values put in, as text and names in turn; absent where a plural or a choice asks about one. Most are such, and need no formatter. */
	readonly pieces: (id: MessageId) => readonly Piece[] | undefined;
}

export function messagesOf(language: Language): Messages {
	const compiled: Record<string, CompiledMessage> = {};
	const places = new Map<string, readonly Place[]>();
	const pieces = new Map<string, readonly Piece[]>();
	for (const [group, messages] of Object.entries(CATALOGUES[language])) {
		for (const [name, source] of Object.entries<string>(messages)) {
			const message = compileMessageOrThrow(source);
			compiled[`${group}.${name}`] = message;
			places.set(`${group}.${name}`, placesOf(message));
			const plain = piecesOf(message);
			if (plain !== undefined) pieces.set(`${group}.${name}`, plain);
		}
	}
	return { compiled, places: (id) => places.get(id) ?? [], pieces: (id) => pieces.get(id) };
}

function piecesOf(message: CompiledMessage): readonly Piece[] | undefined {
	const pieces: Piece[] = [];
	for (const token of message) {
		if (typeof token === 'string') pieces.push(token);
		else if (token.length === 1) pieces.push({ name: token[0] });
		else return undefined;
	}
	return pieces;
}

function placesOf(message: CompiledMessage): readonly Place[] {
	const found = new Map<string, boolean>();
	note(message, found);
	return [...found].map(([name, chooses]) => ({ name, chooses }));
}

/** lingui's compiled form: text, or `[name]`, or `[name, kind, { case: message }]`. */
function note(message: readonly unknown[], found: Map<string, boolean>): void {
	for (const token of message) {
		if (!isList(token)) continue;
		const [name, kind, choices] = token;
		if (typeof name !== 'string') continue;
		found.set(name, found.get(name) === true || kind !== undefined);
		if (typeof choices !== 'object' || choices === null) continue;
		for (const choice of Object.values<unknown>({ ...choices })) if (isList(choice)) note(choice, found);
	}
}

function isList(value: unknown): value is readonly unknown[] {
	return Array.isArray(value);
}
