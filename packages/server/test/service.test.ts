/** Group commit (A4–A6, A19): senders take turns, nobody waits for ever, and what fails is told and tried again. */
import { afterEach, describe, expect, it } from 'vitest';
import { appendQueue } from '../src/app/appendQueue.ts';
import { holdTogether } from '../src/app/holdTogether.ts';
import { logService, type ServiceParts } from '../src/app/logService.ts';
import type { LogParts } from '../src/app/openedLog.ts';
import type { Duty, LogService } from '../src/app/service.ts';
import { Trouble } from '../src/ports/trouble.ts';
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
	STATIONS,
} from './lib/world.ts';

afterEach(removeFolders);

const FIGURES = presidential(50, 40, 30, 2);

function serviceIn(dir: string, parts: Partial<ServiceParts> = {}, logParts: Partial<LogParts> = {}) {
	const { log, store } = openIn(dir, logParts);
	const batches: number[] = [];
	const failed: Duty[] = [];
	const events: ServiceParts['events'] = {
		appended: (notes) => batches.push(notes),
		failed: (duty) => failed.push(duty),
	};
	const service = logService({ log, events, pulseMs: 1, notesWaitingMax: 4_096, ...parts });
	return { service, log, store, batches, failed };
}

/** Ends with the first pulse at which it is so. */
function grown(service: LogService, isSo: () => boolean): Promise<void> {
	return new Promise((resolve) => service.onGrowth(() => isSo() && resolve()));
}

const kinds = (answers: readonly { readonly kind: string }[]) => answers.map(({ kind }) => kind);
const bytesOf = (...spoken: readonly { readonly bytes: Uint8Array }[]) => spoken.map(({ bytes }) => bytes);

describe('A4 the queue', () => {
	it('A4 senders take turns, a few items each, and so do the requests of one sender', async () => {
		const queue = appendQueue<string, string>(1_000);
		const many = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);
		const answers = [
			queue.enqueue(many('a', 40), 'A'),
			queue.enqueue(many('b', 20), 'A'),
			queue.enqueue(many('c', 1), 'B'),
		];
		const taken = queue.take(1_000);
		expect(taken.map(({ items }) => `${items[0]}+${items.length}`)).toEqual([
			'a0+16',
			'c0+1',
			'b0+16',
			'a16+16',
			'b16+4',
			'a32+8',
		]);
		for (const { items, settle } of taken) settle(items.map((item) => item.toUpperCase()));
		const lists = await Promise.all(answers.map(async (one) => (await one) ?? []));
		expect(lists.map(({ length }) => length)).toEqual([40, 20, 1]);
		expect(lists[0]?.at(-1)).toBe(many('a', 40).at(-1)?.toUpperCase());
		expect(queue.waiting()).toBe(0);
	});

	it('A4 a sender with 4,000 notes does not keep somebody’s one note out of the next append', () => {
		const queue = appendQueue<string, string>(10_000);
		const waits = [queue.enqueue(Array<string>(4_000).fill('much'), 'A'), queue.enqueue(['one'], 'B')];
		expect(waits.every((one) => one !== undefined)).toBe(true);
		expect(queue.take(512).flatMap(({ items }) => items)).toContain('one');
	});

	it('A5 what does not fit is not taken in, not even in part', () => {
		const queue = appendQueue<string, string>(10);
		expect(queue.enqueue(Array<string>(8).fill('x'))).toBeDefined();
		expect(queue.enqueue(Array<string>(3).fill('x'))).toBeUndefined();
		expect([queue.waiting(), queue.take(99).flatMap(({ items }) => items).length]).toEqual([8, 8]);
	});
});

