/**
 * The page of a witness in a browser, whatever the names on it: no wider than a small phone, accessible by the rules that can be checked (axe, WCAG 2.2 AA) in both colour schemes, and without a word of complaint; before it
 * has seen anything, while all is well, and when a log has signed two histories.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { leafHash, proveConsistency, rootOf } from '@matokeo/core/log/merkle.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { portableSign } from '@matokeo/core/std/portable.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { testKey } from '@matokeo/core/testing/smallElection.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type OpenedWitness, openWitness } from '@matokeo/witness/witness/openWitness.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTALL_MS, openChromium } from './lib/chromium.ts';
import { type Watched, watchedPage } from './lib/watched.ts';

const suite = nativeSuite();
/** As long as a name can be, without a place to break it. */
const log = testKey(`log.example/${'a-very-long-name-'.repeat(12)}`);
const cosigner = testKey('witness.example/court', 4);
const honest = Array.from({ length: 16 }, (_, i) => leafHash(suite, utf8Encode(`entry ${i}`)));
const changed = honest.map((leaf, i) => (i < 5 ? leaf : leafHash(suite, utf8Encode(`changed ${i}`))));

let browser: Browser;
let witness: OpenedWitness;
let watched: Watched;
let dir = '';

beforeAll(async () => {
	browser = await openChromium();
	dir = mkdtempSync(join(tmpdir(), 'matokeo-browser-'));
	witness = await openWitness({
		dir,
		suite,
		signer: { key: cosigner, sign: (message) => portableSign(cosigner.seed, message) },
		logs: [{ origin: log.name, key: log, url: 'https://results.example/' }],
		clock: () => 1_800_000_000,
		runBy: 'محكمة <b>the Court</b> of Ærøskøbing',
		contact: 'registry@court.example',
		port: 0,
	});
	watched = await watchedPage(browser, `${witness.url}/`);
}, INSTALL_MS);

afterAll(async () => {
	await browser?.close();
	await witness?.close();
	rmSync(dir, { recursive: true, force: true });
});

/** What the log sends that grows from one size to another, on one of two pasts. */
async function asked(leaves: readonly Uint8Array[], from: number, to: number): Promise<number> {
	const read = ({ level, index }: { readonly level: number; readonly index: number }) =>
		ok(rootOf(suite, leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
	const proof = from === 0 ? ok([]) : proveConsistency(suite, read, from, to);
	const root = rootOf(suite, leaves.slice(0, to));
	const signer = { ...log, sign: (message: Uint8Array) => portableSign(log.seed, message) };
	const checkpoint = signCheckpoint({ origin: log.name, size: to, root, extensions: [] }, [signer]);
	const body = printAddCheckpoint({ oldSize: from, proof: proof.ok ? proof.value : [], checkpoint });
	return (await fetch(`${witness.submission}/add-checkpoint`, { method: 'POST', body: Buffer.from(body) })).status;
}

async function look(heading: string): Promise<void> {
	const { page } = watched;
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		// Another query each time: the browser may keep the page for seconds.
		await page.goto(`${witness.url}/?${heading.length}${colorScheme}`);
		await page.locator('summary').click();
		expect(await page.getByRole('heading', { name: heading }).count()).toBe(1);
		const axe = new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
		const { violations } = await axe.analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
	}
	for (const width of [320, 360, 1280]) {
		await page.setViewportSize({ width, height: 900 });
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
	}
	expect(watched.complaints()).toEqual([]);
}

describe('the page of a witness', () => {
	it('N9 before it has seen anything', async () => {
		await look('The log that it watches');
	});

	it('N9 while all is well', async () => {
		expect([await asked(honest, 0, 7), await asked(honest, 7, 8)]).toEqual([200, 200]);
		await look('Contradictions');
	});

	it('N7 N8 when a log has signed two histories, and something is unexplained', async () => {
		expect([await asked(changed, 8, 11), await asked(honest, 8, 9), await asked(changed, 9, 12)]).toEqual([
			422, 200, 422,
		]);
		await look('Proof of two histories');
	});
});
