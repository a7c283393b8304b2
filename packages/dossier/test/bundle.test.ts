/** B1–B36: bundles of a small log. What is in them, that their own check passes them, that each changed byte is named with its file, and what is said when statements are left out, exchanged or forged. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { signAttestation } from '@matokeo/verifier/bundle/attestation.ts';
import { kindOfFile } from '@matokeo/verifier/bundle/paths.ts';
import type { BundleReport } from '@matokeo/verifier/bundle/report.ts';
import { bundleText } from '@matokeo/verifier/bundle/text.ts';
import { publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { imageOf, keyBehind, signBy, small, smallLog, suite, tick } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillForm } from '../src/attest/fill.ts';
import { shippedForm } from '../src/attest/form.ts';
import { bundleOf, exchange, looked, unpacked, without } from './support/bundles.ts';

afterAll(removeFolders);

const anchor = small.election.digest;
const log = smallLog();
const { dir: folder } = publish(log);
/** The station whose officer sent other figures than the form has, and that has a ruling. */
const RULED = { kind: 'station', station: '003', contest: 'president' } as const;
const [capture, ruling] = ['capture 003', 'ruling 003'].map((tag) => log.findIndex((note) => note.tag === tag));

function attested(key = 'po/003'): Uint8Array {
	const form = shippedForm('plain');
	if (form === undefined) throw new Error('there is no plain form');
	const particulars = new Map(['name', 'capacity', 'device', 'taken', 'kept'].map((id) => [id, `${id} of nobody`]));
	const filling = { captures: [log[capture ?? 0]?.id ?? ''], language: 'en', particulars };
	const filled = fillForm(small.election, form, filling);
	if (!filled.ok) throw new Error(filled.error);
	const { name, keyId } = keyBehind(key);
	return signAttestation(filled.value, { name, keyId, sign: (text) => signBy(key, text) });
}

let path = '';
beforeAll(async () => {
	const bundle = await bundleOf(folder, RULED, { attestations: [attested()] });
	if (!bundle.made.ok) throw new Error(bundle.made.error);
	path = bundle.path;
});

function problemsOf(report: BundleReport): readonly string[] {
	return report.checks.flatMap(({ name, problems }) =>
		problems.map(({ file, index, rule }) => [name, file ?? '', index ?? '', rule ?? ''].join(' ').trim()),
	);
}

describe('B1–B8 a bundle', () => {
	it('B30 is verified with the anchor, and consistent without', () => {
		expect(looked(path, anchor).verdict).toBe('verified');
		expect(looked(path).verdict).toBe('consistent');
		expect(looked(path, 'f'.repeat(64))).toMatchObject({ verdict: 'failed', anchored: false });
	});

	it('B33 says what the statements come to: the ruling’s figures, not the officer’s', () => {
		const { returns, statements } = looked(path, anchor);
		expect(returns).toMatchObject([
			{ station: '003', contest: 'president', accepted: 'ruling', view: { state: 'verified', differs: 'settled' } },
		]);
		expect(returns[0]?.votes).toMatchObject({ alba: 102 });
		expect(statements.map(({ index }) => log[index]?.tag)).toEqual([
			'capture 003',
			'reading capture 003 clerk/1',
			'reading capture 003 clerk/2',
			expect.stringContaining('open'),
			'ruling 003',
		]);
	});

	it('B5 holds what they rest on: the opening, the clock, the enrolment of every key, that images are held', () => {
		const types = JSON.parse(readFileSync(join(unpacked(path), 'bundle.json'), 'utf8')).statements.map(
			({ type }: { readonly type: string }) => type,
		);
		expect(types.slice(0, 3)).toEqual(['election/open', 'clock/tick', 'key/enrol']);
		expect(types).toContain('blob/held');
	});

	it('B2 holds the image that is public, and names the one that is sealed', () => {
		const dir = unpacked(path);
		const digest = suite.sha256Hex(imageOf('003'));
		expect(bytesEqual(readFileSync(join(dir, `blob/${digest.slice(0, 2)}/${digest}`)), imageOf('003'))).toBe(true);
		expect(looked(path).blobs.leftOut).toEqual([{ sha256: suite.sha256Hex(imageOf('003', 'sealed')), why: 'sealed' }]);
	});

	it('B34 an image that was withheld is named with its reason', async () => {
		const { path: other } = await bundleOf(folder, { kind: 'station', station: '002' });
		expect(looked(other).blobs.leftOut).toContainEqual({ sha256: suite.sha256Hex(imageOf('002')), why: 'withheld' });
		expect(bundleText(looked(other))).toContain('withheld by a decision of the authority');
	});

	it('B1 the same log, subject and program give the same bytes', async () => {
		const again = await bundleOf(folder, RULED, { attestations: [attested()] });
		expect(bytesEqual(readFileSync(again.path), readFileSync(path))).toBe(true);
	});

	it('B41 shows an attestation by the key of the captures, as the signer’s own word', () => {
		expect(looked(path).attestations).toMatchObject([{ by: 'po/003', office: 'presiding-officer' }]);
		expect(bundleText(looked(path))).toContain('[the signer’s own word]');
	});

	it('B8 an attestation by another key makes no bundle', async () => {
		const { made } = await bundleOf(folder, RULED, { attestations: [attested('po/001')] });
		expect(made).toMatchObject({ ok: false, error: expect.stringContaining('B41') });
	});

	it('B36 says what it cannot show, whatever the verdict', () => {
		const text = bundleText(looked(path, anchor));
		expect(text).toContain('That nothing else was said of this.');
		expect(text).toContain('Who holds a key.');
	});

	it('B33 a station of which nothing was said', async () => {
		const { path: empty } = await bundleOf(folder, { kind: 'station', station: '005' });
		const report = looked(empty, anchor);
		expect(report.verdict).toBe('verified');
		expect(report.remarks).toEqual([expect.stringContaining('Nothing was said of this')]);
	});
});

