/** The keys of an example's package: each follows from the election's id and the key's name, and is secret to nobody (`packages/rehearsal/src/keys.ts`). */
import { printVerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';

export interface ExampleKeys {
	/** Algorithm 1 signs notes, 4 cosigns checkpoints. */
	readonly vkey: (name: string, algorithm: 1 | 4) => string;
	/** A key with the pseudonym of who holds it. */
	readonly held: (name: string) => { readonly key: string; readonly holder: string };
}

export function exampleKeys(election: string): ExampleKeys {
	const suite = nativeSuite();
	const vkey = (name: string, algorithm: 1 | 4): string =>
		printVerifierKey(verifierKey(suite, name, algorithm, rehearsalKey(suite, election, name).publicKey));
	return { vkey, held: (name) => ({ key: vkey(name, 1), holder: `holder/${name}` }) };
}
