/**
 * Which requests go into the book of requests, and what of them (`spec/scrutiny.md`, Y5): whatever is more than an anonymous read. Facts that only a route knows, such as whose signatures were verified, it leaves here with the
 * request; nothing is taken from a path, a query, a header or a body.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../app/answer.ts';
import type { Books } from '../books/keeper.ts';
import { routeOf } from './logging.ts';

interface Facts {
	keys?: readonly string[];
	answers?: Readonly<Record<string, number>>;
	rules?: Readonly<Record<string, number>>;
}

const LEFT = new WeakMap<FastifyRequest, Facts>();

function factsOf(request: FastifyRequest): Facts {
	const known = LEFT.get(request);
	if (known !== undefined) return known;
	const facts: Facts = {};
	LEFT.set(request, facts);
	return facts;
}

/** Keys that stand behind a request beyond doubt. */
export function leaveKeys(request: FastifyRequest, keys: Iterable<string>): void {
	const facts = factsOf(request);
	const all = new Set([...(facts.keys ?? []), ...keys]);
	if (all.size > 0) facts.keys = [...all];
}

export function leaveAnswers(request: FastifyRequest, answers: readonly Answer[]): void {
	const facts = factsOf(request);
	facts.answers = counted(answers.map(({ kind }) => kind));
	const rules = answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.rule] : []));
	if (rules.length > 0) facts.rules = counted(rules);
}

/** The rule by which a request was refused as a whole. */
export function leaveRule(request: FastifyRequest, rule: string): void {
	factsOf(request).rules = { [rule]: 1 };
}

const DECIMAL = /^[0-9]{1,15}$/;

export function book(books: Books, request: FastifyRequest, reply: FastifyReply): void {
	const { method, headers, ip } = request;
	const facts = LEFT.get(request) ?? {};
	const route = routeOf(request);
	const reads = method === 'GET' || method === 'HEAD';
	const isOpen = request.routeOptions.config.access === 'public' || request.is404;
	if (reads && isOpen && facts.keys === undefined) {
		books.read(route, reply.statusCode);
		return;
	}
	const announced = headers['content-length'] ?? '';
	books.request({
		...facts,
		method,
		route,
		status: reply.statusCode,
		ms: Math.round(reply.elapsedTime),
		bytes: DECIMAL.test(announced) ? Number(announced) : 0,
		address: ip,
	});
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}
