/** Marks by the log's own voice (S34): said on request, not said twice for nothing, and waited for in ticks (S43). */
import { WITNESS_TIMEOUT } from '@matokeo/core/testing/lawfulElection.ts';
import { AUTHORITY } from '@matokeo/core/testing/smallElection.ts';
import { certificateDraft, declarationDraft } from '@matokeo/portal/views/drafts.ts';
import { gateView } from '@matokeo/portal/views/gate.ts';
import { markView } from '@matokeo/portal/views/mark.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../src/app/answer.ts';
import { CRASH_POINTS, type CrashPoint } from '../src/app/crashPoint.ts';
import { logService } from '../src/app/logService.ts';
import { audit } from '../src/audit/fsck.ts';
import { folderOf } from '../src/publish/folder.ts';
import { openSqliteStore } from '../src/storage/sqliteStore.ts';
import {
	formAt,
	LAWFUL_STATIONS,
	lawfulBeginning,
	lawfulCounted,
	lawfulIn,
	lawfulLog,
	sayLawful,
} from './lib/lawful.ts';
import { newFolder, presidential, removeFolders, suite } from './lib/world.ts';

afterEach(removeFolders);

const LAND = { contest: 'president', area: 'land' };
const NORTH = { contest: 'president', area: 'north' };

function idOf(answer: Answer): string {
	if (answer.kind !== 'receipt' && answer.kind !== 'logged') throw new Error(JSON.stringify(answer));
	return answer.id;
}

function contest() {
	const found = lawfulLog.contests.get('president');
	if (found === undefined) throw new Error('the package has a presidential contest');
	return found;
}

describe('S34 marks on request', () => {
	it('S34 a mark freezes what stands; asked again when it would say the same, the log says nothing more', async () => {
		const { log, time } = await lawfulCounted(newFolder(), LAWFUL_STATIONS.slice(0, 3));
		const first = log.mark(NORTH);
		expect([first.kind, log.rows().get('mark', idOf(first))?.counts]).toEqual([
			'receipt',
			expect.objectContaining({ counted: 3, due: 5, missing: 2 }),
		]);
		time.now += 60;
		const size = log.size();
		expect(log.mark(NORTH)).toMatchObject({ kind: 'logged', id: idOf(first) });
		// Elsewhere something is said: for this area nothing is new.
		log.append([formAt('006').capture.bytes]);
		expect(log.mark(NORTH)).toMatchObject({ kind: 'logged', id: idOf(first) });
		expect(log.size()).toBe(size + 2);
	});

	const OTHER = presidential(60, 30, 30, 2);
	const changes: readonly (readonly [string, 'receipt' | 'logged', (counted: Counted) => unknown])[] = [
		['a form whose image is not held', 'logged', ({ log }) => log.append([formAt('004').capture.bytes])],
		['a form that is verified', 'receipt', ({ count }) => count(['004'])],
		[
			'a second form that differs, which changes no count and no total',
			'receipt',
			async ({ log }) => {
				const { capture, image } = formAt('001', OTHER);
				log.append([capture.bytes]);
				await log.hold([image]);
				log.announceHeld();
			},
		],
	];
	it.each(changes)('S34 after %s the answer is a %s', async (_name, kind, change) => {
		const counted = await lawfulCounted(newFolder(), LAWFUL_STATIONS.slice(0, 3));
		const { log } = counted;
		const first = idOf(log.mark(NORTH));
		await change(counted);
		const second = log.mark(NORTH);
		expect([second.kind, idOf(second) === first]).toEqual([kind, kind === 'logged']);
		expect(log.rows().get('collation', 'president|north')?.mark).toBe(idOf(second));
		expect(log.rows().get('mark', first)?.counts.counted).toBe(3);
	});

	it('S43 a mark that is out of date is not kept, though a new one says the same', async () => {
		const { log } = await lawfulCounted(newFolder());
		const first = idOf(log.mark(LAND));
		const change = {
			kind: 'candidate',
			candidate: 'chidi',
			contest: 'president',
			status: 'withdrawn',
			votes: 'counted',
		} as const;
		const amended = sayLawful({ type: 'election/amend', basis: 'court-order', change }, AUTHORITY[0], AUTHORITY[1]);
		expect(log.append([amended.bytes])[0]).toMatchObject({ kind: 'receipt' });
		const second = log.mark(LAND);
		expect([second.kind, idOf(second) === first]).toEqual(['receipt', false]);
		expect(log.mark(LAND).kind).toBe('logged');
	});

	it('S34 where nothing is certified nothing is marked, and the refusal says where it is', () => {
		const { log } = lawfulIn(newFolder());
		log.append(lawfulBeginning().map(({ bytes }) => bytes));
		expect(log.mark({ contest: 'president', area: 'n1' })).toMatchObject({ kind: 'refused', rule: 'S34' });
		expect(log.mark({ contest: 'mayor', area: 'land' })).toMatchObject({ kind: 'refused', rule: 'S34' });
	});

	it('S34 a service marks between notes, and answers everybody', async () => {
		const { log } = await lawfulCounted(newFolder(), LAWFUL_STATIONS.slice(0, 2));
		const service = logService({ log, pulseMs: 1, notesWaitingMax: 4_096 });
		const forms = ['003', '004', '005'].map((station) => service.submit([formAt(station).capture.bytes]));
		const marks = [LAND, NORTH, LAND].map((place) => service.mark(place));
		const [a, b, c] = await Promise.all(marks);
		expect((await Promise.all(forms)).flat().map(({ kind }) => kind)).toEqual(['receipt', 'receipt', 'receipt']);
		expect([a?.kind, b?.kind, c?.kind]).toEqual(['receipt', 'receipt', 'logged']);
		await service.close();
		expect(await service.mark(LAND)).toMatchObject({ kind: 'later' });
	});
});

