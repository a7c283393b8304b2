/**
 * A void leaf as evidence (V76): that the log has signed for it is shown by the file; that it is void is shown too where the leaf alone decides it. What depends on the statements before takes a
 * replay, and is said so.
 */
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { voidByItself } from './byItself.ts';
import type { Accused, Misbehaviour } from './file.ts';
import type { Judged, ProvenEntry } from './judge.ts';

export function judgeVoid(
	suite: Suite,
	accused: Accused,
	{ rule, why }: Extract<Misbehaviour, { readonly kind: 'void' }>,
	{ leaf, index, note, hashes }: ProvenEntry,
): Judged {
	const logged = `The log has signed for this entry at index ${index}.`;
	const own = wrongByItself(suite, accused, leaf);
	const common = { notes: [note], proof: hashes };
	if (own !== undefined)
		return {
			...common,
			strength: 'proved',
			what: `The log ${accused.origin} has let in an entry, at index ${index}, that no version of the rules admits.`,
			shown: [logged, `The entry by itself is void: ${own}.`],
			trusted: [],
		};
	return {
		...common,
		strength: 'signed',
		what: `The log ${accused.origin} has let in an entry, at index ${index}, of which it is said that rule ${rule} refuses it.`,
		shown: [logged],
		trusted: [
			`That ${rule} refuses it (${why}): this follows from the statements before it. \`matokeo verify\` on any copy of the log of more than ${index} statements replays them and names it.`,
		],
	};
}

/** Why the leaf is void whatever was said before, or nothing. */
function wrongByItself(suite: Suite, accused: Accused, bytes: Uint8Array): string | undefined {
	const leaf = parseLeaf(suite, bytes);
	if (!leaf.ok) return `${leaf.error.rule}: ${leaf.error.why}`;
	const { digest, signatures, text } = leaf.value;
	const own = accused.package === undefined ? undefined : suite.sha256Hex(utf8Encode(accused.package.manifest));
	if (own !== undefined && digest !== own) return `S2: it names the package ${digest}, this election's is ${own}`;
	for (const { name, keyId, signature } of signatures) {
		const key = accused.keys.find((one) => one.name === name && one.keyId === keyId);
		if (key !== undefined && !verifySignature(suite, key.publicKey, text, signature))
			return `S7: the signature of the log's own key ${name} on it is not valid`;
	}
	return voidByItself(leaf.value.statement, accused.package);
}
