/**
 * `matokeo key show FILE [--enrol ROLE --holder PSEUDONYM --scope …]`: the public half of a key file, and the object that stands for it in a `key/enrol` statement (S22). The secret is never
 * printed. Answers 0, or 2 when the file does not open.
 */
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { SHAPES } from '@matokeo/core/record/shapes.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import type { Json } from '@matokeo/core/std/canonical.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { openKeyFile } from '../keys/opened.ts';
import type { SecretSources } from '../keys/passphrase.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface KeyShowOptions extends SecretSources {
	/** The role to enrol it in: the answer is then the object for a `key/enrol` statement. */
	readonly enrol?: string;
	readonly holder?: string;
	/** Each `name=id`, such as `station=1001`. */
	readonly scope?: readonly string[];
}

export async function runKeyShow(path: string, out: Output, options: KeyShowOptions = {}): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	if (options.enrol === undefined && (options.holder !== undefined || options.scope !== undefined))
		return fail('--holder and --scope say how a key is enrolled: give --enrol ROLE with them.');
	if (options.enrol !== undefined && options.holder === undefined)
		return fail(
			'An enrolment names the holder by a pseudonym that is the same for all keys of one person and says nothing about them: give --holder, such as holder/4711.',
		);
	const opened = await openKeyFile(nativeSuite(), path, options, options.enrol === undefined ? 'either' : 'statements');
	if (!opened.ok) return fail(opened.error);
	const key = opened.value;
	if (options.enrol === undefined) {
		out.stdout(`name    ${key.name}\nkey id  ${key.keyId}\npublic  ${printVerifierKey(key)}\n`);
		return 0;
	}
	const scope = Object.fromEntries((options.scope ?? []).map((one) => splitOnce(one)));
	const enrolled = {
		holder: options.holder ?? '',
		key: base64Encode(key.publicKey),
		name: key.name,
		role: options.enrol,
		scope,
	} satisfies Json;
	const problem = SHAPES['key/enrol']({ by: ['registrar/1'], keys: [enrolled] }, 'key/enrol');
	if (problem !== undefined)
		return fail(`This cannot be enrolled: ${problem.replace('key/enrol.keys[0].', '')}. See --help.`);
	out.stdout(`${JSON.stringify(enrolled)}\n`);
	return 0;
}

function splitOnce(text: string): readonly [string, string] {
	const at = text.indexOf('=');
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
