/**
 * Signing in (`spec/api.md`, A10, A11): a text to sign, a token for it, and what the token is for. No password exists.
 */
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import { z } from 'zod';
import { anySession, demand } from '../access.ts';
import { leaveKeys } from '../booking.ts';
import type { App, HttpParts } from '../parts.ts';
import { Problem, tooMany } from '../problem.ts';
import { challengeAnswer, challengeBody, problem, sessionAnswer, signInAnswer, signInBody } from '../schemas.ts';

export function signInRoutes(app: App, { sessions, purses }: HttpParts): void {
	const tags = ['sign-in'];
	const json = ['application/json'];
	const signedIn = anySession(sessions);

	app.post(
		'/api/v1/sign-in/challenge',
		{
			config: { access: 'public', bodies: json },
			schema: {
				summary: 'A text to sign with a key',
				tags,
				body: challengeBody,
				response: { 200: challengeAnswer, '4xx': problem },
			},
		},
		async (request) => ({ challenge: sessions.challenge(request.body.key) }),
	);
	app.post(
		'/api/v1/sign-in',
		{
			config: { access: 'public', bodies: json },
			schema: {
				summary: 'The text, signed, for a token',
				tags,
				body: signInBody,
				response: { 200: signInAnswer, '4xx': problem },
			},
		},
		async (request) => {
			const seconds = purses.signIns.take(addressGroup(request.ip), 1);
			if (seconds !== undefined) throw tooMany('this address: its sign-ins', seconds);
			const signed = sessions.signIn(utf8Encode(request.body.note));
			if (signed.ok) {
				leaveKeys(request, [signed.value.session.key]);
				return { token: signed.value.token, expires: signed.value.session.expires };
			}
			throw new Problem(401, {
				rule: 'A10',
				expected: 'the challenge, letter for letter, signed once by the key that it names',
				got: signed.error,
				do: 'ask for a new challenge and sign that',
			});
		},
	);
	app.get(
		'/api/v1/session',
		{
			config: { access: signedIn },
			schema: { summary: 'Whose session it is', tags, response: { 200: sessionAnswer, '4xx': problem } },
		},
		async (request) => demand(sessions, request),
	);
	app.delete(
		'/api/v1/session',
		{
			config: { access: signedIn },
			schema: { summary: 'Ends the session', tags, response: { 204: z.undefined(), '4xx': problem } },
		},
		async (request, reply) => {
			sessions.end(request.headers.authorization);
			return reply.code(204).send();
		},
	);
}
