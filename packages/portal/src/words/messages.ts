/** The messages of one language, compiled by lingui once, with what each is to be given. A message that cannot be read is a bug of its catalogue and stops the program. */
import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Language } from '../site/paths.ts';
import { CATALOGUES, type MessageId } from './catalogues.ts';

export interface Place {
	readonly name: string;
	/** Whether a plural or a choice asks about it. */
	readonly chooses: boolean;
}

export interface Messages {
	readonly compiled: Record<string, CompiledMessage>;
	/** What a message is to be given; each name once. */
	readonly places: (id: MessageId) => readonly Place[];
}

export function messagesOf(language: Language): Messages {
	const compiled: Record<string, CompiledMessage> = {};
	const places = new Map<string, readonly Place[]>();
	for (const [group, messages] of Object.entries(CATALOGUES[language])) {
		for (const [name, source] of Object.entries<string>(messages)) {
			const message = compileMessageOrThrow(source);
			compiled[`${group}.${name}`] = message;
			places.set(`${group}.${name}`, placesOf(message));
		}
	}
	return { compiled, places: (id) => places.get(id) ?? [] };
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
