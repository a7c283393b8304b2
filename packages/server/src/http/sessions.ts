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
import { z } from 'zod';
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

export function sessionKeeper(parts: SessionParts): Sessions {
	const { context, rows, clock, limits } = parts;
	const { suite } = context;
	const challenges = challengeBook(context, clock, limits);
	/** Digest of token → session, oldest first. */
	const kept = new Map<string, Kept>();

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
		challenge: challenges.make,
		signIn: (bytes) => {
			const signed = challenges.take(bytes, (name) => keyInForce(context, rows(), name));
			if (!signed.ok) return signed;
			const { name, office, keyId } = signed.value;
			const session = { key: name, office, expires: clock() + limits.sessionSeconds };
			return ok({ token: start({ ...session, keyId }), session });
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

interface KeyInForce {
	readonly name: string;
	/** 32 bytes in hex. */
	readonly key: string;
	readonly keyId: string;
	readonly office: Office;
}

function keyInForce({ packageKeys }: Context, rows: RowReader, name: string): KeyInForce | undefined {
	const named = packageKeys.get(name);
	// Nobody signs in as the log: its key is the server's own.
	if (named !== undefined) return named.office === 'log' ? undefined : named;
	const row = rows.get('key', name);
	if (row === undefined || row.until !== undefined) return undefined;
	return { name, key: row.key, keyId: row.keyId, office: row.role };
}

interface ChallengeBook {
	readonly make: (key: string) => string;
	/** Whose signed challenge this is; it is used up by that. */
	readonly take: (note: Uint8Array, keyOf: (name: string) => KeyInForce | undefined) => Result<KeyInForce>;
}

/** Challenges carry their own proof that they are ours, so that handing them out costs no memory; only those that were truly signed are remembered, until they would have expired. */
function challengeBook({ election, suite }: Context, clock: () => number, limits: Limits): ChallengeBook {
	const secret = randomBytes(32);
	const used = new Map<string, number>();

	const textOf = (challenge: Challenge): string =>
		`${SIGN_IN}\n${election.id} ${election.digest}\n${printCanonical(challenge)}\n`;
	const seal = (key: string, expires: number, random: Uint8Array): Buffer =>
		createHmac('sha256', secret).update(`${key}\n${expires}\n`).update(random).digest().subarray(0, NONCE_BYTES);
	const isOurs = ({ key, nonce, expires }: Challenge): boolean => {
		const bytes = hexDecode(nonce);
		if (bytes?.length !== 2 * NONCE_BYTES) return false;
		return timingSafeEqual(bytes.subarray(NONCE_BYTES), seal(key, expires, bytes.subarray(0, NONCE_BYTES)));
	};

	return {
		make: (key) => {
			const expires = clock() + limits.challengeSeconds;
			const random = randomBytes(NONCE_BYTES);
			return textOf({ key, nonce: Buffer.concat([random, seal(key, expires, random)]).toString('hex'), expires });
		},
		take: (bytes, keyOf) => {
			for (const [nonce, expires] of used) if (expires < clock()) used.delete(nonce);
			const note = parseNote(bytes);
			if (!note.ok) return note;
			const { text, textBytes, signatures } = note.value;
			const challenge = parseChallenge(text);
			if (challenge === undefined || text !== textOf(challenge) || !isOurs(challenge))
				return err('a text that is no challenge of this server, letter for letter');
			if (challenge.expires < clock() || used.has(challenge.nonce))
				return err('a challenge that has expired or was used');
			const [signature, ...more] = signatures;
			const key = keyOf(challenge.key);
			if (key === undefined || more.length > 0 || signature?.name !== key.name || signature.keyId !== key.keyId)
				return err(`something else than one signature by a key named "${challenge.key}" that is in force`);
			if (!verifySignature(suite, hexDecode(key.key) ?? new Uint8Array(0), textBytes, signature.signature))
				return err(`a signature of "${challenge.key}" that does not fit this text`);
			used.set(challenge.nonce, challenge.expires);
			return ok(key);
		},
	};
}

const CHALLENGE = z.strictObject({ key: z.string(), nonce: z.string(), expires: z.number() });

function parseChallenge(text: string): Challenge | undefined {
	const json = parseCanonical(text.split('\n')[2] ?? '');
	return json.ok ? CHALLENGE.safeParse(json.value).data : undefined;
}
