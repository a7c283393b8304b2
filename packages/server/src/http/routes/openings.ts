/**
 * `POST /api/v1/openings` (`spec/api.md`, A7): clerks hand in what they committed to. The commitment authorises: nobody else can know what opens it.
 */

import { addressGroup } from '@matokeo/portal/live/address.ts';
import type { DeliveryAnswer } from '../../app/service.ts';
import type { App, HttpParts } from '../parts.ts';
import { tooMany } from '../problem.ts';
import { type OpeningAnswer, openingsAnswer, openingsBody, problem } from '../schemas.ts';

export function openingRoutes(app: App, { limits, purses, service }: HttpParts): void {
	app.post(
		'/api/v1/openings',
		{
			config: { access: 'public', bodies: ['application/json'] },
			bodyLimit: limits.listBodyBytesMax,
			schema: {
				summary: 'Hand in the openings of committed readings, in confidence until all are in',
				tags: ['statements'],
				body: openingsBody,
				response: { 200: openingsAnswer, 503: openingsAnswer, '4xx': problem },
			},
		},
		async (request, reply) => {
			const { openings } = request.body;
			const group = addressGroup(request.ip);
			const wait = purses.notes.take(group, openings.length);
			if (wait !== undefined) throw tooMany('this address', wait);
			const delivered = await service.deliver(openings, group);
			const answers = delivered.map((one) => spell(one, limits.laterSeconds));
			const none = answers.every(({ kind }) => kind === 'later');
			if (none) reply.code(503).header('retry-after', limits.laterSeconds);
			return { answers };
		},
	);
}

function spell(answer: DeliveryAnswer, laterSeconds: number): OpeningAnswer {
	if (answer.ok) return { kind: 'kept', reading: answer.value };
	const { rule, why } = answer.error;
	return rule === 'later' ? { kind: 'later', why, retry_after: laterSeconds } : { kind: 'refused', rule, why };
}
