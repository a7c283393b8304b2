/**
 * Saying a statement: its three lines, signed by one or several keys, as the bytes of a leaf (S1–S4).
 */
import type { Election } from '@matokeo/core/election/types.ts';
import { printLeaf, printText } from '@matokeo/core/record/leaf.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { RehearsalKey } from '../keys.ts';

/** A statement before it is known who says it. */
export type Unsaid = Statement extends infer S ? (S extends Statement ? Omit<S, 'by'> : never) : never;

export interface Spoken {
	readonly id: string;
	readonly bytes: Uint8Array;
}

export type Say = (statement: Unsaid, ...keys: readonly RehearsalKey[]) => Spoken;

export function speaker(suite: Suite, election: Election): Say {
	return (statement, ...keys) => {
		const signers = [...keys].sort((a, b) => byCodeUnits(a.name, b.name));
		const text = printText(election.id, election.digest, { ...statement, by: signers.map(({ name }) => name) });
		const signatures = signers.map(({ name, keyId, sign }) => ({ name, keyId, signature: sign(text) }));
		return { id: suite.sha256Hex(text), bytes: printLeaf(text, signatures) };
	};
}
