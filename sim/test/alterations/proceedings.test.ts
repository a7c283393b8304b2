/**
 * Alterations of what follows counting, through the command itself: certificates, sheets, marks, declared texts, objections, orders. `fsck` names the row and the statement, `rebuild` makes the same database again; `verify` names
 * the file, or the void statement with its rule (D20, D21, V81, and `vectors/alterations/proceedings.json`).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '@matokeo/server/audit/fsck.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { publish, removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { suite } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matokeo } from '../lib/matokeo.ts';
import type { Expected, ExpectedFinding } from './lib/alteration.ts';
import { verify } from './lib/finding.ts';
import { copyOf, keep, type LawfulServer, lawfulServer } from './lib/lawfulServer.ts';
import { FORGED, PUBLISHED, ROWS } from './lib/proceedings.ts';
import { removeFolders } from './lib/rehearsed.ts';

interface Vectors {
	readonly rows: readonly ExpectedFinding[];
	readonly published: readonly Expected[];
	readonly forged: readonly Expected[];
}

const VECTORS = new URL('../../../vectors/alterations/proceedings.json', import.meta.url);
const vectors: Vectors = JSON.parse(readFileSync(VECTORS, 'utf8'));

let of: LawfulServer;
beforeAll(async () => {
	of = lawfulServer();
	await keep(of);
});
afterAll(() => {
	removeFolders();
	removePublished();
});

async function auditOf(dir: string) {
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	try {
		return (await audit(suite, folder, store)).findings;
	} finally {
		store.close();
	}
}

describe('what follows counting, altered behind the server’s back', () => {
	it('D20 V2 as it was made nothing differs, and it is verified', async () => {
		expect((await matokeo('fsck', of.dir)).stdout.split(':')[0]).toBe('No difference');
		const { report } = await verify(join(of.dir, 'public'), '--anchor', of.log.of.election.digest);
		expect(report.verdict).toBe('verified');
	});

	it.each(vectors.rows)('D20 fsck finds: $name', async ({ name, where, names }) => {
		const dir = copyOf(of);
		const subject = ROWS[name]?.(of, dir);
		if (subject === undefined) throw new Error('the vectors have a case that nobody makes');
		const found = await auditOf(dir);
		const named = found.filter((one) => one.where.startsWith(where));
		expect(named, JSON.stringify(found)).not.toEqual([]);
		for (const member of names)
			if (member === 'station' || member === 'statement')
				expect(named.map((one) => one[member])).toContain(subject[member]);
		expect(named.some(({ problem }) => problem !== '')).toBe(true);
	});

	it('D21 after all of them rebuild makes the same database again', async () => {
		const dir = copyOf(of);
		for (const alter of Object.values(ROWS)) {
			try {
				alter(of, dir);
			} catch (error) {
				// A row that another alteration has taken away cannot be changed any more.
				expect(String(error)).toContain('it changed nothing');
			}
		}
		expect((await matokeo('fsck', dir)).code).toBe(1);
		expect((await matokeo('rebuild', dir)).code).toBe(0);
		expect(await auditOf(dir)).toEqual([]);
	});
});

describe('what follows counting, altered where it is published', () => {
	it.each(vectors.published)('verify finds: $name', async ({ name, check, names }) => {
		const folder = join(copyOf(of), 'public');
		const subject = PUBLISHED[name]?.(of, folder);
		if (subject === undefined) throw new Error('the vectors have a case that nobody makes');
		const { code, report } = await verify(folder, '--anchor', of.log.of.election.digest);
		expect([code, report.verdict, report.words?.word]).toEqual([1, 'failed', 'not established']);
		const problems = report.checks.flatMap((one) => one.problems).filter((problem) => problem.check === check);
		for (const member of names) expect(problems.map((problem) => problem[member])).toContain(subject[member]);
	});

	it.each(vectors.forged)(
		'verify finds in a log that its operator signs: $name',
		async ({ name, check, rule, names }) => {
			const note = FORGED[name]?.(of);
			if (note === undefined) throw new Error('the vectors have a case that nobody makes');
			const { log } = of;
			const { dir } = publish([...log.notes, note], { election: log.of, files: log.files });
			const { report } = await verify(dir, '--anchor', log.of.election.digest);
			const problems = report.checks.flatMap((one) => one.problems);
			expect(report.verdict).toBe('failed');
			expect(problems).toEqual([expect.objectContaining({ check, rule })]);
			if (names.includes('statement')) expect(problems[0]?.statement).toBe(note.id);
		},
	);

	it('the vectors have all alterations that are made here, and no other', () => {
		for (const [list, made] of [
			[vectors.rows, ROWS],
			[vectors.published, PUBLISHED],
			[vectors.forged, FORGED],
		] as const)
			expect(list.map(({ name }) => name)).toEqual(Object.keys(made));
	});
});
