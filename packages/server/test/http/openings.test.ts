/** `POST /api/v1/openings` over real HTTP (A1, A7): what fits a commitment is kept, and nothing is taken for a number that is none. */
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenedServer } from '../../src/main/openServer.ts';
import { capture, presidential, type Read, reading, removeFolders } from '../lib/world.ts';
import { png } from './images.ts';
import { closeServers, postJson, send, servedElection } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const FIGURES = presidential(50, 40, 30, 2);

interface Reading {
	readonly server: OpenedServer;
	readonly read: readonly Read[];
}

/** Two clerks have committed to their readings of a form whose image is held. */
async function committed(): Promise<Reading> {
	const server = await servedElection();
	const image = await png();
	const form = capture('001', image, FIGURES);
	await send(server, form);
	const digest = await server.service.hold(image);
	await expect.poll(() => server.service.log.rows().get('blob', digest)?.held).toBeDefined();
	const read = ['clerk/1', 'clerk/2'].map((clerk) => reading(form.id, clerk, FIGURES));
	const { answers } = await send(server, ...read);
	expect(answers.map(({ kind }) => kind)).toEqual(['receipt', 'receipt']);
	return { server, read };
}

const openings = (server: OpenedServer, body: unknown) => postJson(`${server.url}/api/v1/openings`, body);
const spelled = ({ id, transcription }: Read) => ({ reading: id, transcription });

describe('A7 openings', () => {
	it('A7 what fits is kept, however often it comes, also when it is open already; with the second clerk’s the return is verified', async () => {
		const { server, read } = await committed();
		const [one, other] = read.map(spelled);
		const first = await openings(server, { openings: [one, one] });
		expect([first.status, first.json.answers.map(({ kind }) => kind)]).toEqual([200, ['kept', 'kept']]);
		await openings(server, { openings: [other] });
		const accepted = () => server.service.log.rows().get('return', 'president|001|1')?.captures[0]?.accepted?.by;
		await expect.poll(accepted).toBe('agreement');
		const late = await openings(server, { openings: [one] });
		expect(late.json.answers[0]).toMatchObject({ kind: 'kept' });
	});

	it('A7 another figure, another reading: each is refused on its own, with the reason', async () => {
		const { server, read } = await committed();
		const [one] = read.map(spelled);
		const changed = { ...one, transcription: { ...one?.transcription, figures: presidential(51, 40, 30, 2) } };
		const unknown = { ...one, reading: '0'.repeat(64) };
		const { json } = await openings(server, { openings: [changed, unknown, one] });
		expect(json.answers.map(({ kind, rule }) => rule ?? kind)).toEqual(['S29', 'S28', 'kept']);
	});

	const figure = (value: string) => `{"alba":${value}}`;
	const wrong: readonly (readonly [string, string])[] = [
		['null', figure('null')],
		['true', figure('true')],
		['a text of digits', figure('"521"')],
		['an empty text', figure('""')],
		['a fraction', figure('1.5')],
		['less than nothing', figure('-1')],
		['more than an integer holds', figure('9007199254740993')],
		['infinity', figure('1e999')],
		['a list', figure('[521]')],
		['an object', figure('{"valueOf":521}')],
		['a word that no form has', figure('"unreadable"')],
		['a name that no field has', '{"<script>":1}'],
		['no object', '521'],
	];
	it.each(wrong)('A1 refuses %s for a figure', async (_name, figures) => {
		const server = await servedElection();
		const rest = `"attributes":{},"legibility":"good","salt":"${'0'.repeat(64)}"`;
		const body = `{"openings":[{"reading":"${'0'.repeat(64)}","transcription":{"figures":${figures},${rest}}}]}`;
		const { status, json } = await openings(server, body);
		expect([status, json.error]).toEqual([400, expect.objectContaining({ rule: 'A1' })]);
	});
});
