/** Static pages (spec/site.md, W5–W8): what is written in steps is what would be written at once, lists follow when it is their turn, and nothing is believed of what cannot be read. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { livePortal } from '@matokeo/portal/live/livePortal.ts';
import type { Witnessing } from '@matokeo/portal/record.ts';
import { afterAll, describe, expect, it } from 'vitest';
import type { OpenedLog } from '../src/app/openedLog.ts';
import { pagePublisher } from '../src/publish/pages.ts';
import { capture, enrolment, newFolder, openIn, opening, presidential, removeFolders, START } from './lib/world.ts';

afterAll(removeFolders);

function publisherIn(log: OpenedLog, dir: string) {
	return pagePublisher({ record: log.record, dir, live: false });
}

/** Path → text, without the sizes and roots at which pages were made, which differ by design. */
function filesIn(dir: string, sizes: ReadonlySet<number>): ReadonlyMap<string, string> {
	const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
	return new Map(
		entries.map(({ parentPath, name }) => {
			const path = join(parentPath, name);
			return [path.slice(dir.length + 1), withoutStamp(readFileSync(path, 'utf8'), sizes)];
		}),
	);
}

function withoutStamp(text: string, sizes: ReadonlySet<number>): string {
	const rootless = text.replace(/"root":"[^"]*"|<code[^>]*>[A-Za-z0-9+/=…]{12,44}<\/code>/g, 'ROOT');
	return rootless.replace(/\b[0-9]+\b/g, (digits) => (sizes.has(Number.parseInt(digits, 10)) ? 'SIZE' : digits));
}

describe('static pages', () => {
	it('W6 W7 are in steps what they are at once; lists and tables wait for their turn', async () => {
		const { log } = openIn(newFolder());
		log.append([opening().bytes, enrolment().bytes]);
		const dir = newFolder();
		const stepwise = publisherIn(log, dir);
		const first = await stepwise.publish();
		const sizes = new Set([first.size]);
		expect([first.whole, first.same]).toEqual([true, 0]);
		expect(await stepwise.publish()).toMatchObject({ whole: false, topics: 0, written: 0 });
		for (const [station, votes] of [
			['001', 1],
			['002', 7],
			['001', 9],
		] as const) {
			const image = new TextEncoder().encode(`form of ${station}, ${votes}`);
			await log.hold([image]);
			log.append([capture(station, image, presidential(votes, 2, 3, 4)).bytes]);
			log.announceHeld('named');
			const step = await stepwise.publish();
			sizes.add(step.size);
			expect(step.whole).toBe(false);
			expect(step.written).toBeLessThan(first.written);
		}
		const atOnce = newFolder();
		await publisherIn(log, atOnce).publish();
		const behind = [...filesIn(atOnce, sizes)]
			.filter(([path, text]) => filesIn(dir, sizes).get(path) !== text)
			.map(([path]) => path);
		expect(behind.length).toBeGreaterThan(0);
		expect(behind.filter((path) => !/\/missing\/|\.csv$|^nist\/|^pages\.json$/.test(path))).toEqual([]);
		await stepwise.publish({ tables: true });
		expect(filesIn(dir, sizes)).toEqual(filesIn(atOnce, sizes));
		log.close();
	});

	it('W11 of what witnesses have seen, the data file and the page about the election follow, and no other', async () => {
		const { log } = openIn(newFolder());
		log.append([opening().bytes, enrolment().bytes]);
		const seen = (size: number): Witnessing => ({
			quorum: { state: 'met' },
			size,
			time: START,
			by: ['witness/court'],
			witnesses: [{ name: 'witness/court', run_by: 'court', size, time: START, state: 'well' }],
		});
		let now = seen(1);
		const dir = newFolder();
		const { publish } = pagePublisher({ record: { ...log.record, witnessing: () => now }, dir, live: true });
		await publish();
		const before = filesIn(dir, new Set());
		expect(await publish()).toMatchObject({ written: 0 });
		now = seen(2);
		expect(await publish()).toMatchObject({ written: 4, topics: 0 });
		const after = filesIn(dir, new Set());
		const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
		expect(changed.sort()).toEqual(['data/witnesses.json', 'en/about.html', 'es/about.html', 'sw/about.html']);
		log.close();
	});

	it('E20 W7 a report of SP 1500-100 lies at its address, the same as a server answers it', async () => {
		const { log } = openIn(newFolder());
		log.append([opening().bytes, enrolment().bytes]);
		const dir = newFolder();
		await publisherIn(log, dir).publish();
		const portal = livePortal(log.record);
		for (const [format, type] of [
			['json', 'application/json; charset=utf-8'],
			['xml', 'application/xml; charset=utf-8'],
		] as const) {
			const path = `nist/president.${format}`;
			const answered = await portal.file(path);
			expect(answered).toMatchObject({ type, body: readFileSync(join(dir, path), 'utf8') });
		}
		const report = JSON.parse(readFileSync(join(dir, 'nist/president.json'), 'utf8'));
		expect(report).toMatchObject({ Format: 'summary-contest', IsTest: true, Status: 'pre-election' });
		expect(await portal.file('nist/nobody.json')).toBeUndefined();
		log.close();
	});

	it.each([
		['is gone', (path: string) => rmSync(path)],
		['cannot be read', (path: string) => writeFileSync(path, '{"size":')],
		[
			'is ahead of the log',
			(path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/"size":[0-9]+/, '"size":99999')),
		],
		[
			'is of another version',
			(path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/"version":"/, '"version":"0')),
		],
	])('W7 are all made again when the state %s, and those with the same bytes are left alone', async (_how, spoil) => {
		const { log } = openIn(newFolder());
		log.append([opening().bytes, enrolment().bytes]);
		const dir = newFolder();
		const { written } = await publisherIn(log, dir).publish();
		spoil(join(dir, 'pages.json'));
		writeFileSync(join(dir, 'en/station/001.html'), 'somebody else wrote this');
		const again = await publisherIn(log, dir).publish();
		expect([again.whole, again.written, again.same]).toEqual([true, 1, written - 1]);
		expect(readFileSync(join(dir, 'en/station/001.html'), 'utf8')).toContain('001');
		log.close();
	});
});