type Counted = ReturnType<typeof lawfulIn>;

const APPEND_POINTS = Object.keys(CRASH_POINTS).filter((point): point is CrashPoint =>
	['commit', 'tiles', 'blobs', 'checkpoint'].some((word) => point.endsWith(word) || point.startsWith(word)),
);

describe('D14 a crash while something is marked', () => {
	it.each(APPEND_POINTS)(
		'D14 after %s there is one mark, whoever asks again, and it says what stood then',
		async (point) => {
			const dir = newFolder();
			const { log, count } = lawfulIn(dir, {
				faults: (at) => {
					if (armed && at === point) throw new Error(`crash ${at}`);
				},
			});
			let armed = false;
			log.append(lawfulBeginning().map(({ bytes }) => bytes));
			await count(LAWFUL_STATIONS.slice(0, 3));
			armed = true;
			expect(() => log.mark(NORTH)).toThrow('crash');
			log.close();
			const again = lawfulIn(dir);
			const answer = again.log.mark(NORTH);
			expect(answer.kind).toBe(point === 'before-commit' ? 'receipt' : 'logged');
			const marks = [...again.store.rowsOf('mark')];
			expect(marks.map(({ key }) => key)).toEqual([idOf(answer)]);
			expect(again.log.rows().get('mark', idOf(answer))?.counts).toMatchObject({ counted: 3, missing: 2 });
			again.log.close();
			const store = openSqliteStore(folderOf(dir).database, 'readonly');
			expect((await audit(suite, folderOf(dir), store)).findings).toEqual([]);
			store.close();
		},
	);
});

describe('S43 ticks for marks that wait', () => {
	it('S43 the log says the time when a mark has waited long enough and nothing else is said, once', async () => {
		const { log, time } = await lawfulCounted(newFolder());
		const id = idOf(log.mark(LAND));
		const size = log.size();
		expect(log.tickForMarks()).toBe(WITNESS_TIMEOUT);
		time.now += WITNESS_TIMEOUT - 1;
		expect([log.tickForMarks(), log.size()]).toEqual([1, size]);
		time.now += 1;
		expect([log.tickForMarks(), log.size()]).toEqual([undefined, size + 1]);
		time.now += 1_000;
		expect([log.tickForMarks(), log.size()]).toEqual([undefined, size + 1]);
		expect(markView(log.record, id)?.witnesses).toMatchObject({ met: false, waited: WITNESS_TIMEOUT });
		log.close();
	});

	it('S43 also after a restart', async () => {
		const dir = newFolder();
		const { log, time } = await lawfulCounted(dir);
		log.mark(LAND);
		const size = log.size();
		log.close();
		const again = lawfulIn(dir);
		again.time.now = time.now + WITNESS_TIMEOUT;
		expect([again.log.tickForMarks(), again.log.size()]).toEqual([undefined, size + 1]);
		again.log.close();
	});
});

