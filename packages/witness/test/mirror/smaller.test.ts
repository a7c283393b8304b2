/** A source that shows less than it did (M32): an old copy on the way, or a log that was put back. */
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { checkpointNote, START, smallLog } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { closeHosts, type Host, host } from './lib/host.ts';
import { closeMirrors, heard, NOW, newDir, once, optionsFor, served, until } from './lib/mirrors.ts';

const log = smallLog();
/** When the witnesses have cosigned what is published here, UTC seconds. */
const COSIGNED = START + 100;
afterEach(async () => {
	await closeMirrors();
	await closeHosts();
});
afterAll(removeFolders);

async function caught(source: Host, dir: string) {
	const { round, parts } = await once(optionsFor(source.url, dir, heard()));
	const [kept] = parts.evidence.list();
	return { round, kept };
}

describe('M32 a smaller state', () => {
	it('may be an old copy on the way for so long, and is evidence when it stays', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		source.serve(publish(log.slice(0, 280)).dir);
		const ears = heard();
		const mirror = await served(optionsFor(source.url, dir, ears));
		const away = await until(
			() => mirror.status().state,
			({ kind }) => kind === 'away',
		);
		expect(away.kind === 'away' && away.why).toContain('fewer than the 300');
		ears.now = NOW + 59;
		source.asked.length = 0;
		await until(
			() => source.asked.length,
			(asked) => asked > 5,
		);
		expect(mirror.status().state.kind).toBe('away');
		ears.now = NOW + 60;
		await until(
			() => mirror.status().state,
			({ kind }) => kind === 'security',
		);
		expect(mirror.parts.evidence.list().map(({ file, verdict }) => [file.kind, verdict.strength])).toEqual([
			['rollback', 'signed'],
		]);
	});

	it('that passes is nobody’s fault', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		source.serve(publish(log.slice(0, 280)).dir);
		const ears = heard();
		const mirror = await served(optionsFor(source.url, dir, ears));
		await until(
			() => mirror.status().state,
			({ kind }) => kind === 'away',
		);
		source.serve(publish(log).dir);
		await until(
			() => mirror.status().state,
			({ kind }) => kind === 'follows',
		);
		ears.now = NOW + 3_600;
		source.serve(publish(log.slice(0, 280)).dir);
		await until(
			() => mirror.status().state,
			({ kind }) => kind === 'away',
		);
		expect(mirror.parts.evidence.list()).toEqual([]);
	});

	it('between larger ones that are not whole yet is an old copy each time', async () => {
		const [old, whole, larger] = [log.slice(0, 280), log.slice(0, 290), log].map((notes) => publish(notes).dir);
		const source = await host(whole ?? '');
		const dir = newDir();
		const ears = heard();
		await once(optionsFor(source.url, dir, ears));
		const mirror = await served(optionsFor(source.url, dir, ears));
		source.instead('tile/0/001.p/44', (response) => void response.writeHead(404).end());
		const said = (words: string) =>
			until(
				() => mirror.status().state,
				(state) => state.kind === 'security' || (state.kind === 'away' && state.why.includes(words)),
			);
		for (const seconds of [0, 50, 100]) {
			ears.now = NOW + seconds;
			source.serve(old ?? '');
			await said('fewer than the 290');
			source.serve(larger ?? '');
			await said('is not there');
		}
		expect(mirror.parts.evidence.list()).toEqual([]);
	});

	it('that another witness cosigned a little later, by its own clock, is no log that was put back', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		const older = publish(log.slice(0, 280));
		put(older.dir, 'checkpoint', checkpointNote(280, older.root, ['witness/court'], ORIGIN, COSIGNED + 300));
		source.serve(older.dir);
		const { round, kept } = await caught(source, dir);
		expect([round, kept]).toEqual(['silent', undefined]);
	});

	it('that a witness cosigned later than ours is a log that was put back: evidence at once', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		const older = publish(log.slice(0, 280));
		put(older.dir, 'checkpoint', checkpointNote(280, older.root, ['witness/court'], ORIGIN, COSIGNED + 301));
		source.serve(older.dir);
		const { round, kept } = await caught(source, dir);
		expect([round, kept?.file.kind]).toEqual(['stopped', 'rollback']);
	});
});