/** A byte of a file changed in its place; the list still says what it was. */
function flipped(name: string, at = 0.5): BundleReport {
	const dir = unpacked(path);
	const bytes = readFileSync(join(dir, name));
	const place = Math.floor(bytes.length * at);
	bytes[place] = (bytes[place] ?? 0) ^ 1;
	writeFileSync(join(dir, name), bytes);
	return looked(dir, anchor);
}

describe('B31 a byte changed in each kind of file', () => {
	it('is found and named with its file', () => {
		const dir = unpacked(path);
		const names = Object.values(JSON.parse(readFileSync(join(dir, 'bundle.json'), 'utf8')).files).map(
			(file) => Object(file).path,
		);
		const kinds = new Map(names.map((name: string) => [`${kindOfFile(name)} ${name.split('/')[0]}`, name]));
		expect([...kinds.keys()].sort()).toEqual([
			'attestation attestations',
			'blob blob',
			'checkpoint checkpoint',
			'package package',
			'program verify.mjs',
			'proof statements',
			'readme README.txt',
			'shown assets',
			'shown en',
			'shown es',
			'shown sw',
			'statement statements',
		]);
		for (const name of kinds.values()) {
			const report = flipped(name);
			expect([name, report.verdict]).toEqual([name, 'failed']);
			expect(problemsOf(report)).toContain(`files ${name}  B31`);
		}
	});

	it('B3 in bundle.json wherever it is', () => {
		const dir = unpacked(path);
		const whole = readFileSync(join(dir, 'bundle.json'));
		let said = 0;
		for (let at = 0; at < whole.length; at += 23) {
			const bytes = Buffer.from(whole);
			bytes[at] = (bytes[at] ?? 0) ^ 1;
			writeFileSync(join(dir, 'bundle.json'), bytes);
			try {
				expect([at, looked(dir, anchor).verdict]).toEqual([at, 'failed']);
			} catch (error) {
				expect(String(error)).toContain('B3');
			}
			said++;
		}
		expect(said).toBeGreaterThan(200);
	});
});

const inList = (index: number | undefined) => (line: string) => line.includes(`"index":${index ?? -1},`);

