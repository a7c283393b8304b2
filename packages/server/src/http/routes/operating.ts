/**
 * What operators look at (`spec/api.md`, A18, A20): health in words, metrics for who is near or signed in, and the description of all routes.
 */

import { isLoopback } from '@matokeo/portal/live/address.ts';
import { MINUTES } from '@matokeo/portal/live/headers.ts';
import type { Duty } from '../../app/service.ts';
import { type Authorise, officialSession } from '../access.ts';
import type { App, HttpParts } from '../parts.ts';
import { healthView } from '../schemas.ts';

const IN_WORDS: Readonly<Record<Duty, string>> = {
	append: 'statements cannot be appended',
	deliver: "clerks' openings cannot be kept",
	mark: 'nothing can be marked for certificates and declarations',
	announce: 'held images are not announced',
	open: 'readings are not opened',
	results: 'results are not published',
	tick: 'the time is not said for marks that wait for witnesses',
	growth: 'pages are not published',
};

export function operatingRoutes(app: App, parts: HttpParts): void {
	const { service, metrics, sessions, trustProxy, unwitnessed, books } = parts;
	const tags = ['operating'];
	const official = officialSession(sessions);
	/** Behind a proxy everybody seems near, so that there a session is asked of everybody. */
	const nearOrOfficial: Authorise = (request) => {
		const near = trustProxy.length === 0 && isLoopback(request.ip) && request.headers['x-forwarded-for'] === undefined;
		if (!near) official(request);
	};

	app.get(
		'/health',
		{
			config: { access: 'public' },
			schema: { summary: 'Whether the server is well', tags, response: { 200: healthView, 503: healthView } },
		},
		async (_request, reply) => {
			const { closing, failing, waiting, halted } = service.condition();
			const duties = [...failing.keys()].map((duty) => IN_WORDS[duty]);
			const degraded = [...duties, ...unwitnessed(), ...(books?.degraded() ?? [])];
			if (closing) degraded.push('the server is closing');
			const ready = !closing && halted === undefined && !failing.has('append');
			return reply.code(ready ? 200 : 503).send({ live: true, ready, degraded, size: service.log.size(), waiting });
		},
	);
	app.get(
		'/metrics',
		{ config: { access: nearOrOfficial }, schema: { summary: 'Prometheus metrics', tags } },
		async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
	);
	app.get(
		'/openapi.json',
		{ config: { access: 'public' }, schema: { summary: 'This description', tags } },
		async (_request, reply) =>
			reply.header('cache-control', MINUTES).type('application/json; charset=utf-8').send(openApiText(app)),
	);
}

/** As it stands in `spec/openapi.json`. */
function openApiText(app: App): string {
	return `${printJson(JSON.parse(JSON.stringify(app.swagger())), '')}\n`;
}

const LINE_MAX = 120;
const TAB = 2;
/** Before a list stands its name. */
const LONGEST_NAME = 14;

/** Laid out for people as the rest of the repository is: short lists on one line. */
function printJson(value: unknown, indent: string): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const inner = `${indent}\t`;
	if (Array.isArray(value)) {
		const items = value.map((item) => printJson(item, inner));
		const line = `[${items.join(', ')}]`;
		const room = LINE_MAX - indent.length * TAB - LONGEST_NAME;
		if (!line.includes('\n') && line.length < room) return line;
		return `[\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indent}]`;
	}
	const members = Object.entries(value).map(
		([name, one]) => `${inner}${JSON.stringify(name)}: ${printJson(one, inner)}`,
	);
	return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}
