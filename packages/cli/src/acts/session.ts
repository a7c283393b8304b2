/**
 * Signing in with a key (`spec/api.md`, A10): the server's text is signed only when it is the text of a sign-in, to this election, for this key. Anything else could be a statement that somebody wants signed.
 */
import { type NoteSigner, printNote } from '@matokeo/core/log/note.ts';
import { VERSION } from '@matokeo/core/record/leaf.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { parseCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { postJson, type Server } from './asking.ts';
import { textAt } from './json.ts';

/** A token. */
export async function signIn({ election }: Context, server: Server, signer: NoteSigner): Promise<Result<string>> {
	const { name, keyId } = signer;
	const offered = await postJson(server, '/api/v1/sign-in/challenge', { key: name });
	if (!offered.ok) return offered;
	const text = textAt(offered.value, 'challenge') ?? '';
	if (!isSignIn(text, `${election.id} ${election.digest}`, name))
		return err(
			`The server wants something else signed than a sign-in of "${name}" to this election: nothing was signed. Is it the server of this package?`,
		);
	const note = printNote(text, [{ name, keyId, signature: signer.sign(utf8Encode(text)) }]);
	const signed = await postJson(server, '/api/v1/sign-in', { note: new TextDecoder().decode(note) });
	if (!signed.ok) return signed;
	const token = textAt(signed.value, 'token');
	return token === undefined ? err('The server took the sign-in and gave no token.') : ok(token);
}

function isSignIn(text: string, election: string, name: string): boolean {
	const [type, header, body = '', end, ...more] = text.split('\n');
	const json = parseCanonical(body);
	return (
		type === `${VERSION} sign-in` &&
		header === election &&
		end === '' &&
		more.length === 0 &&
		json.ok &&
		textAt(json.value, 'key') === name
	);
}
