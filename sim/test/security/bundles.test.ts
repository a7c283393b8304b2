/** Whoever hands over an evidence bundle (`SECURITY.md`, B1–B11), an opponent in a court perhaps: each attempt, and what reveals it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { fillForm } from '@matokeo/dossier/attest/fill.ts';
import { shippedForm } from '@matokeo/dossier/attest/form.ts';
import {
	bundleOf,
	exchange,
	looked,
	putIn,
	putStatement,
	unpacked,
	without,
} from '@matokeo/dossier/testing/bundles.ts';
import { signAttestation } from '@matokeo/verifier/bundle/attestation.ts';
import type { BundleReport } from '@matokeo/verifier/bundle/report.ts';
import { bundleText } from '@matokeo/verifier/bundle/text.ts';
import { openZip } from '@matokeo/verifier/bundle/zip.ts';
import { runStandalone } from '@matokeo/verifier/node/standaloneRun.ts';
import { newFolder, publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { rawZip } from '@matokeo/verifier/testing/rawZip.ts';
import { forgedFolder, receiptFor } from '@matokeo/verifier/testing/rewritten.ts';
import {
	capture,
	checkpointNote,
	imageOf,
	keyBehind,
	note,
	presidential,
	START,
	signBy,
	small,
	smallLog,
	suite,
	tick,
} from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notesOf } from '../acceptance/lib/cheat.ts';
import { closeAll } from '../acceptance/lib/count.ts';
import { certified } from '../acceptance/lib/story.ts';

afterAll(async () => {
	await closeAll();
	removeFolders();
});

const anchor = small.election.digest;
const log = smallLog();
const { dir: folder } = publish(log);
const STATION = { kind: 'station', station: '003', contest: 'president' } as const;
const at = (tag: string): number => log.findIndex((note) => note.tag === tag);

let honest = '';
beforeAll(async () => {
	honest = (await bundleOf(folder, STATION)).path;
});

function wrong({ checks }: BundleReport): readonly string[] {
	return checks.flatMap(({ name, problems }) => problems.map(({ file, index }) => `${name} ${file ?? index ?? ''}`));
}

describe('whoever hands over a bundle', () => {
	it('B1 a zip that is no honest zip is refused before anything is unpacked', () => {
		const file = { name: 'README.txt', content: 'x' };
		const made = [
			rawZip([{ ...file, name: '../../.bashrc' }]),
			rawZip([{ ...file, name: 'a\u202etxt.exe' }]),
			rawZip([{ ...file, listed: { attributes: (0o120777 << 16) >>> 0 } }]),
			rawZip([{ ...file, own: { name: 'readme.txt' } }]),
			rawZip([file, { name: 'b', content: 'y', listed: { offset: 0 } }]),
			rawZip([{ name: 'a', content: Buffer.alloc(8_000_000), deflated: true }]),
			rawZip([file], { before: utf8Encode('#!/bin/sh\n') }),
		];
		const rules = made.map((bytes) => {
			const path = join(newFolder(), 'bundle.zip');
			writeFileSync(path, bytes);
			const files = openZip(path);
			return files.ok ? 'opened' : files.error.slice(0, 3);
		});
		expect(rules).toEqual(['B21', 'B21', 'B22', 'B23', 'B23', 'B20', 'B23']);
	});

	it('B2 a ruling that is left out is not missed in a part, and that is said; in the whole log it is there', () => {
		const dir = unpacked(honest);
		const index = at('ruling 003');
		const paths = [`statements/${index}.note`, `statements/${index}.tlog-proof`];
		without(dir, (line) => line.includes(`"index":${index},`), paths);
		const report = looked(dir, anchor);
		expect(report.verdict).toBe('verified');
		expect(report.returns[0]).not.toHaveProperty('votes');
		expect(bundleText(report)).toContain('Only the whole log shows that there is no other');
		expect(looked(honest, anchor).returns[0]).toHaveProperty('votes.alba', 102);
	});

	it('B3 a certificate does not follow from a bundle from which a statement of its area was taken', async () => {
		const count = await certified();
		const subject = { kind: 'area', area: 'north', contest: 'president' } as const;
		const { path, made } = await bundleOf(join(count.dir, 'public'), subject);
		expect(made.ok ? made.value.report.sums.map(({ recomputed }) => recomputed) : made.error).toEqual(['same']);
		const dir = unpacked(path);
		const index = notesOf(count).findIndex(({ tag }) => tag === 'reading/open');
		without(dir, (line) => line.includes(`"index":${index},`), [
			`statements/${index}.note`,
			`statements/${index}.tlog-proof`,
		]);
		const report = looked(dir, count.of.election.digest);
		expect(report.sums.map(({ recomputed }) => recomputed)).toEqual(['differs']);
		expect(bundleText(report)).toContain('was certified does not follow from the statements in this bundle');
		const other = unpacked(path);
		const [sheet = ''] = readdirSync(join(other, 'sheets'));
		const text = readFileSync(join(other, 'sheets', sheet), 'utf8');
		exchange(other, `sheets/${sheet}`, utf8Encode(text.replace(/"counted":([0-9])/, '"counted":9$1')));
		expect(wrong(looked(other, count.of.election.digest))).toEqual([`subject sheets/${sheet}`]);
	});

	it('B4 a bundle of a log with other keys is of another election', async () => {
		const { path } = await bundleOf(forgedFolder(), STATION);
		expect(looked(path).verdict).toBe('consistent');
		expect(bundleText(looked(path))).toContain('AUTHORITY NOT ESTABLISHED');
		expect(wrong(looked(path, anchor))).toEqual(['package package/manifest.sha256']);
	});

	it('B5 a statement of another log of the same package is not under the checkpoint', async () => {
		const other = smallLog().filter(({ tag }) => tag !== 'ruling 003');
		const { path } = await bundleOf(publish(other).dir, STATION);
		const dir = unpacked(honest);
		const index = at('ruling 003') - 1;
		const theirs = readFileSync(join(unpacked(path), `statements/${index}.tlog-proof`));
		exchange(dir, `statements/${index}.tlog-proof`, theirs);
		expect(wrong(looked(dir, anchor))).toContain(`statements statements/${index}.tlog-proof`);
	});

	it('B6 a page that was changed with its list changes no figure of the report', () => {
		const dir = unpacked(honest);
		const page = 'en/station/003.html';
		const text = readFileSync(join(dir, page), 'utf8');
		const changed = text.replaceAll('102', '402');
		expect(changed).not.toBe(text);
		exchange(dir, page, utf8Encode(changed));
		const report = looked(dir, anchor);
		expect([report.verdict, report.returns[0]?.votes?.['alba']]).toEqual(['verified', 102]);
		expect(bundleText(report)).toContain('signed by nobody; the figures in this report come from the statements');
	});

	it('B7 a verifier that lies is not run, and its digest is told', () => {
		const dir = unpacked(honest);
		const liar = utf8Encode("console.log('VERIFIED');\n");
		exchange(dir, 'verify.mjs', liar);
		const text = bundleText(looked(dir, anchor));
		expect(text).toContain(`What verify.mjs in this bundle does (SHA-256 ${suite.sha256Hex(liar)}). It was not run.`);
	});

	it('B8 an attestation by another key, or with other words, is worth nothing', async () => {
		const form = shippedForm('plain');
		const particulars = new Map(['name', 'capacity', 'device', 'taken', 'kept'].map((id) => [id, id]));
		const captures = [log[at('capture 003')]?.id ?? ''];
		const filled =
			form === undefined ? undefined : fillForm(small.election, form, { captures, language: 'sw', particulars });
		if (filled?.ok !== true) throw new Error('not filled');
		const by = (name: string): Uint8Array => {
			const { keyId } = keyBehind(name);
			return signAttestation(filled.value, { name, keyId, sign: (text) => signBy(name, text) });
		};
		const own = by('po/003');
		const altered = utf8Encode((utf8Decode(own) ?? '').replace(/: device$/m, ': another'));
		const outcome = async (attestation: Uint8Array): Promise<string> => {
			const { made } = await bundleOf(folder, STATION, { attestations: [attestation] });
			return made.ok ? 'made' : made.error;
		};
		expect(await outcome(own)).toBe('made');
		expect(await outcome(by('po/001'))).toContain('B41');
		expect(await outcome(altered)).toContain('its signature does not fit its words');
	});

	it('B9 what is withheld and shown, or public and hidden, is named', async () => {
		const { path } = await bundleOf(folder, { kind: 'station', station: '002' });
		const dir = unpacked(path);
		const [shown, hidden] = [imageOf('002'), imageOf('003')].map((image) => suite.sha256Hex(image));
		put(dir, `blob/${shown?.slice(0, 2)}/${shown}`, imageOf('002'));
		expect(wrong(looked(dir, anchor))).toContain(`blobs blob/${shown?.slice(0, 2)}/${shown}`);
		const other = unpacked(honest);
		without(other, () => false, [`blob/${hidden?.slice(0, 2)}/${hidden}`]);
		expect(wrong(looked(other, anchor))).toEqual([`blobs blob/${hidden?.slice(0, 2)}/${hidden}`]);
	});

	it('B10 a void statement without what makes it void, and a time without its tick, pass in a part, and that is said', async () => {
		const revoked = note('revoke po', { type: 'key/revoke', key: 'po/003', reason: 'lost' }, [
			'registrar/1',
			'registrar/2',
		]);
		const late = [...log, tick(50_000), revoked, capture('003', presidential(1, 2, 3, 0))];
		const [index, said] = [late.length - 1, late.at(-1)];
		const published = publish(late);
		const { path } = await bundleOf(published.dir, STATION, { asItIs: true });
		const dir = unpacked(path);
		expect(looked(dir, anchor).statements.some((one) => one.id === said?.id)).toBe(false);
		if (said === undefined) throw new Error('there is no proof');
		const proof = receiptFor(published, index);
		const list = readFileSync(join(dir, 'bundle.json'), 'utf8');
		const quiet = list.replace('"verified": false', '"verified": true').replace(/"problems": \[.*\]/, '"problems": []');
		writeFileSync(join(dir, 'bundle.json'), quiet);
		putStatement(dir, { index, id: said.id, type: 'form/capture' }, said.bytes, proof);
		expect(wrong(looked(dir, anchor))).toEqual([`signatures ${index}`]);
		const gone = [index - 1, index - 2].filter((one) => readdirSync(join(dir, 'statements')).includes(`${one}.note`));
		expect(gone).toContain(index - 1);
		const files = gone.flatMap((one) => [`statements/${one}.note`, `statements/${one}.tlog-proof`]);
		without(dir, (line) => gone.some((one) => line.includes(`"index":${one},"type"`)), files);
		const report = looked(dir, anchor);
		expect([report.verdict, report.statements.at(-1)?.id]).toEqual(['verified', said.id]);
		expect(report.statements.at(-1)?.time).toBeLessThan(START + 50_000);
		const text = bundleText(report);
		expect(text).toContain('if the revocation of its key');
		expect(text).toContain('if a later tick was left out');
	});

	it('B11 a bundle that is a pack as well, another log of one size, and what a terminal obeys', async () => {
		const opened = async (dir: string): Promise<string> => {
			const parts = { suite, worker: new URL(import.meta.url), program: new Uint8Array(0) };
			const { out, err } = await runStandalone([dir, '--anchor', anchor], parts);
			return `${out}${err}`;
		};
		const [both, other, signs] = [unpacked(honest), unpacked(honest), unpacked(honest)];
		put(both, 'pack.json', utf8Encode('{}'));
		expect(await opened(both)).toContain('no bundle and no pack has both');
		putIn(other, 'witnessed', checkpointNote(log.length, new Uint8Array(32)));
		expect(await opened(other)).toContain('two logs of one size');
		const list = readFileSync(join(signs, 'bundle.json'), 'utf8');
		writeFileSync(join(signs, 'bundle.json'), list.replace('\t"subject"', '\t"x\\u001b[2J": 1,\n\t"subject"'));
		expect(await opened(signs)).toContain('x[U+001B][2J');
	});
});
