/** Two processes append to one file (D5): nothing is lost, nothing stands twice, the checkpoint never goes back; and foreign bytes never crash a log or leave half of something behind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseNote } from '@matokeo/core/log/note.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { audit } from '../src/audit/fsck.ts';
import type { Store } from '../src/ports/store.ts';
import { folderOf } from '../src/publish/folder.ts';
import { memoryStore } from '../src/storage/memoryStore.ts';
import { openSqliteStore } from '../src/storage/sqliteStore.ts';
import {
	capture,
	enrolment,
	imageOf,
	newFolder,
	openIn,
	opening,
	presidential,
	removeFolders,
	STATIONS,
	suite,
} from './lib/world.ts';

afterEach(removeFolders);

async function findingsOf(dir: string) {
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'), 'readonly');
	const { findings } = await audit(suite, folderOf(dir), store);
	store.close();
	return findings;
}

function sizeOnDisk(dir: string): number {
	const note = parseNote(readFileSync(join(dir, 'public', 'checkpoint')));
	const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
	return checkpoint.ok ? checkpoint.value.size : -1;
}

function captureOf(n: number): Uint8Array {
	return capture(STATIONS[n % 8] ?? '', imageOf(`${n}`), presidential(n, 1, 1, 1)).bytes;
}

/** A store that lets somebody else commit just before its own commit, as often as it is told to. */
function overtaken(store: Store, overtake: () => void, times: number): Store {
	let left = times;
	return {
		...store,
		commit: (batch) => {
			if (left-- > 0) overtake();
			return store.commit(batch);
		},
	};
}

describe('D5 two processes on one file', () => {
	it('D5 both append by turns and in each other’s way; the log is one, and each knows what the other has written', async () => {
		const dir = newFolder();
		const other = openIn(dir);
		other.log.append([opening().bytes, enrolment().bytes]);
		let n = 0;
		const store = overtaken(
			openSqliteStore(join(dir, 'matokeo.sqlite')),
			() => void other.log.append([captureOf(1000 + n)]),
			200,
		);
		const { log } = openIn(dir, { store });
		let last = 0;
		for (n = 0; n < 40; n++) {
			expect(log.append([captureOf(n), captureOf(1000 + n)])).toMatchObject([{ kind: 'receipt' }, { kind: 'logged' }]);
			expect(sizeOnDisk(dir)).toBeGreaterThan(last);
			last = sizeOnDisk(dir);
			expect(other.log.append([captureOf(n)])).toMatchObject([{ kind: 'logged' }]);
		}
		expect(last).toBe(3 + 80);
		log.close();
		other.log.close();
		expect(await findingsOf(dir)).toEqual([]);
	});

	it('D5 who is always overtaken is told to send again, and has logged nothing', () => {
		const dir = newFolder();
		const other = openIn(dir);
		other.log.append([opening().bytes, enrolment().bytes]);
		let n = 0;
		const overtake = () => void other.log.append([captureOf(n++)]);
		const store = overtaken(openSqliteStore(join(dir, 'matokeo.sqlite')), overtake, 99);
		const { log } = openIn(dir, { store });
		expect(log.append([captureOf(500)])).toMatchObject([{ kind: 'later' }]);
		expect(log.append([captureOf(0)])).toMatchObject([{ kind: 'logged' }]);
		log.close();
		other.log.close();
	});
});

describe('D8 foreign bytes', () => {
	const base = captureOf(1);

	/** A note of which some bytes were changed, or nothing like a note. */
	const foreign = fc.oneof(
		fc.uint8Array({ maxLength: 400 }),
		fc.string({ maxLength: 200 }).map(utf8Encode),
		fc.tuple(fc.nat(base.length - 1), fc.nat(255)).map(([at, byte]) => base.map((old, i) => (i === at ? byte : old))),
		fc.nat(base.length).map((length) => base.slice(0, length)),
		fc.constant(new Uint8Array(70_000)),
	);

	it('D8 fuzzed notes are answered one by one, crash nothing, and leave nothing behind but what was admitted', () => {
		const dir = newFolder();
		const { log, store } = openIn(dir, { store: memoryStore() });
		log.append([opening().bytes, enrolment().bytes]);
		fc.assert(
			fc.property(fc.array(foreign, { minLength: 1, maxLength: 5 }), (notes) => {
				const before = store.head().size;
				const answers = log.append(notes);
				const receipts = answers.filter(({ kind }) => kind === 'receipt').length;
				expect(answers).toHaveLength(notes.length);
				expect(answers.every((answer) => answer.kind !== 'refused' || answer.why.length > 10)).toBe(true);
				expect(store.head().size).toBe(before + receipts);
				expect(log.size()).toBe(store.head().size);
			}),
			{ numRuns: 150 },
		);
	});
});
