/**
 * Signing in without a password (`spec/api.md`, A10, A11): the server hands out a text, the key signs it, a token comes back. The text is three lines like a statement's, of a type that
 * no statement has. Challenges cost the server no memory until somebody has truly signed one; tokens are kept as digests, so that who reads the memory cannot use them; a session ends when its key
 * is revoked, whatever its hour says.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { parseNote } from '@matokeo/core/log/note.ts';
import { VERSION } from '@matokeo/core/record/leaf.ts';
import type { Context, Office } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { hexDecode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { parseCanonical, printCanonical } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Limits } from './limits.ts';

export interface Session {
	/** The key's name. */
	readonly key: string;
	readonly office: Office;
	/** UTC seconds. */
	readonly expires: number;
}

export interface Sessions {
	readonly challenge: (key: string) => string;
	/** The note is the challenge, signed by the key that it names. The error says why not. */
	readonly signIn: (note: Uint8Array) => Result<{ readonly token: string; readonly session: Session }>;
	/** By the value of an `Authorization` header. */
	readonly find: (authorization: string | undefined) => Session | undefined;
	readonly end: (authorization: string | undefined) => void;
	readonly count: () => number;
}

export interface SessionParts {
	readonly context: Context;
	readonly rows: () => RowReader;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly limits: Limits;
}

interface Kept extends Session {
	readonly keyId: string;
}

interface Challenge {
	readonly key: string;
	readonly nonce: string;
	readonly expires: number;
}

const SIGN_IN = `${VERSION} sign-in`;
const TOKEN = /^Bearer ([A-Za-z0-9_-]{43})$/;
const NONCE_BYTES = 16;

export function sessionKeeper({ context, rows, clock, limits }: SessionParts): Sessions {
	const { election, suite } = context;
	const secret = randomBytes(32);
	/** Digest of token → session, oldest first. */
	const kept = new Map<string, Kept>();
	/** Nonces that were used, until their challenge would have expired. */
	const used = new Map<string, number>();

	const textOf = (challenge: Challenge): string =>
		`${SIGN_IN}\n${election.id} ${election.digest}\n${printCanonical(challenge)}\n`;
	const seal = (key: string, expires: number, random: Uint8Array): string =>
		createHmac('sha256', secret).update(`${key}\n${expires}\n`).update(random).digest('hex').slice(0, 32);
	const isOurs = ({ key, nonce, expires }: Challenge): boolean => {
		const random = hexDecode(nonce.slice(0, 2 * NONCE_BYTES));
		const tag = hexDecode(nonce.slice(2 * NONCE_BYTES));
		const right = random === undefined ? undefined : hexDecode(seal(key, expires, random));
		return tag !== undefined && right !== undefined && tag.length === right.length && timingSafeEqual(tag, right);
	};
	const digestOf = (authorization: string | undefined): string | undefined => {
		const token = TOKEN.exec(authorization ?? '')?.[1];
		return token === undefined ? undefined : suite.sha256Hex(utf8Encode(token));
	};
	const start = (session: Kept): string => {
		const mine = [...kept].filter(([, { key }]) => key === session.key);
		if (mine.length >= limits.sessionsPerKeyMax) kept.delete(mine[0]?.[0] ?? '');
		if (kept.size >= limits.sessionsMax) kept.delete(kept.keys().next().value ?? '');
		const token = randomBytes(32).toString('base64url');
		kept.set(suite.sha256Hex(utf8Encode(token)), session);
		return token;
	};

	return {
		challenge: (key) => {
			const expires = clock() + limits.challengeSeconds;
			const random = randomBytes(NONCE_BYTES);
			return textOf({ key, nonce: random.toString('hex') + seal(key, expires, random), expires });
		},
		signIn: (bytes) => {
			const now = clock();
			for (const [nonce, expires] of used) if (expires < now) used.delete(nonce);
			const note = parseNote(bytes);
			if (!note.ok) return err(note.error);
			const [signature, ...more] = note.value.signatures;
			const challenge = parseChallenge(note.value.text);
			if (challenge === undefined || note.value.text !== textOf(challenge) || !isOurs(challenge))
				return err('the text is not a challenge of this server, letter for letter');
			if (challenge.expires < now || used.has(challenge.nonce)) return err('the challenge has expired or was used');
			const key = keyInForce(context, rows(), challenge.key);
			const fits = signature?.name === challenge.key && more.length === 0 && signature.keyId === key?.keyId;
			const bytesOfKey = hexDecode(key?.key ?? '');
			if (!fits || bytesOfKey === undefined || key === undefined)
				return err(`it is not signed once by a key named "${challenge.key}" that is in force`);
			if (!verifySignature(suite, bytesOfKey, note.value.textBytes, signature.signature))
				return err(`the signature of "${challenge.key}" does not fit this text`);
			used.set(challenge.nonce, challenge.expires);
			const expires = now + limits.sessionSeconds;
			const session = { key: challenge.key, office: key.office, expires };
			return ok({ token: start({ ...session, keyId: key.keyId }), session });
		},
		find: (authorization) => {
			const digest = digestOf(authorization);
			const session = digest === undefined ? undefined : kept.get(digest);
			if (digest === undefined || session === undefined) return undefined;
			const { key, office, expires, keyId } = session;
			if (expires >= clock() && keyInForce(context, rows(), key)?.keyId === keyId) return { key, office, expires };
			kept.delete(digest);
			return undefined;
		},
		end: (authorization) => {
			kept.delete(digestOf(authorization) ?? '');
		},
		count: () => kept.size,
	};
}

function keyInForce(
	{ packageKeys }: Context,
	rows: RowReader,
	name: string,
): { readonly key: string; readonly keyId: string; readonly office: Office } | undefined {
	const named = packageKeys.get(name);
	// Nobody signs in as the log: its key is the server's own.
	if (named !== undefined) return named.office === 'log' ? undefined : named;
	const row = rows.get('key', name);
	return row === undefined || row.until !== undefined
		? undefined
		: { key: row.key, keyId: row.keyId, office: row.role };
}

function parseChallenge(text: string): Challenge | undefined {
	const json = parseCanonical(text.split('\n')[2] ?? '');
	if (!json.ok || typeof json.value !== 'object' || Array.isArray(json.value)) return undefined;
	const { key, nonce, expires } = json.value as Partial<Record<string, unknown>>;
	if (typeof key !== 'string' || typeof nonce !== 'string' || typeof expires !== 'number') return undefined;
	return { key, nonce, expires };
}
