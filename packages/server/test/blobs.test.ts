/** Blobs: durable before they are acknowledged, announced by the log's key, public by the package's policy (D15, D16, S26, R2). */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORITY } from '@matokeo/core/testing/smallElection.ts';
import { afterEach, describe, expect, it } from 'vitest';
import {
	capture,
	enrolment,
	imageOf,
	newFolder,
	openIn,
	opening,
	presidential,
	removeFolders,
	say,
	suite,
} from './lib/world.ts';

afterEach(removeFolders);

function started(dir: string) {
	const opened = openIn(dir);
	opened.log.append([opening().bytes, enrolment().bytes]);
	return opened;
}

const publicPath = (dir: string, digest: string) => join(dir, 'public', 'blob', digest.slice(0, 2), digest);
const heldPath = (dir: string, digest: string) => join(dir, 'blob', digest.slice(0, 2), digest);

describe('D15 blobs', () => {
	it('D15 holds a blob under its digest, once, and announces it when a capture names it', async () => {
		const { log, dir } = started(newFolder());
		const image = imageOf('001');
		const digest = suite.sha256Hex(image);
		expect(await log.hold([image, image])).toEqual([digest, digest]);
		expect(readFileSync(heldPath(dir, digest))).toEqual(Buffer.from(image));
		expect(log.announceHeld()).toEqual([]);
		const form = capture('001', image, presidential(5, 4, 3, 2));
		log.append([form.bytes]);
		expect(log.rows().get('return', 'president|001|1')?.captures[0]?.held).toBeUndefined();
		expect(log.announceHeld()).toMatchObject([{ kind: 'receipt' }]);
		expect(log.rows().get('return', 'president|001|1')?.captures[0]?.held).toBe(4);
		expect(log.announceHeld()).toEqual([]);
		log.close();
	});

	it('D16 public kinds are linked into public/, sealed ones never, in whatever order they come', async () => {
		const { log, dir } = started(newFolder());
		const [before, after, sealed] = ['before', 'after', 'sealed'].map(imageOf);
		if (before === undefined || after === undefined || sealed === undefined) throw new Error('three images');
		await log.hold([before]);
		const images = [{ kind: 'signature-page', sha256: suite.sha256Hex(sealed), size: sealed.length }];
		log.append([
			capture('001', before, undefined).bytes,
			capture('002', after, undefined).bytes,
			capture('003', sealed, undefined, { images }).bytes,
		]);
		expect(existsSync(publicPath(dir, suite.sha256Hex(before)))).toBe(true);
		expect(existsSync(publicPath(dir, suite.sha256Hex(after)))).toBe(false);
		await log.hold([after, sealed]);
		expect(log.announceHeld().map(({ kind }) => kind)).toEqual(['receipt']);
		expect(readFileSync(publicPath(dir, suite.sha256Hex(after)))).toEqual(Buffer.from(after));
		expect(statSync(publicPath(dir, suite.sha256Hex(after))).nlink).toBe(2);
		expect(existsSync(publicPath(dir, suite.sha256Hex(sealed)))).toBe(false);
		expect(existsSync(heldPath(dir, suite.sha256Hex(sealed)))).toBe(true);
		log.close();
	});

	it('D15 announces blobs that no capture names when asked for all, and what was held before a restart', async () => {
		const dir = newFolder();
		const first = started(dir);
		const image = imageOf('lonely');
		const named = imageOf('named');
		await first.log.hold([image, named]);
		expect(first.log.announceHeld('all')).toMatchObject([{ kind: 'receipt' }]);
		await first.log.hold([imageOf('later')]);
		first.log.append([capture('001', imageOf('later'), undefined).bytes]);
		first.log.close();
		const second = openIn(dir);
		expect(second.log.announceHeld()).toMatchObject([{ kind: 'receipt' }]);
		second.log.close();
	});

	it('D16 a withheld blob leaves public/, stays held, and does not come back with another capture', async () => {
		const { log, dir } = started(newFolder());
		const image = imageOf('001');
		const digest = suite.sha256Hex(image);
		await log.hold([image]);
		log.append([capture('001', image, undefined).bytes]);
		log.announceHeld();
		expect(existsSync(publicPath(dir, digest))).toBe(true);
		const withhold = say({ type: 'blob/withhold', reason: 'privacy', sha256: digest }, AUTHORITY[0], AUTHORITY[2]);
		expect(log.append([withhold.bytes])).toMatchObject([{ kind: 'receipt' }]);
		expect(existsSync(publicPath(dir, digest))).toBe(false);
		expect(existsSync(heldPath(dir, digest))).toBe(true);
		log.append([capture('002', image, undefined).bytes]);
		expect(existsSync(publicPath(dir, digest))).toBe(false);
		log.close();
	});

	it('D15 an empty blob is not kept', async () => {
		const { log } = started(newFolder());
		await expect(log.hold([new Uint8Array(0)])).rejects.toThrow(/1 to/);
		log.close();
	});
});
