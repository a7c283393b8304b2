/** A log that contradicts itself (M30–M32): the mirror stops, keeps evidence that stands without it, goes on serving what it verified, remembers after a restart, and follows no further unless told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { judgeEvidence } from '@matokeo/verifier/evidence/judge.ts';
import { publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import {
	checkpointNote,
	imageOf,
	type Note,
	note,
	START,
	small,
	smallLog,
	suite,
	tick,
} from '@matokeo/verifier/testing/smallLog.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/mirror/evidenceBook.ts';
import { closeHosts, type Host, host } from './lib/host.ts';
import { closeMirrors, heard, newDir, once, optionsFor, served, until } from './lib/mirrors.ts';

const log = smallLog();
afterEach(async () => {
	await closeMirrors();
	await closeHosts();
});
afterAll(removeFolders);

/** The same log with another tick at a place, and as long as it was. */
function rewritten(at: number, length = log.length): readonly Note[] {
	return [...log.slice(0, at), tick(5_000), ...Array.from({ length: length - at - 1 }, (_, i) => tick(5_001 + i))];
}

async function caught(source: Host, dir: string, ears = heard()) {
	const { round, parts } = await once(optionsFor(source.url, dir, ears));
	const [kept] = parts.evidence.list();
	return { round, parts, kept, ears };
}

describe('M30 a log that has signed two histories', () => {
	it.each([
		['fork', 'of one size', 290, 300],
		['rewritten', 'longer than what was verified', 270, 310],
		['rewritten', 'shorter than what was verified', 270, 290],
	])('is caught as %s: another history, %s', async (kind, _, at, length) => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		source.serve(publish(rewritten(at, length)).dir);
		const { round, kept, ears, parts } = await caught(source, dir);
		expect([round, kept?.file.kind, kept?.verdict.strength]).toEqual(['stopped', kind, 'proved']);
		expect(parts.verified.record.head().size).toBe(log.length);
		const bytes = readFileSync(kept?.path ?? '');
		const file = parseEvidence(suite, bytes);
		if (!file.ok) throw new Error(file.error);
		expect(judgeEvidence(suite, file.value, small.election.digest)).toMatchObject({
			strength: 'proved',
			keys: { kind: 'anchored' },
		});
		const [alarm = ''] = ears.alarms;
		expect(alarm.startsWith('SECURITY: ')).toBe(true);
		for (const words of [
			'Signed checkpoint 1, verbatim',
			'Signed checkpoint 2, verbatim',
			`matokeo verify --evidence ${kept?.path}`,
			'What to do',
		])
			expect(alarm).toContain(words);
		const report = await verifyFolder(join(dir, 'public'), { workers: 0 });
		expect(report.ok && report.value).toMatchObject({ verdict: 'consistent', notes: log.length });
	});

	it('is remembered after a restart, also when the log shows the old history again', async () => {
		const honest = publish(log).dir;
		const source = await host(honest);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		source.serve(publish(rewritten(270, 310)).dir);
		await caught(source, dir);
		source.serve(publish([...log, tick(6_000)]).dir);
		source.asked.length = 0;
		const { round, parts, ears } = await caught(source, dir);
		expect([round, parts.verified.record.head().size, ears.alarms.length]).toEqual(['stopped', log.length, 1]);
		expect(source.asked).toEqual([]);
	});

	it('is followed on in spite of the evidence, when the file is named, and then only where it continues what was verified', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		source.serve(publish(rewritten(270, 310)).dir);
		const { kept } = await caught(source, dir);
		const despite = new Set([kept?.id ?? '']);
		source.serve(publish([...log, tick(6_000)]).dir);
		const { round, parts } = await once(optionsFor(source.url, dir, heard(), { despite }));
		expect([round, parts.verified.record.head().size]).toEqual(['same', log.length + 1]);
	});

	it('is followed on whoever shows what was named again, with more below it, and is stopped by what was not', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		const other = publish(rewritten(270, 290));
		source.serve(other.dir);
		const { kept } = await caught(source, dir);
		source.serve(publish([...log, tick(6_000)]).dir);
		const mirror = await served(optionsFor(source.url, dir, heard(), { despite: new Set([kept?.id ?? '']) }));
		await until(
			() => mirror.status().size,
			(size) => size === log.length + 1,
		);
		const more = `— nobody.example/1 ${Buffer.alloc(68, 1).toString('base64')}\n`;
		const compared = async (note: Uint8Array) => {
			const init = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: Buffer.from(note) };
			await (await fetch(`${mirror.url}/compare`, init)).text();
			return [mirror.status().state.kind, mirror.parts.evidence.list().length];
		};
		expect(await compared(other.checkpoint)).toEqual(['follows', 1]);
		expect(await compared(Buffer.concat([other.checkpoint, Buffer.from(more)]))).toEqual(['follows', 1]);
		expect(await compared(publish(rewritten(270, 291)).checkpoint)).toEqual(['security', 2]);
	});

	it('goes on being served as it was verified, with a banner that names the evidence', async () => {
		const source = await host(publish(log).dir);
		const ears = heard();
		const mirror = await served(optionsFor(source.url, newDir(), ears));
		await until(
			() => mirror.status().size,
			(size) => size === log.length,
		);
		source.serve(publish(rewritten(290)).dir);
		const state = await until(
			() => mirror.status().state,
			({ kind }) => kind === 'security',
		);
		const name = state.kind === 'security' ? state.evidence : '';
		const page = await (await fetch(`${mirror.url}/en/index.html`)).text();
		expect(page).toContain('<strong>SECURITY</strong>');
		expect(page).toContain(`href="../evidence/${name}"`);
		const evidence = new Uint8Array(await (await fetch(`${mirror.url}/evidence/${name}`)).arrayBuffer());
		expect(parseEvidence(suite, evidence).ok).toBe(true);
		expect((await fetch(`${mirror.url}/tile/entries/000`)).status).toBe(200);
		expect(mirror.status().size).toBe(log.length);
	});

	it('M36 goes on being served after a restart, images and all, and its source is asked nothing', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		source.serve(publish(rewritten(290)).dir);
		await caught(source, dir);
		source.asked.length = 0;
		const mirror = await served(optionsFor(source.url, dir, heard()));
		await until(
			() => mirror.status().images.kept,
			(kept) => kept === 3,
		);
		const image = suite.sha256Hex(imageOf('001'));
		expect((await fetch(`${mirror.url}/blob/${image.slice(0, 2)}/${image}`)).status).toBe(200);
		expect(source.asked.filter((path) => path !== 'witnessed')).toEqual([]);
	});
});

