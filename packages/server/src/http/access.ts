/**
 * Who may call a route (`spec/api.md`, A11): everybody, or whom a function lets. Every route says one of the two, and a route that says neither stops the server from starting.
 */
import type { FastifyRequest } from 'fastify';
import { leaveKeys } from './booking.ts';
import { Problem } from './problem.ts';
import type { Session, Sessions } from './sessions.ts';

/** Throws a `Problem` for whom it does not let. */
export type Authorise = (request: FastifyRequest) => void;

export type Access = 'public' | Authorise;

declare module 'fastify' {
	interface FastifyContextConfig {
		readonly access?: Access;
		/** Types of a body, spelled exactly; a route with none takes no body. */
		readonly bodies?: readonly string[];
	}
}

/** Offices that look at sealed images: they read or rule on them. */
const OFFICES = ['authority', 'registrar', 'presiding-officer', 'receiving-officer', 'returning-officer', 'clerk'];

export function anySession(sessions: Sessions): Authorise {
	return (request) => {
		demand(sessions, request);
	};
}

export function officialSession(sessions: Sessions): Authorise {
	return (request) => {
		const { office, key } = demand(sessions, request);
		if (OFFICES.includes(office)) return;
		throw new Problem(403, {
			rule: 'A11',
			expected: `a session of an official (${OFFICES.join(', ')})`,
			got: `a session of "${key}" (${office})`,
			do: 'sign in with the key of an office that this belongs to',
		});
	};
}

/** Offices that certify or declare: they ask for marks. Whether this one may for a certain area is for the route to say, which knows which. */
const MARKING = ['returning-officer', 'authority'];

export function markingSession(sessions: Sessions): Authorise {
	return (request) => {
		const { office, key } = demand(sessions, request);
		if (MARKING.includes(office)) return;
		throw new Problem(403, {
			rule: 'A23',
			expected: 'a session of a returning officer or of the authority',
			got: `a session of "${key}" (${office})`,
			do: 'let the returning officer of the area ask, or whoever declares the contest',
		});
	};
}

/** The session of a request that has one in force; throws for everybody else. */
export function demand(sessions: Sessions, request: FastifyRequest): Session {
	const { headers } = request;
	const session = sessions.find(headers.authorization);
	if (session !== undefined) {
		leaveKeys(request, [session.key]);
		return session;
	}
	throw new Problem(401, {
		rule: 'A11',
		expected: 'the header "Authorization: Bearer" with a token that is in force',
		got: headers.authorization === undefined ? 'no such header' : 'none that is in force',
		do: 'sign in: POST /api/v1/sign-in/challenge, sign the text, POST /api/v1/sign-in',
	});
}
