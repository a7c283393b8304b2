/**
 * `matokeo key new NAME --out FILE`: makes an Ed25519 key and writes it encrypted. Answers 0 when it was written, 2 when not. Nobody is enrolled by this: the printed public key is handed
 * to those who enrol, over a way on which they know whose it is.
 */
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { ID } from '@matokeo/core/record/shape.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { makeKey, sealKey, writeKeyFile } from '../keys/keyFile.ts';
import { newPassphrase, type SecretSources } from '../keys/passphrase.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface KeyNewOptions extends SecretSources {
	readonly out: string;
	/** An age recipient instead of a passphrase. */
	readonly recipient?: string;
	/** A key that cosigns checkpoints, and nothing else. */
	readonly witness?: boolean;
	/** Of scrypt, as a power of two; less only in tests. */
	readonly workFactor?: number;
}

export async function runKeyNew(name: string, out: Output, options: KeyNewOptions): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	if (!ID.test(name))
		return fail(
			`"${name}" cannot be a key's name: expected 1 to 64 of a–z, 0–9, dot, underscore, slash and hyphen, such as presiding/1001.`,
		);
	const { recipient } = options;
	if (recipient !== undefined && options.passphraseFile !== undefined)
		return fail('Give either --passphrase-file or --recipient: a file is encrypted in one of the two ways.');
	const passphrase = recipient === undefined ? await newPassphrase(options) : undefined;
	if (passphrase?.ok === false) return fail(passphrase.error);
	const key = makeKey(nativeSuite(), name, options.witness === true ? 4 : 1);
	const lock =
		passphrase === undefined
			? ({ kind: 'age', key: recipient ?? '' } as const)
			: ({ kind: 'passphrase', passphrase: passphrase.value } as const);
	const sealed = await sealKey(key, lock, options.workFactor);
	if (!sealed.ok) return fail(sealed.error);
	const written = writeKeyFile(options.out, sealed.value);
	if (!written.ok) return fail(written.error);
	out.stdout(`name    ${key.name}\nkey id  ${key.keyId}\npublic  ${printVerifierKey(key)}\n`);
	out.stderr(
		`\nThe secret key lies encrypted in ${options.out}. Without ${passphrase === undefined ? 'the identity of that recipient' : 'the passphrase'} nobody can open it, you neither: ` +
			'there is no way back but a new key.\n' +
			`${next(options)}\n`,
	);
	return 0;
}

function next({ witness, out }: KeyNewOptions): string {
	return witness === true
		? 'It cosigns for `matokeo witness`, and nothing else. The public line goes to those who run the logs, and into the policies that are to count on it.'
		: `It may sign when it is enrolled: \`matokeo key show ${out} --enrol ROLE --holder PSEUDONYM\` prints what the registrars need.`;
}
