/**
 * Reading the log (`spec/api.md`, A12): by entry, by proof, by head and by size. What is not under the published checkpoint is not there.
 */
import { base64Encode, utf8Decode } from '@matokeo/core/std/bytes.ts';
import { IMMUTABLE, SECONDS } from '@matokeo/portal/live/headers.ts';
import type { App, HttpParts } from '../parts.ts';
import { notFound } from '../problem.ts';
import {
	digestPath,
	headView,
	indexPath,
	noQuery,
	problem,
	rootView,
	sizePath,
	statementView,
	underQuery,
} from '../schemas.ts';

const config = { access: 'public' } as const;
const tags = ['log'];

/** SHA-256 of nothing: the root of a log without entries. */
const EMPTY_ROOT = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

export function entryRoutes(app: App, { service, reader }: HttpParts): void {
	const { log } = service;

	app.get(
		'/api/v1/statements/:id',
		{
			config,
			schema: {
				summary: 'A statement: its note, and the proof of it',
				tags,
				params: digestPath,
				querystring: noQuery,
				response: { 200: statementView, '4xx': problem },
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const index = log.rows().indexOf(id);
			const note = index === undefined ? undefined : reader.note(index);
			if (index === undefined || note === undefined)
				throw notFound('the id of a logged statement', 'it is the SHA-256 of the three lines that are signed');
			const proof = reader.prove(index);
			return reply
				.header('cache-control', SECONDS)
				.send({ id, index, size: log.size(), note: utf8Decode(note) ?? '', proof });
		},
	);
	app.get(
		'/api/v1/proofs/:index',
		{ config, schema: { summary: 'C2SP proof of an entry', tags, params: indexPath, querystring: underQuery } },
		async (request, reply) => {
			const { index } = request.params;
			if (index >= log.size()) throw notFound(`an index below ${log.size()}`, 'ask again when the log has grown');
			const proof = request.query.under === 'witnessed' ? reader.proveWitnessed(index) : reader.prove(index);
			if (proof === undefined)
				throw notFound(
					'an entry that the quorum of witnesses has seen',
					'ask again in some seconds; /witnessed says how far it is',
				);
			return reply.header('cache-control', SECONDS).type('text/plain; charset=utf-8').send(proof);
		},
	);
}

export function headRoutes(app: App, { service: { log }, reader }: HttpParts): void {
	app.get(
		'/api/v1/log',
		{
			config,
			schema: {
				summary: 'The head of the log',
				tags,
				querystring: noQuery,
				response: { 200: headView, '4xx': problem },
			},
		},
		async (_request, reply) => {
			const note = utf8Decode(log.checkpoint()) ?? '';
			const [, , root = EMPTY_ROOT] = note.split('\n');
			return reply
				.header('cache-control', SECONDS)
				.send({ size: log.size(), root, time: reader.time(), checkpoint: note });
		},
	);
	app.get(
		'/api/v1/log/:size',
		{
			config,
			schema: {
				summary: 'The root of the log at an earlier size',
				tags,
				params: sizePath,
				querystring: noQuery,
				response: { 200: rootView, '4xx': problem },
			},
		},
		async (request, reply) => {
			const { size } = request.params;
			const root = size === 0 ? undefined : log.rows().rootAt(size);
			if (root === undefined && size > 0)
				throw notFound(`a size of at most ${log.size()}`, 'ask again when the log has grown');
			return reply
				.header('cache-control', IMMUTABLE)
				.send({ size, root: root === undefined ? EMPTY_ROOT : base64Encode(root) });
		},
	);
}
