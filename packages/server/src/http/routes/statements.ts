/**
 * `POST /api/v1/statements` (`spec/api.md`, A3–A5, A16): notes in, one answer for each. The signatures authorise; the rules of the log judge. Rates are kept by address before anything is
 * looked at, and by key for what a key has truly signed, so that nobody can use up another's.
 */
import { VERSION } from '@matokeo/core/record/leaf.ts';
import { bytesEqual, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import type { z } from 'zod';
import type { Answer } from '../../app/answer.ts';
import { leaveAnswers, leaveKeys } from '../booking.ts';
import type { App, HttpParts } from '../parts.ts';
import { tooMany } from '../problem.ts';
import { problem, statementsAnswer, statementsBody } from '../schemas.ts';
import { spell } from '../spelling.ts';

export function statementRoutes(app: App, parts: HttpParts): void {
	const { limits, purses, service, metrics } = parts;

	app.post(
		'/api/v1/statements',
		{
			config: { access: 'public', bodies: ['application/json', 'text/plain'] },
			bodyLimit: limits.listBodyBytesMax,
			schema: {
				summary: 'Send statements; each is answered on its own',
				tags: ['statements'],
				body: statementsBody,
				response: { 200: statementsAnswer, 503: statementsAnswer, '4xx': problem },
			},
		},
		async (request, reply) => {
			const start = performance.now();
			const notes = notesOf(request.body);
			const signers = notes.map(signerNames);
			const group = addressGroup(request.ip);
			const wait = purses.notes.take(group, notes.length) ?? waitOfKeys(parts, signers.flat());
			if (wait !== undefined) throw tooMany('this address or key', wait);
			const answers = await submitOthers(service, notes, group);
			const known = signersKnown(signers, answers);
			for (const name of known) purses.keyNotes.charge(name, 1);
			leaveKeys(request, known);
			leaveAnswers(request, answers);
			const said = answers.map((answer) => spell(parts, answer));
			metrics.receipted(performance.now() - start);
			const none = said.every(({ kind }) => kind === 'later');
			if (none) reply.code(503).header('retry-after', limits.laterSeconds);
			return { answers: said };
		},
	);
}

/** What only the log says it says from inside the server (A3): with a stolen key somebody could else stop its clock, or speak for images that nobody holds. */
const OWN_TYPES = ['clock/tick', 'blob/held', 'reading/open', 'log/witnessed', 'tally/mark', 'access/digest'];
const OWN_LINES = OWN_TYPES.map((type) => utf8Encode(`${VERSION} ${type}\n`));
const NOT_FROM_OUTSIDE: Answer = {
	kind: 'refused',
	rule: 'S10',
	why: 'this is said by the log itself, inside the server, and taken from nobody; if you hold the key of the log, tell its operator how you came by it',
};

async function submitOthers(
	service: HttpParts['service'],
	notes: readonly Uint8Array[],
	group: string,
): Promise<readonly Answer[]> {
	const own = notes.map((note) => OWN_LINES.some((line) => bytesEqual(note.subarray(0, line.length), line)));
	const others = await service.submit(
		notes.filter((_, i) => own[i] !== true),
		group,
	);
	let next = 0;
	return own.map((isOwn) => {
		const answer = isOwn ? NOT_FROM_OUTSIDE : others[next++];
		assert(answer !== undefined, 'every note has one answer');
		return answer;
	});
}

function notesOf(body: z.infer<typeof statementsBody>): readonly Uint8Array[] {
	return body instanceof Uint8Array ? [body] : body.notes.map(utf8Encode);
}

/** Names on the signature lines, whoever wrote them. */
function signerNames(note: Uint8Array): readonly string[] {
	const bytes = Buffer.from(note.buffer, note.byteOffset, note.byteLength);
	const tail = bytes.subarray(Math.max(0, bytes.lastIndexOf('\n\n'))).toString('utf8');
	return [...tail.matchAll(/^— ([a-z0-9._/-]{1,64}) /gm)].map((match) => match[1] ?? '');
}

function waitOfKeys({ purses }: HttpParts, names: readonly string[]): number | undefined {
	const counts = Map.groupBy(names, (name) => name);
	for (const [name, all] of counts) {
		const seconds = purses.keyNotes.ask(name, all.length);
		if (seconds !== undefined) return seconds;
	}
	return undefined;
}

/** What the log admitted was signed by all of its signers, what it refused with a note by the one that there is. A copy of what is logged may come from anybody. */
function signersKnown(signers: readonly (readonly string[])[], answers: readonly Answer[]): readonly string[] {
	return answers.flatMap((answer, i) => {
		const names = signers[i] ?? [];
		const refusedByName = answer.kind === 'refused' && answer.note !== undefined && names.length === 1;
		return answer.kind === 'receipt' || refusedByName ? names : [];
	});
}
