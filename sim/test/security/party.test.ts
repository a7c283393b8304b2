/** What a party could do (SECURITY.md, Y1–Y7). */
import { join } from 'node:path';
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { CAPTURES_PER_HOLDER_MAX } from '@matokeo/core/record/limits.ts';
import type { EnrolledKey } from '@matokeo/core/record/statement.ts';
import { base64Encode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { capture, keyOf, packageFiles, presidential, reading, say, suite } from '@matokeo/server/testing/world.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { answered, bodyOf, image, openedLog, PAPER, receiptOf, removeFolders, returned, verify } from './lib/played.ts';

afterAll(removeFolders);

const ROOT = 'party/sun/root';

function agent(name: string, more: Partial<EnrolledKey> = {}) {
	const key = base64Encode(keyOf(name).publicKey);
	const one = { holder: 'an-agent', key, name, role: 'agent', scope: { party: 'sun' }, ...more } as const;
	return say({ type: 'key/enrol', keys: [one] }, ROOT);
}

/** The problems of a package whose policy has another quorum. */
function quorum(lines: string): readonly string[] {
	const files = new Map(packageFiles);
	const text = Buffer.from(files.get('witnesses.policy') ?? []).toString();
	files.set('witnesses.policy', utf8Encode(text.replace(/group parties[\s\S]*$/, lines)));
	files.set(MANIFEST, makeManifest(suite, files).bytes);
	const loaded = loadElection(suite, files);
	return loaded.ok ? [] : loaded.error.map(({ rule, came }) => `${rule} ${came}`);
}

describe('a party', () => {
	it('Y1 sends false copies through its agents: shown under the agent’s name, counted nowhere, bounded by holder', async () => {
		const { log, dir } = openedLog();
		const NAME = 'party/sun/agent-1';
		expect(answered(log, agent(NAME)).kind).toBe('receipt');
		await returned(log, capture('001', image('001'), PAPER), '001');
		const copy = (i: number) => {
			const bytes = Buffer.from(`copy ${i}`);
			const images = [{ kind: 'original', sha256: suite.sha256Hex(bytes), size: bytes.length }];
			return say({ ...bodyOf('001'), images, kind: 'agent-copy', figures: presidential(999, 0, 0, 0) }, NAME);
		};
		for (let i = 0; i < CAPTURES_PER_HOLDER_MAX; i++) expect(answered(log, copy(i)).kind).toBe('receipt');
		expect(answered(log, copy(99))).toMatchObject({ kind: 'refused', rule: 'S27' });
		const row = log.rows().get('return', 'president|001|1');
		expect(row?.captures.slice(1).every(({ by, role }) => by === NAME && role === 'agent')).toBe(true);
		log.publishResults();
		log.close();
		const { stages, discrepant } = (await verify(join(dir, 'public'))).contests['president'] ?? {};
		expect([stages?.verified.votes['alba'], stages?.reported.votes['alba'], discrepant]).toEqual([50, 50, 0]);
	});

	it('Y2 stops the election by silence of its witness: a package in which one contestant could is refused', () => {
		expect(quorum('group all all witness/court witness/news witness/sun\nquorum all\n')).toEqual([
			'P58 without witness/sun (run by sun) the quorum cannot be met',
		]);
		expect(quorum('group all 2 witness/court witness/news witness/sun\nquorum all\n')).toEqual([]);
	});

	it('Y3 satisfies the quorum alone: such a package is refused', () => {
		expect(quorum('group all any witness/court witness/news witness/sun\nquorum all\n')).toEqual([
			'P58 witness/sun (run by sun) meet it alone',
		]);
	});

	it('Y4 says that its statement was dropped: it holds no receipt and no signed refusal; of one that never left the device nothing tells', () => {
		const { log } = openedLog();
		const sent = capture('001', image('001'), PAPER);
		const never = capture('002', image('002'), PAPER);
		expect(receiptOf(log, sent).length).toBeGreaterThan(0);
		const refused = answered(log, say(bodyOf('002'), 'po/001'));
		expect(refused.kind === 'refused' && refused.note !== undefined).toBe(true);
		expect(log.rows().indexOf(sent.id)).toBeDefined();
		expect(log.rows().indexOf(never.id)).toBeUndefined();
		log.close();
	});

	it('Y5 takes names that officials need, or enrols officials: refused', () => {
		const { log } = openedLog();
		expect(answered(log, agent('clerk/9'))).toMatchObject({ kind: 'refused', rule: 'S22' });
		expect(answered(log, agent('party/sun/x', { role: 'clerk', scope: {} }))).toMatchObject({
			kind: 'refused',
			rule: 'S22',
		});
		const foreign = agent('party/sun/x', { scope: { party: 'moon' } });
		expect(answered(log, foreign)).toMatchObject({ kind: 'refused', rule: 'S22' });
		log.close();
	});

	it('Y6 bars a clerk from a form by an agent under the clerk’s pseudonym: the party’s holders are its own', async () => {
		const { log } = openedLog();
		const NAME = 'party/sun/agent-1';
		expect(answered(log, agent(NAME, { holder: 'holder-of-clerk-1' })).kind).toBe('receipt');
		const bytes = Buffer.from('a copy');
		const images = [{ kind: 'original', sha256: suite.sha256Hex(bytes), size: bytes.length }];
		expect(answered(log, say({ ...bodyOf('001'), images, kind: 'agent-copy' }, NAME)).kind).toBe('receipt');
		const form = capture('001', image('001'), PAPER);
		log.append([form.bytes]);
		await log.hold([image('001')]);
		log.announceHeld();
		expect(answered(log, reading(form.id, 'clerk/1', PAPER)).kind).toBe('receipt');
		log.close();
	});

	it('Y7 enrols agents without end, and lets each say something: each stands under the party’s name and counts for nothing; how many there are, nothing bounds', async () => {
		const { log, dir } = openedLog();
		const names = Array.from({ length: 5 }, (_, i) => `party/sun/agent-${i}`);
		for (const [i, name] of names.entries())
			expect(answered(log, agent(name, { holder: `a${i}` })).kind).toBe('receipt');
		const copies = names.flatMap((name) =>
			Array.from({ length: CAPTURES_PER_HOLDER_MAX + 1 }, (_, i) => {
				const bytes = Buffer.from(`${name} ${i}`);
				const images = [{ kind: 'original', sha256: suite.sha256Hex(bytes), size: bytes.length }];
				return say({ ...bodyOf('001'), images, kind: 'agent-copy' }, name).bytes;
			}),
		);
		const admitted = log.append(copies).filter(({ kind }) => kind === 'receipt').length;
		expect(admitted).toBe(names.length * CAPTURES_PER_HOLDER_MAX);
		log.publishResults();
		log.close();
		const { stages, discrepant } = (await verify(join(dir, 'public'))).contests['president'] ?? {};
		expect([stages?.reported.stations, stages?.verified.stations, discrepant]).toEqual([0, 0, 0]);
	});
});
