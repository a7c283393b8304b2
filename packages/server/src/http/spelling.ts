/** Answers of the log as they go out (`spec/api.md`, A3): the same shapes whoever asked, and a proof with every receipt. */
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Answer } from '../app/answer.ts';
import { Trouble } from '../ports/trouble.ts';
import type { HttpParts } from './parts.ts';
import type { StatementAnswer } from './schemas.ts';

/** A receipt's proof is made now, and so is its size: both are of the checkpoint that is published now, and nothing comes between them. */
export function spell({ service, limits }: HttpParts, answer: Answer): StatementAnswer {
	switch (answer.kind) {
		case 'refused': {
			const { kind, rule, why, note } = answer;
			return note === undefined ? { kind, rule, why } : { kind, rule, why, note: textOf(note) };
		}
		case 'later':
			return { kind: 'later', why: answer.why, retry_after: limits.laterSeconds };
		default: {
			const proof = proofOf(answer.proof);
			if (proof === undefined)
				return { kind: 'later', why: 'it is logged, its proof cannot be made now', retry_after: limits.laterSeconds };
			const provable = { id: answer.id, index: answer.index, size: service.log.size(), proof };
			if (answer.kind === 'receipt') return { kind: 'receipt', ...provable };
			return { kind: 'logged', ...provable, note: textOf(answer.note) };
		}
	}
}

function proofOf(proof: () => string): string | undefined {
	try {
		return proof();
	} catch (error) {
		if (error instanceof Trouble) return undefined;
		throw error;
	}
}

function textOf(note: Uint8Array): string {
	return utf8Decode(note) ?? '';
}
