/**
 * What became of a request that failed, told in the one shape (`spec/api.md`, A2). Refusals carry their facts; trouble of the disk is *try again*; anything else is a bug of ours, which is
 * written down with the request's id and told as no more than that.
 */

import { STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Trouble } from '../ports/trouble.ts';
import { leaveRule } from './booking.ts';
import { logFailure } from './logging.ts';
import type { App, HttpParts } from './parts.ts';
import { Problem, unavailable } from './problem.ts';

/** A message may name a member that was sent, which may be as long as a body. */
const WORDS_MAX = 200;

export function installErrors(app: App, { logger, limits, metrics }: HttpParts): void {
	app.setErrorHandler((error: FastifyError, request, reply) => {
		const known = problemOf(error, limits.laterSeconds, request);
		if (known.status >= 500 && !(error instanceof Problem)) {
			logFailure(logger, 'request', error, request.id);
			metrics.failed('request');
		}
		sendProblem(reply, known);
	});
	app.setNotFoundHandler((request, reply) => {
		const got = `${request.method} on a path that has no such route`;
		const hint = 'GET /openapi.json lists all routes; pages lie under /en/, /sw/ and /es/';
		sendProblem(reply, new Problem(404, { rule: 'A12', expected: 'a route of this server', got, do: hint }));
	});
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
	leaveRule(reply.request, problem.facts.rule);
	if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
	if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
	const { method, headers } = reply.request;
	const person = method === 'GET' && headers.accept?.startsWith('text/html') === true;
	reply
		.code(problem.status)
		.headers(STRICT_HEADERS)
		.type(`${person ? 'text/html' : 'application/json'}; charset=utf-8`)
		.send(person ? pageOf(problem) : JSON.stringify(problem.body()));
}

/** For somebody with a browser who followed a wrong link. */
function pageOf({ status, facts }: Problem): string {
	const { expected, got, do: hint } = facts;
	const said = `Expected: ${expected}. Found: ${got}. What you can do: ${hint}.`;
	const text = said.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
	return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${status}</title><p>${text}</p><p><a href="/">To the first page</a></p></html>\n`;
}

function problemOf(error: FastifyError, laterSeconds: number, request: FastifyRequest): Problem {
	if (error instanceof Problem) return error;
	if (error instanceof Trouble) return unavailable('trouble with the disk or the database', laterSeconds);
	if (hasZodFastifySchemaValidationErrors(error)) {
		const [first] = error.validation;
		const where = `${error.validationContext ?? 'body'}${first?.instancePath ?? ''}`;
		return refused(
			400,
			`${where}: ${first?.message ?? 'another shape'}`.slice(0, WORDS_MAX),
			'something else',
			'see /openapi.json; nothing is converted',
		);
	}
	const limit = request.routeOptions.bodyLimit;
	if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
		return refused(413, `a body of at most ${limit} bytes`, 'a longer one', 'send it as several requests');
	if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
		return refused(
			415,
			'a body of a type that this route takes',
			'another type',
			'name the type in the header Content-Type',
		);
	if (error.statusCode !== undefined && error.statusCode < 500)
		return refused(error.statusCode, 'a request in order', `one that is not (${error.code})`, 'see /openapi.json');
	return new Problem(500, {
		rule: 'A2',
		expected: 'an answer',
		got: `a fault of this server, written down as ${request.id}`,
		do: 'send the same again; if it stays, tell the operator this number',
	});
}

function refused(status: number, expected: string, got: string, hint: string): Problem {
	return new Problem(status, { rule: 'A1', expected, got, do: hint });
}
