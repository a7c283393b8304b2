/** `POST /compare` (M34): a checkpoint or a receipt in, and whether what was verified here continues or contains it. What is found to contradict it is evidence, and is answered with its file. */
import { addressGroup } from '@matokeo/portal/live/address.ts';
import type { App, MirrorHttpParts } from './parts.ts';
import { later, sendProblem, tooMany } from './problems.ts';

const LATER_SECONDS = 30;

export function comparing(app: App, { compare, size, limits, purses, status }: MirrorHttpParts): void {
	app.post('/compare', { bodyLimit: limits.compareBytesMax }, async (request, reply) => {
		const wait = purses.compares.take(addressGroup(request.ip), 1);
		if (wait !== undefined) return tooMany(reply, wait);
		const body = request.body instanceof Uint8Array ? request.body : new Uint8Array(0);
		const compared = await compare(body);
		const verified = { verified: size() };
		switch (compared.kind) {
			case 'later':
				return later(reply, 'statements are being verified', LATER_SECONDS);
			case 'refused':
				return sendProblem(reply, 400, {
					rule: 'M34',
					expected: 'a checkpoint or receipt of this log, signed by its key, as text/plain',
					got: compared.why,
					do: 'send the file as you received it; what the log did not sign shows nothing about it',
				});
			case 'consistent':
			case 'ahead':
				return { kind: compared.kind, size: compared.size, ...verified };
			case 'evidence': {
				const names = status().evidence.map(({ name }) => `/evidence/${name}`);
				return { kind: 'SECURITY', size: compared.size, ...verified, evidence: names };
			}
		}
	});
}
