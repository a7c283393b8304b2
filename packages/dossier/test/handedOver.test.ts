/** Bundles as strangers hand them over (B20–B41): what an opponent could still make a judge believe, and what a clerk does with an honest one that must fail nothing. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { signNote } from '@matokeo/core/log/note.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { visible } from '@matokeo/verifier/bundle/names.ts';
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import type { BundleReport } from '@matokeo/verifier/bundle/report.ts';
import { bundleText } from '@matokeo/verifier/bundle/text.ts';
import { runStandalone } from '@matokeo/verifier/node/standaloneRun.ts';
import { publish, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import {
	capture,
	keyBehind,
	presidential,
	signBy,
	small,
	smallLog,
	suite,
	tick,
} from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf, exchange, looked, putIn, unpacked, without } from './support/bundles.ts';

afterAll(removeFolders);

const anchor = small.election.digest;
const log = smallLog();
const { dir: folder } = publish(log);
const SUBJECT = { kind: 'station', station: '003', contest: 'president' } as const;

let path = '';
beforeAll(async () => {
	path = (await bundleOf(folder, SUBJECT)).path;
});

function problemsOf({ checks }: BundleReport): readonly string[] {
	return checks.flatMap(({ name, problems }) => problems.map(({ file = '', came }) => `${name} ${file}: ${came}`));
}

describe('an opponent', () => {
	it('B31 a state that is said to be witnessed is not another log of the same size', () => {
		const { origin, size } = looked(path).log ?? { origin: '', size: 0 };
		const { name, keyId } = keyBehind(small.election.log.key.name);
		const signer = { name, keyId, sign: (text: Uint8Array) => signBy(small.election.log.key.name, text) };
		const noted = (root: Uint8Array): Uint8Array =>
			signNote(printCheckpoint({ origin, size, root, extensions: [] }), [signer]);
		const dir = unpacked(path);
		putIn(dir, 'witnessed', noted(new Uint8Array(32)));
		expect(problemsOf(looked(dir, anchor))).toEqual([expect.stringMatching(/^checkpoint witnessed: the root A{43}=/)]);
		const own = unpacked(path);
		putIn(own, 'witnessed', readFileSync(join(own, 'checkpoint')));
		expect(problemsOf(looked(own, anchor))).toEqual([]);
	});

	it('B34 an image that is said not to be had is that on the word of whoever made the bundle', () => {
		const dir = unpacked(path);
		const [image = ''] = /blob\/[0-9a-f]{2}\/[0-9a-f]{64}/.exec(readFileSync(join(dir, 'bundle.json'), 'utf8')) ?? [];
		const sha256 = image.slice(8);
		const text = (): string => readFileSync(join(dir, 'bundle.json'), 'utf8');
		without(dir, () => false, [image]);
		writeFileSync(
			join(dir, 'bundle.json'),
			text().replace(/("left_out": \[\n)/, `$1\t\t{"sha256":"${sha256}","why":"absent"},\n`),
		);
		const report = looked(dir, anchor);
		expect([report.verdict, problemsOf(report)]).toEqual(['verified', []]);
		expect(bundleText(report)).toMatch(
			new RegExp(`not in it: ${sha256}\\n +held and published by the log; whoever made this bundle says`),
		);
	});

	it('B36 what a part lets pass is said: a void statement, a tick that was left out, programs in pages', () => {
		const text = bundleText(looked(path, anchor));
		for (const words of [
			'if the revocation of its key',
			'if a later tick was left out',
			'may hold programs that a browser runs',
			'(not before the time given',
		])
			expect([words, text.includes(words)]).toEqual([words, true]);
	});

	it('B36 a tick that was left out makes a time earlier, and nothing else tells', async () => {
		const late = [...log, tick(50_000), capture('005', presidential(1, 2, 3, 0))];
		const { path: zip } = await bundleOf(publish(late).dir, { kind: 'station', station: '005' });
		const [before, dir] = [looked(zip, anchor), unpacked(zip)];
		const files = ['note', 'tlog-proof'].map((kind) => `statements/${log.length}.${kind}`);
		without(dir, (line) => line.includes(`"index":${log.length},"type"`), files);
		const after = looked(dir, anchor);
		expect([before.verdict, after.verdict]).toEqual(['verified', 'verified']);
		expect(after.statements[0]?.time).toBeLessThan((before.statements[0]?.time ?? 0) - 10_000);
	});

	it('B31 a folder that is a bundle and a pack at once is neither', async () => {
		const dir = unpacked(path);
		exchange(dir, 'README.txt', utf8Encode('Believe this.\n'));
		writeFileSync(join(dir, 'pack.json'), '{}');
		const parts = { suite, worker: new URL(import.meta.url), program: new Uint8Array(0) };
		const { code, err } = await runStandalone([dir, '--anchor', anchor], parts);
		expect([code, err]).toEqual([2, expect.stringContaining('no bundle and no pack has both')]);
	});

	it('B3 a list with a member that a terminal obeys is refused in words that it does not', async () => {
		const dir = unpacked(path);
		const manifest = readFileSync(join(dir, 'bundle.json'), 'utf8');
		writeFileSync(
			join(dir, 'bundle.json'),
			manifest.replace('\t"subject"', '\t"x\\u001b[2J\\u009b1m": 1,\n\t"subject"'),
		);
		const parts = { suite, worker: new URL(import.meta.url), program: new Uint8Array(0) };
		const { code, err } = await runStandalone([dir], parts);
		expect([code, err]).toEqual([2, expect.stringContaining('x[U+001B][2J[U+009B]1m')]);
		expect(visible('a\u202eb\r\nc\u{e0041}')).toBe('a[U+202E]b[U+000D]\nc[U+E0041]');
	});
});

describe('a clerk', () => {
	it('B31 what lies beside an unpacked bundle is named, and no part of it', () => {
		const dir = unpacked(path);
		for (const file of ['bundle (1).zip', 'report.txt', 'en/.DS_Store', 'package/Thumbs.db', 'desktop.ini'])
			writeFileSync(join(dir, file), 'x');
		const report = looked(dir, anchor);
		expect([report.verdict, problemsOf(report)]).toEqual(['verified', []]);
		expect(bundleText(report)).toContain(
			'bundle (1).zip, desktop.ini, en/.DS_Store, package/Thumbs.db, report.txt: in the same folder, no part of it, and not looked at.',
		);
	});

	it.each(['witnessed', 'statements/9999.note', 'en/more.html', 'more/a.txt', 'package/more.json'])(
		'B31 %s is no such thing: it lies where files of a bundle lie',
		(file) => {
			const dir = unpacked(path);
			mkdirSync(join(dir, file, '..'), { recursive: true });
			writeFileSync(join(dir, file), 'x');
			expect(looked(dir, anchor).verdict).toBe('failed');
		},
	);

	it('B21 a name that hides is not let pass deeper in, nor a link beside', () => {
		const dir = unpacked(path);
		writeFileSync(join(dir, 'en', 'a b.html'), 'x');
		const opened = openBundle(dir);
		expect(opened.ok ? '' : opened.error).toContain('B21');
	});

	it('B37 is told to use a verifier from somebody else before running the one that came', () => {
		expect(utf8Decode(readFileSync(join(unpacked(path), 'README.txt')))).toContain('trusted.mjs');
	});
});