describe('B32 statements left out, exchanged or put in, with the list in agreement', () => {
	it('a ruling that was the last word is not missed, and that is said', () => {
		const dir = unpacked(path);
		without(dir, inList(ruling), [`statements/${ruling}.note`, `statements/${ruling}.tlog-proof`]);
		const report = looked(dir, anchor);
		expect(report.verdict).toBe('verified');
		expect(report.returns).toMatchObject([{ view: { state: 'received', differs: 'open' } }]);
		expect(bundleText(report)).toContain('such as a ruling after the last one here');
	});

	it('the opening of the readings, on which the ruling rests, is missed', () => {
		const dir = unpacked(path);
		const opening = (ruling ?? 0) - 1;
		without(dir, inList(opening), [`statements/${opening}.note`, `statements/${opening}.tlog-proof`]);
		expect(problemsOf(looked(dir, anchor))).toContain(`rules  ${ruling} S32`);
	});

	it('the enrolment of the keys is missed', () => {
		const dir = unpacked(path);
		without(dir, inList(2), ['statements/2.note', 'statements/2.tlog-proof']);
		expect(problemsOf(looked(dir, anchor))).toContain(`signatures  ${capture} S6`);
	});

	it('a proof of another statement shows nothing', () => {
		const dir = unpacked(path);
		put(dir, `statements/${ruling}.tlog-proof`, readFileSync(join(dir, `statements/${capture}.tlog-proof`)));
		expect(problemsOf(looked(dir, anchor))).toContain(`statements statements/${ruling}.tlog-proof ${ruling} B31`);
	});

	it('a proof whose hashes do not lead to the root shows nothing', () => {
		const dir = unpacked(path);
		const file = `statements/${ruling}.tlog-proof`;
		const text = readFileSync(join(dir, file), 'utf8');
		const changed = text.replace(
			/^([A-Za-z0-9+/]{20})[A-Za-z0-9+/]/m,
			(line) => `${line.slice(0, 20)}${line[20] === 'A' ? 'B' : 'A'}`,
		);
		exchange(dir, file, Buffer.from(changed));
		const [problem] = looked(dir, anchor).checks.flatMap(({ problems }) => problems);
		expect(problem).toMatchObject({ check: 'statements', file, came: 'hashes that do not lead to its root' });
	});

	it('a statement that was signed and never logged does not stand at a place of the log', () => {
		const dir = unpacked(path);
		const index = log.findIndex(({ tag }) => tag === 'tick 1');
		const never = tick(1_000);
		exchange(dir, `statements/${index}.note`, never.bytes);
		const list = readFileSync(join(dir, 'bundle.json'), 'utf8').replace(log[index]?.id ?? '', never.id);
		writeFileSync(join(dir, 'bundle.json'), list);
		const [problem] = looked(dir, anchor).checks.flatMap(({ problems }) => problems);
		expect(problem).toMatchObject({ check: 'statements', index, came: 'hashes that do not lead to its root' });
	});

	it('a proof that carries another checkpoint is none under this one', () => {
		const dir = unpacked(path);
		const file = `statements/${ruling}.tlog-proof`;
		const other = publish(log.slice(0, 280)).checkpoint;
		const [head = ''] = readFileSync(join(dir, file), 'utf8').split('\n\n');
		exchange(dir, file, Buffer.concat([Buffer.from(`${head}\n\n`), other]));
		const [problem] = looked(dir, anchor).checks.flatMap(({ problems }) => problems);
		expect(problem).toMatchObject({ check: 'statements', file, came: 'a proof under another checkpoint' });
	});

	it('B34 a reason that the statements do not bear out', () => {
		const dir = unpacked(path);
		const list = readFileSync(join(dir, 'bundle.json'), 'utf8');
		writeFileSync(join(dir, 'bundle.json'), list.replace('"why":"sealed"', '"why":"withheld"'));
		const digest = suite.sha256Hex(imageOf('003', 'sealed'));
		expect(problemsOf(looked(dir, anchor))).toEqual([`blobs blob/${digest.slice(0, 2)}/${digest}  B34`]);
	});

	it('files that nobody listed, or nobody names, are named', () => {
		const dir = unpacked(path);
		put(dir, 'statements/9.note', 'x');
		put(dir, `blob/aa/${'a'.repeat(64)}`, 'x');
		const problems = problemsOf(looked(dir, anchor));
		expect(problems).toContain('files statements/9.note  B31');
		expect(problems).toContain(`blobs blob/aa/${'a'.repeat(64)}  B34`);
	});

	it('B34 an image that was taken out and is nowhere mentioned is missed', () => {
		const dir = unpacked(path);
		const digest = suite.sha256Hex(imageOf('003'));
		const file = `blob/${digest.slice(0, 2)}/${digest}`;
		without(dir, () => false, [file]);
		expect(problemsOf(looked(dir, anchor))).toEqual([`blobs ${file}  B34`]);
	});

	it('B33 another subject than the one that is in it', () => {
		const dir = unpacked(path);
		const text = readFileSync(join(dir, 'bundle.json'), 'utf8');
		writeFileSync(join(dir, 'bundle.json'), text.replace('"station":"003"', '"station":"009"'));
		expect(problemsOf(looked(dir, anchor))).toContain('subject bundle.json  B33');
	});
});

describe('B4, B8 what is not bundled', () => {
	it('a log that does not verify is bundled only as it is, and says so', async () => {
		const { dir } = publish(log);
		const file = 'results/president.json';
		writeFileSync(join(dir, file), readFileSync(join(dir, file), 'utf8').replace('"alba":406', '"alba":407'));
		await expect(bundleOf(dir, RULED)).rejects.toThrow('407');
		const { path: asItIs } = await bundleOf(dir, RULED, { asItIs: true });
		const report = looked(asItIs, anchor);
		expect(report).toMatchObject({ wholeVerified: false, verdict: 'verified' });
		expect(bundleText(report)).toContain('AS IT IS');
		expect(readFileSync(join(unpacked(asItIs), 'README.txt'), 'utf8')).toContain('THE WHOLE LOG DID NOT VERIFY');
	});

	it('an image that is not what the log says is not carried into a court', async () => {
		const { dir } = publish(log);
		const digest = suite.sha256Hex(imageOf('003'));
		put(dir, `blob/${digest.slice(0, 2)}/${digest}`, imageOf('001'));
		const { made } = await bundleOf(dir, RULED, { asItIs: true });
		expect(made).toMatchObject({ ok: false, error: expect.stringContaining(digest) });
	});
});
