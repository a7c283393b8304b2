/**
 * "Go to the established mechanisms" (acceptance test 7): an error between two documents and a petition, linked to the forms they are about, on clocks of seven days for the declaration, seven for the petition and fourteen
 * for the judgment; and an operator who delays a filing, drops an objection, answers in an office that is not its own, hides an answer. All of it over HTTP.
 */
import { join } from 'node:path';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { newFolder, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { suite } from '@matokeo/verifier/testing/smallLog.ts';
import { parsePending } from '@matokeo/witness/mirror/pendingNote.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../lib/matokeo.ts';
import { closeMirrors, MIRROR_KEY, mirroring } from '../security/lib/mirrors.ts';
import { between, forged, hiding, host, lastOf, notesOf, verifyAt } from './lib/cheat.ts';
import { type Count, closeAll, DAY, kept, type Said, START } from './lib/count.ts';
import { visible } from './lib/pages.ts';
import { declared } from './lib/story.ts';
import { post, until } from './lib/wire.ts';

afterAll(async () => {
	await closeAll();
	removeFolders();
});

const salted = (text: string): Uint8Array => utf8Encode(`${'5a'.repeat(32)}\n${text}\n`);
const PETITION = salted('The forms of the South were changed after they were signed.');
const JUDGMENT = salted('The election of the President is annulled.');
const digestOf = (bytes: Uint8Array): string => suite.sha256Hex(bytes);

const petitionOf = (text?: string): speech.Unsaid => ({
	type: 'objection/lodge',
	contest: 'president',
	ground: 'petition',
	target: { kind: 'contest' },
	...(text === undefined ? {} : { text }),
});

/** The lines of a report that are about a statement: its own, and those that are set in more. */
function linesOf(stdout: string, { id }: { readonly id: string }): string {
	const lines = stdout.split('\n');
	const at = lines.findIndex((line) => line.includes(id) && /^ {2,}\S/.test(line));
	const depth = /^ */.exec(lines[at] ?? '')?.[0].length ?? 0;
	const end = lines.findIndex((line, place) => place > at && (/^ */.exec(line)?.[0].length ?? 0) <= depth);
	return lines.slice(at, end).join('\n');
}

describe('an honest road from the form to the court', () => {
	let count: Count & { readonly declaration: Said };
	let [error, objection, petition, judgment]: Partial<Said>[] = [];
	let verified = '';
	beforeAll(async () => {
		count = await declared('official', ['005']);
		const { clock } = count;
		const notes = notesOf(count);
		const form = notes.find(
			({ tag, bytes }) => tag === 'form/capture' && /"station":"004"/.test(String(Buffer.from(bytes))),
		);
		const documents = [form?.id ?? '', lastOf(notes, 'collation/certify').id];
		error = await count.say(
			{ type: 'notice/file', notice: { kind: 'error', contest: 'president', documents, station: '004' } },
			'registrar/1',
		);
		objection = await count.say(
			{
				type: 'objection/lodge',
				contest: 'president',
				ground: 'wrong-figures',
				target: { kind: 'return', poll: 1, station: '004' },
			},
			speech.PARTY_MOON,
		);
		clock.seconds = START + 5 * DAY;
		petition = await count.say(petitionOf(digestOf(PETITION)), speech.PARTY_MOON);
		await count.upload(PETITION);
		await count.witnessed();
		clock.seconds = START + 12 * DAY;
		await count.say(
			{
				type: 'objection/answer',
				objection: petition.id ?? '',
				outcome: 'upheld',
				reason: 'founded',
				seen: petition.id ?? '',
			},
			'court/supreme',
		);
		judgment = await count.take(speech.order(count.speak, { kind: 'annul', contest: 'president' }, JUDGMENT));
		await count.upload(JUDGMENT);
		await count.witnessed();
		const ran = await count.verify(...count.anchor);
		expect(ran.code, ran.stdout).toBe(0);
		verified = ran.stdout;
	});

	it('7 the clocks of seven, seven and fourteen days are in time by witnesses, with the intervals', () => {
		expect(linesOf(verified, count.declaration)).toMatch(/clock declare: in time/);
		const lines = linesOf(verified, { id: petition?.id ?? '' });
		expect(lines).toMatch(/ground "petition": upheld/);
		expect(lines).toMatch(/lodged at .* by witnesses .* clock petition: in time/);
		expect(lines).toMatch(/answered at .* clock judgment: in time/);
	});

	it('7 the order annuls, what was declared stays readable beside it', () => {
		expect(verified).toContain(`ANNULLED by order ${judgment?.id}`);
		expect(verified).toContain('Stage: declared, and annulled since (number 1)');
		expect(verified).toContain('alba                  1,260');
	});

	it('7 a bundle of the annulled declaration says so beside its totals', async () => {
		const path = join(newFolder(), 'declaration.zip');
		const of = ['--declaration', count.declaration.id ?? '', ...count.anchor];
		const made = await matokeo('bundle', count.dir, ...of, '--out', path);
		expect(made.code, made.stderr).toBe(0);
		const seen = await matokeo('verify', '--bundle', path, ...count.anchor);
		expect([seen.code, seen.stdout]).toEqual([
			0,
			expect.stringMatching(new RegExp(`declaration 1 of .*\\n +ANNULLED by order ${judgment?.id}\\n.*alba 1,260`)),
		]);
	});

	it('7 the petition, the objection to a form and the error between two documents have pages that lead to what they are about', async () => {
		const page = async (path: string) => visible(await count.text(path));
		expect(await page(`en/objection/${petition?.id}.html`)).toMatch(/in time/i);
		expect(await count.text(`en/objection/${objection?.id}.html`)).toContain('station/004.html');
		const station = await count.text('en/station/004.html');
		expect(station).toContain(objection?.id ?? '');
		expect(await count.text(`en/notice/${error?.id}.html`)).toContain('004');
		expect(await page('en/contest/president/index.html')).toMatch(/annulled/i);
	});

	it('7 a text that the petition names is published byte for byte, and the court’s document with it', async () => {
		for (const bytes of [PETITION, JUDGMENT]) {
			const digest = digestOf(bytes);
			expect(await count.text(`blob/${digest.slice(0, 2)}/${digest}`)).toBe(Buffer.from(bytes).toString());
		}
	});
});

describe('an operator in the way', () => {
	let count: Count & { readonly declaration: Said };
	beforeAll(async () => {
		count = await declared('official', ['005']);
	});

	it('7 drops an objection: the receipt that its sender holds contradicts the log', async () => {
		const objection = await count.say(petitionOf(), speech.PARTY_MOON);
		const url = await host(forged(count, hiding(count, objection.id)));
		const alone = await verifyAt(url, count);
		expect([alone.code, alone.stdout.includes(objection.id)]).toEqual([0, false]);
		const ran = await verifyAt(url, count, '--against', kept(objection.proof));
		expect(ran.code).toBe(1);
		expect(ran.stdout).toContain('[against]');
		expect(ran.stdout).toContain('EVIDENCE: keep this');
		const honest = await count.verify(...count.anchor, '--against', kept(objection.proof));
		expect(honest.code, honest.stdout).toBe(0);
	});

	it('7 answers in an office that is not its own: refused at the door, void in the log', async () => {
		const objection = await count.say(petitionOf(digestOf(PETITION)), speech.PARTY_MOON);
		const answer: speech.Unsaid = {
			type: 'objection/answer',
			objection: objection.id,
			outcome: 'dismissed',
			reason: 'unfounded',
			seen: objection.id,
		};
		const tried = [
			count.speak(answer, ORIGIN),
			count.speak(answer, 'ro/1'),
			count.speak(answer, ...speech.CHAIRS),
			count.speak(answer, speech.PARTY_MOON),
		];
		for (const note of tried) expect(await count.send(note)).toMatchObject({ kind: 'refused', rule: 'S40' });
		const url = await host(forged(count, [...notesOf(count), ...tried]));
		const ran = await verifyAt(url, count);
		expect(ran.code).toBe(1);
		for (const { id } of tried) expect(ran.stdout).toContain(`statement ${id} · rule S40`);
		expect(ran.stdout).toMatch(new RegExp(`${objection.id} of party/moon/root, ground "petition": open`));
	});

	it('7 hides an answer that the log has: the court’s receipt, and any older checkpoint, exclude that log', async () => {
		const objection = await count.say({ ...petitionOf(), text: digestOf(JUDGMENT) } as speech.Unsaid, speech.PARTY_SUN);
		const answer = await count.say(
			{
				type: 'objection/answer',
				objection: objection.id,
				outcome: 'upheld',
				reason: 'founded',
				seen: objection.id,
			},
			'court/supreme',
		);
		await count.witnessed();
		const checkpoint = await count.text('checkpoint');
		const url = await host(forged(count, hiding(count, answer.id)));
		expect((await verifyAt(url, count)).stdout).toMatch(
			new RegExp(`${objection.id} of party/sun/root, ground "petition": open`),
		);
		for (const held of [answer.proof, checkpoint]) {
			const ran = await verifyAt(url, count, '--against', kept(held));
			expect([ran.code, ran.stdout.includes('[against]')]).toEqual([1, true]);
		}
	});

	it('7 delays a filing while no witness looks: late by its own clock, by witnesses in nobody’s favour, and a mirror has kept since when it waited', async () => {
		const delaying = await declared('official', ['005'], {
			witnesses: ['witness/court', 'witness/moon', 'witness/news'],
		});
		const { clock, anchor } = delaying;
		// Readers get through to the server, senders do not.
		const readable = await between(delaying.url, (_path, text) => text);
		const mirror = await mirroring(new URL(`${readable}/`), { anchor: anchor[1] });
		await until(() => mirror.status().size === delaying.service.log.size(), 'the mirror has caught up');
		const petition = delaying.speak(petitionOf(), speech.PARTY_MOON);
		mirror.heard.now = START + 6 * DAY;
		const { answers } = await post<{ readonly answers: readonly Said[] }>(`${mirror.url}/pending`, {
			notes: [Buffer.from(petition.bytes).toString()],
		});
		expect(parsePending(suite, utf8Encode(answers[0]?.note ?? ''), MIRROR_KEY)).toMatchObject({
			ok: true,
			value: { id: petition.id, time: START + 6 * DAY },
		});
		clock.seconds = START + 8 * DAY;
		const said = await delaying.take(petition);
		await delaying.witnessed();
		const ran = await delaying.verify(...anchor);
		expect(ran.code, ran.stdout).toBe(0);
		expect(linesOf(ran.stdout, said)).toMatch(/clock petition: not provable \(by the log's own clock late/);
		await closeMirrors();
	});

	it('7 a filing that is delayed although witnesses look all the time is late beyond the seventh day, and the log cannot say otherwise', async () => {
		const watched = await declared('official', ['005']);
		const { clock } = watched;
		clock.seconds = START + 7 * DAY + 60;
		await watched.say(petitionOf(), speech.PARTY_SUN);
		await watched.witnessed();
		clock.seconds = START + 9 * DAY;
		const petition = await watched.say(petitionOf(), speech.PARTY_MOON);
		await watched.witnessed();
		const ran = await watched.verify(...watched.anchor);
		expect(linesOf(ran.stdout, petition)).toMatch(/clock petition: late \(by the log's own clock late/);
		const notes = [...notesOf(watched)];
		const tick = notes.findIndex(({ id }) => id === petition.id) - 1;
		notes.splice(tick, 1, watched.speak({ type: 'clock/tick', time: START + 6 * DAY }, ORIGIN));
		const back = await verifyAt(await host(forged(watched, notes)), watched);
		expect(back.code).toBe(1);
		expect(back.stdout).toMatch(/rule S24/);
	});
});
