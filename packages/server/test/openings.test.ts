/** Clerks' openings stay in confidence until all readings of a capture are in, and are then opened at once (D17, S28, S29). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
	capture,
	enrolment,
	imageOf,
	newFolder,
	openIn,
	opening,
	presidential,
	reading,
	removeFolders,
} from './lib/world.ts';

afterEach(removeFolders);

const FIGURES = presidential(50, 40, 30, 2);

async function withCapture(dir: string) {
	const { log, store } = openIn(dir);
	const image = imageOf('001');
	const form = capture('001', image, FIGURES);
	await log.hold([image]);
	log.append([opening().bytes, enrolment().bytes, form.bytes]);
	log.announceHeld();
	return { log, store, form };
}

describe('D17 openings', () => {
	it('D17 opens nothing before two are in, then both at once, and the return is verified', async () => {
		const { log, store, form } = await withCapture(newFolder());
		const [a, b] = [reading(form.id, 'clerk/1', FIGURES), reading(form.id, 'clerk/2', FIGURES)];
		log.append([a.bytes]);
		expect(log.deliverOpenings([{ reading: a.id, transcription: a.transcription }])).toEqual([
			{ ok: true, value: a.id },
		]);
		expect(log.openReadings()).toEqual([]);
		log.append([b.bytes]);
		expect(log.openReadings()).toEqual([]);
		expect(log.deliverOpenings([{ reading: b.id, transcription: b.transcription }])).toMatchObject([{ ok: true }]);
		expect(log.openReadings()).toMatchObject([{ capture: form.id, answer: { kind: 'receipt' } }]);
		expect(store.keptOpenings()).toEqual([]);
		expect(log.rows().get('return', 'president|001|1')?.captures[0]?.accepted?.by).toBe('agreement');
		expect(log.openReadings()).toEqual([]);
		log.close();
	});

	it('D17 refuses to the clerk what does not fit the commitment, and what names other fields', async () => {
		const { log, store, form } = await withCapture(newFolder());
		const a = reading(form.id, 'clerk/1', FIGURES);
		const odd = reading(form.id, 'clerk/2', { alba: 1 });
		log.append([a.bytes, odd.bytes]);
		const wrong = { ...a.transcription, figures: presidential(50, 40, 31, 1) };
		const answers = log.deliverOpenings([
			{ reading: a.id, transcription: wrong },
			{ reading: 'no digest', transcription: wrong },
			{ reading: form.id, transcription: wrong },
			{ reading: odd.id, transcription: odd.transcription },
		]);
		expect(answers.map((answer) => (answer.ok ? 'kept' : answer.error.rule))).toEqual(['S29', 'S28', 'S28', 'S29']);
		expect(store.keptOpenings()).toEqual([]);
		log.close();
	});

	it('D17 an opening survives a restart, and nothing of it is published before its time', async () => {
		const dir = newFolder();
		const first = await withCapture(dir);
		const [a, b] = [reading(first.form.id, 'clerk/1', FIGURES), reading(first.form.id, 'clerk/2', FIGURES)];
		first.log.append([a.bytes, b.bytes]);
		expect(first.log.deliverOpenings([{ reading: a.id, transcription: a.transcription }])).toMatchObject([
			{ ok: true },
		]);
		first.log.close();
		const everything = readdirSync(join(dir, 'public'), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
		expect(everything.some((text) => text.includes(a.transcription.salt))).toBe(false);
		const second = openIn(dir);
		expect(second.log.deliverOpenings([{ reading: b.id, transcription: b.transcription }])).toMatchObject([
			{ ok: true },
		]);
		expect(second.log.openReadings()).toMatchObject([{ answer: { kind: 'receipt' } }]);
		const again = { reading: b.id, transcription: b.transcription };
		const other = { ...again, transcription: { ...b.transcription, salt: 'ab'.repeat(32) } };
		expect(second.log.deliverOpenings([again, other])).toMatchObject([{ ok: true, value: b.id }, { ok: false }]);
		expect(second.store.keptOpenings()).toEqual([]);
		second.log.close();
	});
});
