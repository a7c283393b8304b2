/** Sessions of officials of a rehearsal (`spec/api.md`, A10): a key signs a challenge whenever it asks for something, since a rehearsal's clock passes days between two steps, and no session lasts so long. */
import { printNote } from '@matokeo/core/log/note.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { RehearsalKey } from '../keys.ts';
import type { Ask } from './persist.ts';
import { beginning, parseJson, text } from './wire.ts';

/** Headers of a request in the name of the key. */
export type SignedIn = (key: RehearsalKey) => Promise<Readonly<Record<string, string>>>;

export function sessionsOf(ask: Ask): SignedIn {
	const post = async (path: string, body: object, member: string): Promise<string> => {
		const headers = { 'content-type': 'application/json' };
		const came = await ask({ method: 'POST', path, headers, body: utf8Encode(JSON.stringify(body)) });
		const value = text(parseJson(came.body), member);
		if (came.status === 200 && value !== undefined) return value;
		throw new Trouble(`POST ${path} answered ${came.status}: ${beginning(came.body)}`);
	};
	const signIn = async ({ name, keyId, sign }: RehearsalKey): Promise<string> => {
		const challenge = await post('/api/v1/sign-in/challenge', { key: name }, 'challenge');
		const note = printNote(challenge, [{ name, keyId, signature: sign(utf8Encode(challenge)) }]);
		return post('/api/v1/sign-in', { note: Buffer.from(note).toString('utf8') }, 'token');
	};
	return async (key) => ({ authorization: `Bearer ${await signIn(key)}` });
}