describe('S43 the gate as data', () => {
	it('S43 before a mark it says that one is needed; at a mark every open item is there by name', async () => {
		const { log } = await lawfulCounted(newFolder(), LAWFUL_STATIONS.slice(0, 3));
		const before = gateView(log.record, contest(), 'north');
		expect(before?.gates[0]?.conditions.find(({ condition }) => condition === 'mark')?.state).toBe('unmet');
		expect(before?.open).toEqual([{ open: 'missing', count: 2, items: [] }]);
		log.mark(NORTH);
		const gate = gateView(log.record, contest(), 'north');
		expect(gate?.open.map(({ open, items }) => [open, items.map(({ id }) => id)])).toEqual([
			['missing', ['004', '005']],
			['unwitnessed', expect.arrayContaining(['witness/court'])],
		]);
		const states = Object.fromEntries(gate?.gates[0]?.conditions.map((one) => [one.condition, one.state]) ?? []);
		expect(states).toMatchObject({ mark: 'met', totals: 'met', list: 'met', named: 'choose', witnesses: 'unmet' });
		expect([gate?.gates.length, gate?.gates[0]?.ready]).toEqual([1, false]);
		expect(gateView(log.record, contest(), 'n1')).toBeUndefined();
	});

	it('S43 what the gate calls ready is admitted when it is signed, and what it does not is refused', async () => {
		const { log, time } = await lawfulCounted(newFolder());
		const mark = idOf(log.mark(NORTH));
		const sign = (choose: { readonly proceed?: Readonly<Record<string, string>> }): Answer | undefined => {
			const draft = certificateDraft(log.record, mark);
			if (draft === undefined) throw new Error('there is a draft');
			const { supersedes: _none, ...body } = draft;
			const said = sayLawful({ type: 'collation/certify', ...body, ...choose }, 'ro/north');
			return log.append([said.bytes])[0];
		};
		const ready = () => gateView(log.record, contest(), 'north')?.gates[0]?.ready;
		expect([ready(), sign({})]).toEqual([false, expect.objectContaining({ kind: 'refused', rule: 'S43' })]);
		time.now += WITNESS_TIMEOUT;
		log.tickForMarks();
		expect(ready()).toBe(true);
		expect(sign({})).toMatchObject({ kind: 'refused', rule: 'S43' });
		expect(sign({ proceed: { unwitnessed: 'deadline' } })).toMatchObject({ kind: 'receipt' });
		// What rests on a mark is superseded by a later one only, also when nothing has changed.
		expect(log.mark(NORTH).kind).toBe('receipt');
		expect(gateView(log.record, contest(), 'north')?.gates[0]).toMatchObject({ number: 2 });
	});

	it('S36 the draft of a declaration has the outcome and the digests of its texts, and is admitted as it is', async () => {
		const { log, time } = await lawfulCounted(newFolder());
		const mark = idOf(log.mark(LAND));
		time.now += WITNESS_TIMEOUT;
		log.tickForMarks();
		const draft = declarationDraft(log.record, mark);
		if (draft === undefined) throw new Error('there is a draft');
		expect([draft.outcome.kind, Object.keys(draft.texts), draft.totals['alba']]).toEqual([
			'runoff',
			['en', 'es', 'sw'],
			50 * LAWFUL_STATIONS.length,
		]);
		expect(suite.sha256Hex(Buffer.from(log.rows().get('sheet', mark)?.text ?? ''))).toBe(draft.list);
		const { supersedes: _none, ...body } = draft;
		const proceed = { unwitnessed: 'deadline', uncertified: 'no-effect' };
		const said = sayLawful({ type: 'result/declare', ...body, proceed }, AUTHORITY[0], AUTHORITY[1]);
		expect(log.append([said.bytes])[0]).toMatchObject({ kind: 'receipt' });
		expect(certificateDraft(log.record, mark)?.number).toBe(1);
	});
});
