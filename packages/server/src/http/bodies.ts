/**
 * Bodies (`spec/api.md`, A1): bytes become JSON in one place, which demands well-formed UTF-8, bounds the nesting before anything is read, and turns nothing into anything else. Uploads are
 * not read here at all.
 */
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { FastifyRequest } from 'fastify';
import type { App, HttpParts } from './parts.ts';
import { Problem } from './problem.ts';
import { UPLOAD_TYPE } from './wholeUpload.ts';

export function installBodies(app: App, { limits }: HttpParts): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
		parseBody(body, limits.jsonDepthMax),
	);
	app.addContentTypeParser('text/plain', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body);
	app.addContentTypeParser(UPLOAD_TYPE, (_request, _body, done) => done(null));
}

function parseBody(bytes: Uint8Array, depthMax: number): unknown {
	const text = utf8Decode(bytes);
	if (text === undefined) throw notJson('UTF-8', 'bytes that are not');
	if (depthOf(text, depthMax) > depthMax) throw notJson(`at most ${depthMax} levels of lists and objects`, 'more');
	try {
		return JSON.parse(text, refuseProto);
	} catch {
		throw notJson('JSON', 'text that is not, or that names __proto__');
	}
}

/** An object that names it could reach behind whatever copies its members. */
function refuseProto(name: string, value: unknown): unknown {
	if (name === '__proto__') throw new Error('__proto__ is no name here');
	return value;
}

/** The deepest nesting, looked for no further than just beyond the maximum. */
function depthOf(text: string, most: number): number {
	let depth = 0;
	let deepest = 0;
	for (let at = 0; at < text.length && deepest <= most; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 0x22) at = endOfString(text, at);
		else if (unit === 0x5b || unit === 0x7b) deepest = Math.max(deepest, ++depth);
		else if (unit === 0x5d || unit === 0x7d) depth--;
	}
	return deepest;
}

function endOfString(text: string, start: number): number {
	let at = text.indexOf('"', start + 1);
	while (at > 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
	return at < 0 ? text.length : at;
}

/** An odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
	let first = at;
	while (text.charCodeAt(first - 1) === 0x5c) first--;
	return (at - first) % 2 === 1;
}

function notJson(expected: string, got: string): Problem {
	return new Problem(400, { rule: 'A1', expected: `a body in ${expected}`, got, do: 'send the body as JSON in UTF-8' });
}
