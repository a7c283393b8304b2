/** A suite that remembers its verdicts on signatures: in one world the same signature is looked at by a dozen people, and in a thousand worlds the same officials say the same things. */
import { concat } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';

/** Verdicts kept; then all are forgotten. */
const KEPT_MAX = 100_000;

export function remembering(suite: Suite): Suite {
	const known = new Map<string, boolean>();
	return {
		...suite,
		ed25519: (publicKey, message, signature) => {
			const name = suite.sha256Hex(concat(publicKey, signature, message));
			const before = known.get(name);
			if (before !== undefined) return before;
			const verdict = suite.ed25519(publicKey, message, signature);
			if (known.size >= KEPT_MAX) known.clear();
			known.set(name, verdict);
			return verdict;
		},
	};
}