describe('M31 a void leaf', () => {
	it('stops the mirror with the leaf and the proof that the log signed for it; the log has it, and it counts for nothing', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		const forged = note('void', { type: 'clock/tick', time: 1 }, ['po/001']);
		source.serve(publish([...log, forged]).dir);
		const { round, kept, parts } = await caught(source, dir);
		expect([round, kept?.file.kind]).toEqual(['stopped', 'void']);
		const file = readEvidence(suite, kept?.path ?? '');
		if (!file.ok || file.value.kind !== 'void') throw new Error('it is evidence of a void leaf');
		expect(Buffer.from(file.value.entry.leaf)).toEqual(Buffer.from(forged.bytes));
		expect(judgeEvidence(suite, file.value).strength).not.toBe('nothing');
		expect(parts.verified.record.head().size).toBe(log.length + 1);
	});

	it('that was named once stays named when the log has grown and the mirror was started again', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		const forged = note('void', { type: 'clock/tick', time: 1 }, ['po/001']);
		const grown = [...log, forged];
		source.serve(publish(grown).dir);
		const { kept } = await caught(source, dir);
		source.serve(publish([...grown, tick(6_000)]).dir);
		const despite = new Set([kept?.id ?? '']);
		for (const _ of ['followed on', 'started again']) {
			const { round, parts } = await once(optionsFor(source.url, dir, heard(), { despite }));
			expect([round, parts.verified.record.head().size, parts.evidence.list().length]).toEqual(['same', 302, 1]);
		}
	});
});

describe('M13 what witnesses have seen', () => {
	it('is kept and served where it is of the verified log, said on the pages, and evidence where it excludes it', async () => {
		const published = publish(log);
		const seen = publish(log.slice(0, 270));
		put(published.dir, 'witnessed', seen.checkpoint);
		const source = await host(published.dir);
		const dir = newDir();
		const mirror = await served(optionsFor(source.url, dir, heard()));
		const asked = async () => Buffer.from(await (await fetch(`${mirror.url}/witnessed`)).arrayBuffer());
		await until(asked, (bytes) => bytes.equals(Buffer.from(seen.checkpoint)));
		expect(mirror.parts.verified.record.witnessing?.().quorum).toEqual({ state: 'met' });
		await until(
			() => mirror.status().images.kept,
			(kept) => kept === 3,
		);
		const report = await verifyFolder(join(dir, 'public'), { workers: 0 });
		expect(report.ok && report.value.verdict).toBe('consistent');
		put(published.dir, 'witnessed', publish(rewritten(250, 260)).checkpoint);
		await until(
			() => mirror.status().state.kind,
			(kind) => kind === 'security',
		);
		expect((await asked()).equals(Buffer.from(seen.checkpoint))).toBe(true);
	});
});

describe('M30 a back-dated tick', () => {
	it('is kept as evidence, and following goes on', async () => {
		const cosigned = checkpointNote(300, publish(log).root, ['witness/court'], ORIGIN, START + 2_000);
		const checkpoint = Buffer.from(cosigned).toString('utf8');
		const witnessed = note('witnessed', { type: 'log/witnessed', checkpoint }, [ORIGIN]);
		const source = await host(publish([...log, tick(1_000), witnessed]).dir);
		const { round, parts } = await once(optionsFor(source.url, newDir(), heard()));
		expect(round).toBe('same');
		expect(parts.evidence.list().map(({ file, verdict }) => [file.kind, verdict.strength])).toEqual([
			['backdated', 'proved'],
		]);
		expect(parts.book.findings().list.map(({ what }) => what)).toEqual([
			expect.stringContaining('dated its clock back'),
		]);
	});
});
