/**
 * `POST /api/v1/marks` (`spec/api.md`, A23): an official has the log freeze contest × area. The officer of the area may ask, and for the scope of a contest the authority; nobody hands in a number.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { officerOf } from '@matokeo/core/rules/authorities.ts';
import type { Signer } from '@matokeo/core/rules/context.ts';
import { stageAt } from '@matokeo/core/rules/marks.ts';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import { demand, markingSession } from '../access.ts';
import type { App, HttpParts } from '../parts.ts';
import { notFound, Problem, tooMany } from '../problem.ts';
import { markAnswer, markBody, problem } from '../schemas.ts';
import type { Session } from '../sessions.ts';
import { spell } from '../spelling.ts';

export function markRoutes(app: App, parts: HttpParts): void {
	const { context, limits, purses, service, sessions } = parts;

	app.post(
		'/api/v1/marks',
		{
			config: { access: markingSession(sessions), bodies: ['application/json'] },
			schema: {
				summary: 'Have a contest marked in an area, for its certificate or declaration',
				tags: ['marks'],
				body: markBody,
				response: { 200: markAnswer, 503: markAnswer, '4xx': problem },
			},
		},
		async (request, reply) => {
			const { contest: id, area } = request.body;
			const contest = context.election.contests.get(id);
			if (contest === undefined || stageAt(context.election, contest, area) === undefined)
				throw notFound(
					'a contest, and an area where it is certified or declared',
					'GET /api/v1/election says at which levels collations are certified',
				);
			mayAsk(parts, demand(sessions, request), contest, area);
			const place = `${contest.id}|${area}`;
			const wait = purses.areaMarks.take(place, 1);
			if (wait !== undefined) throw tooMany(`all who mark ${contest.id} at ${area}`, wait);
			const answer = await service.mark({ contest: contest.id, area }, addressGroup(request.ip));
			if (answer.kind === 'later') reply.code(503).header('retry-after', limits.laterSeconds);
			return { answer: spell(parts, answer) };
		},
	);
}

function mayAsk({ context, service }: HttpParts, { key, office }: Session, contest: Contest, area: string): void {
	if (office === 'authority' && area === contest.scope) return;
	const row = service.log.rows().get('key', key);
	const signer: Signer | undefined =
		row === undefined
			? context.packageKeys.get(key)
			: { name: key, key: row.key, keyId: row.keyId, holder: row.holder, office: row.role, scope: row.scope };
	if (signer !== undefined && officerOf(contest, area, [signer]) === undefined) return;
	throw new Problem(403, {
		rule: 'A23',
		expected: `a session of the returning officer of ${area}, or for the whole contest of the authority`,
		got: `a session of "${key}" (${office}), which does not reach there`,
		do: 'let the officer ask whose certificate or declaration it will be',
	});
}