describe('A4 group commit', () => {
	it('A4 what waits together is appended together, each request answered with its own', async () => {
		const { service, log, batches } = serviceIn(newFolder());
		await service.submit(bytesOf(opening(), enrolment()));
		const requests = STATIONS.slice(0, 2).map((station) => capture(station, imageOf(station), FIGURES));
		const answers = await Promise.all(requests.map(({ bytes }) => service.submit([bytes])));
		expect(answers.flatMap(kinds)).toEqual(['receipt', 'receipt']);
		expect(batches).toEqual([2, 2]);
		expect(answers.map(([answer]) => (answer?.kind === 'receipt' ? answer.id : ''))).toEqual(
			requests.map(({ id }) => id),
		);
		expect(log.size()).toBe(5);
		await service.close();
	});

	it('A5 a full queue and a closing service answer later, and nothing of it is logged', async () => {
		const { service, log } = serviceIn(newFolder(), { notesWaitingMax: 2 });
		const three = bytesOf(opening(), enrolment(), capture('001', imageOf('a'), FIGURES));
		expect(kinds(await service.submit(three))).toEqual(['later', 'later', 'later']);
		expect(log.size()).toBe(0);
		await service.submit(three.slice(0, 2));
		const closing = service.close();
		expect(kinds(await service.submit(three))).toEqual(['later', 'later', 'later']);
		expect(service.condition().closing).toBe(true);
		await closing;
	});

	it('A5 when the disk fails every sender is told later; then it is well again, and nothing is lost or doubled', async () => {
		let broken = false;
		const faults = (point: string): void => {
			if (broken && point === 'after-commit') throw new Trouble('the disk is full');
		};
		const { service, failed, batches } = serviceIn(newFolder(), {}, { faults });
		await service.submit(bytesOf(opening(), enrolment()));
		broken = true;
		const forms = STATIONS.slice(0, 2).map((station) => capture(station, imageOf(station), FIGURES));
		const answers = await Promise.all(forms.map(({ bytes }) => service.submit([bytes])));
		expect(answers.flatMap(kinds)).toEqual(['later', 'later']);
		expect(failed).toContain('append');
		expect(service.condition().failing.get('append')).toBe('the disk is full');
		broken = false;
		const again = await service.submit(bytesOf(...forms));
		expect(kinds(again)).toEqual(['logged', 'logged']);
		expect(service.condition().failing.has('append')).toBe(false);
		expect(batches).toEqual([2, 2, 2]);
		await service.close();
	});

	it('A5 a note that sets off a bug of ours takes nobody with it', async () => {
		const { log } = openIn(newFolder());
		const poison = capture('002', imageOf('poison'), FIGURES);
		const append: typeof log.append = (notes) => {
			if (notes.some((note) => note === poison.bytes)) throw new Error('invariant broken');
			return log.append(notes);
		};
		const service = logService({ log: { ...log, append }, pulseMs: 1, notesWaitingMax: 99 });
		await service.submit(bytesOf(opening(), enrolment()));
		const good = ['a', 'b', 'c'].map((text) => capture('001', imageOf(text), FIGURES));
		const [first, bad, rest] = await Promise.all([
			service.submit(bytesOf(...good.slice(0, 1))),
			service.submit([poison.bytes]),
			service.submit(bytesOf(...good.slice(1))),
		]);
		expect([first, bad, rest].map(kinds)).toEqual([['receipt'], ['later'], ['receipt', 'receipt']]);
		await service.close();
	});
});

describe('A8 held together', () => {
	it('A8 what waits is held with the next group; a group that fails fails alone', async () => {
		const groups: string[][] = [];
		const ends: ((how: 'well' | 'ill') => void)[] = [];
		const { hold, idle } = holdTogether(async (blobs) => {
			const names = blobs.map((blob) => Buffer.from(blob).toString());
			groups.push(names);
			const how = await new Promise((resolve) => ends.push(resolve));
			if (how === 'ill') throw new Trouble('the disk is full');
			return names;
		});
		const held = ['a', 'b', 'c'].map((name) => hold(Buffer.from(name)));
		expect(groups).toEqual([['a']]);
		ends[0]?.('ill');
		await expect(held[0]).rejects.toThrow('the disk is full');
		await expect.poll(() => groups).toEqual([['a'], ['b', 'c']]);
		ends[1]?.('well');
		expect(await Promise.all(held.slice(1))).toEqual(['b', 'c']);
		await idle();
	});
});

describe('A6 the pulse', () => {
	it('A6 held images are announced and readings opened without anybody asking, and listeners hear of it', async () => {
		const { service, log } = serviceIn(newFolder());
		await service.submit(bytesOf(opening(), enrolment()));
		const image = imageOf('001');
		const form = capture('001', image, FIGURES);
		await service.submit([form.bytes]);
		const digest = await service.hold(image);
		await grown(service, () => log.rows().get('blob', digest)?.held !== undefined);
		const [a, b] = [reading(form.id, 'clerk/1', FIGURES), reading(form.id, 'clerk/2', FIGURES)];
		await service.submit(bytesOf(a, b));
		const deliveries = [a, b].map(({ id, transcription }) => ({ reading: id, transcription }));
		expect(await service.deliver(deliveries)).toEqual([a, b].map(({ id }) => ({ ok: true, value: id })));
		const counted = () => log.rows().get('return', 'president|001|1')?.captures[0];
		await grown(service, () => counted()?.accepted !== undefined);
		await service.close();
	});

	it('A6 a listener that throws is told of and called again; the service goes on', async () => {
		const { service, failed } = serviceIn(newFolder());
		let calls = 0;
		const twice = new Promise<void>((resolve) =>
			service.onGrowth(() => {
				calls++;
				if (calls === 1) throw new Error('pages failed');
				resolve();
			}),
		);
		await service.submit(bytesOf(opening()));
		await twice;
		expect(failed).toEqual(['growth']);
		expect(service.condition().failing.size).toBe(0);
		await service.close();
	});

	it('A19 closing answers whoever waits, announces what is due, and a start finds all of it', async () => {
		const dir = newFolder();
		const { service } = serviceIn(dir, { pulseMs: 1_000_000 });
		await service.submit(bytesOf(opening(), enrolment()));
		const image = imageOf('001');
		const waiting = service.submit(bytesOf(capture('001', image, FIGURES)));
		const holding = service.hold(image);
		await service.close();
		expect(kinds(await waiting)).toEqual(['receipt']);
		const digest = await holding;
		const { log } = openIn(dir);
		expect(log.rows().get('blob', digest)?.held).toBeGreaterThan(0);
		log.close();
	});
});
