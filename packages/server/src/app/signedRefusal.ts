/**
 * A refusal, signed by the log's key when the sender is known (D12): at least one key that the log knows, in force or revoked, has truly signed the statement. Others get
 * the reason without a signature, so that nobody can make the log sign for them at will.
 */
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import type { Leaf, LeafSignature } from '@matokeo/core/record/leaf.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { hexDecode } from '@matokeo/core/std/bytes.ts';
import type { Refused } from './answer.ts';
import type { LogVoice } from './logVoice.ts';

interface Refusing {
	readonly context: Context;
	readonly rows: RowReader;
	readonly voice: LogVoice;
}

/** `size`: statements that lie before it in the log, so that whoever replays them can ask the rules the same. */
export function signedRefusal({ context, rows, voice }: Refusing, leaf: Leaf, refusal: Refusal, size: number): Refused {
	const refused = { kind: 'refused', rule: refusal.rule, why: refusal.why } as const;
	if (!leaf.signatures.some((one) => isTrue(context, rows, leaf, one))) return refused;
	return { ...refused, note: voice.refusal(leaf.id, refusal, size) };
}

function isTrue(
	{ suite, packageKeys }: Context,
	rows: RowReader,
	leaf: Leaf,
	{ name, keyId, signature }: LeafSignature,
): boolean {
	const known = packageKeys.get(name) ?? rows.get('key', name);
	const key = known?.keyId === keyId ? hexDecode(known.key) : undefined;
	return key !== undefined && verifySignature(suite, key, leaf.text, signature);
}
