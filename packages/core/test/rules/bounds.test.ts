/** What is too long or too special for a vector: rows that do not grow (S21, S41) and what a mark looks at (T25), the limits of captures, originals and counts (S27, S33, S44), texts that say the mode (S34), a hierarchy that S21 must not fall out of, a changed text under an old signature, and the list of rules in `spec/statements.md`. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
	CAPTURES_PER_HOLDER_MAX,
	COUNTS_PER_HOLDER_MAX,
	ORIGINALS_PER_HOLDER_MAX,
	PAUSES_MAX,
} from '../../src/record/limits.ts';
import type { Statement } from '../../src/record/statement.ts';
import { electionAmend } from '../../src/rules/amendments.ts';
import { countsOf } from '../../src/rules/chains.ts';
import { contextOf } from '../../src/rules/context.ts';
import { signedBy } from '../../src/rules/decide.ts';
import { RULES } from '../../src/rules/refusal.ts';
import type { RowReader } from '../../src/rules/rows.ts';
import { cellsIn } from '../../src/standings/areaStations.ts';
import { markOf } from '../../src/standings/marking.ts';
import { utf8Decode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { lawfulElection } from '../support/lawfulElection.ts';
import { audit } from './support/auditor.ts';
import { openedWorld } from './support/history.ts';
import { type Contents, readOnly } from './support/memory.ts';
import { baseline, bring, bringUnsigned, context, election, noteOf, say, sayUnsigned } from './support/world.ts';

function capture(by: string, image: number, station = '001'): Statement {
	return {
		type: 'form/capture',
		by: [by],
		contest: 'president',
		station,
		kind: 'original',
		poll: 1,
		route: 'own-kit',
		images: [{ kind: 'original', sha256: image.toString(16).padStart(64, '0'), size: 1 }],
	};
}

describe('S21', () => {
	it('S21 T17 no row grows with the amendments before it: stations that were added or moved are a chain, each once', () => {
		const world = openedWorld();
		const by = ['authority/1', 'authority/2'];
		const amend = (change: Extract<Statement, { type: 'election/amend' }>['change']) => {
			expect(sayUnsigned(world, { type: 'election/amend', by, basis: 'court-order', change }).refusal).toBe(undefined);
			return Math.max(...['amended', 'station'].flatMap((table) => longest(world.rows.contents(), table)));
		};
		const widths = Array.from({ length: 100 }, (_, i) => {
			const station = `${1000 + i}`;
			amend({ kind: 'station-added', station, area: 'n1', registered: 100 });
			amend({ kind: 'register', station, registered: 200 });
			return amend({ kind: 'station-moved', station, area: 's1' });
		});
		expect(widths.at(-1)).toBe(widths[1]);
		const cells = cellsIn(context, world.rows, contestOf('president'), 's1');
		const placed = cells.flatMap(({ stations }) => stations.map(({ id }) => id)).filter((id) => id.length === 4);
		expect(placed).toEqual(Array.from({ length: 100 }, (_, i) => `${1000 + i}`));
	});
});

function longest(contents: Contents, table: string): readonly number[] {
	return Object.entries(contents).flatMap(([key, row]) =>
		key.startsWith(`${table} `) ? [JSON.stringify(row).length] : [],
	);
}

function contestOf(id: string) {
	const contest = election.contests.get(id);
	if (contest === undefined) throw new Error(`the test election has no contest ${id}`);
	return contest;
}

describe('S27', () => {
	it('S27 takes 32 captures of one return by one holder, and others after them', () => {
		const world = openedWorld();
		for (let i = 0; i < CAPTURES_PER_HOLDER_MAX; i++)
			expect(sayUnsigned(world, capture('receiving/1', i)).refusal).toBe(undefined);
		const refused = sayUnsigned(world, capture('receiving/1', 99));
		expect(refused.refusal).toMatchObject({
			rule: 'S27',
			why: expect.stringContaining('let another person capture it'),
		});
		expect(sayUnsigned(world, capture('po/001', 99)).refusal).toBe(undefined);
		expect(sayUnsigned(world, capture('receiving/1', 99, '002')).refusal).toBe(undefined);
		expect(audit(world.rows)).toEqual([]);
	});
});

describe('S33', () => {
	it('S33 takes 16 originals of one return by one holder, and others after them', () => {
		const world = openedWorld();
		const original = (by: string, serial: number): Statement => ({
			type: 'form/original',
			by: [by],
			contest: 'president',
			custody: { from: 'courier', seal: 'intact' },
			differs: [],
			poll: 1,
			serial: `A-${serial}`,
			station: '001',
		});
		for (let i = 0; i < ORIGINALS_PER_HOLDER_MAX; i++)
			expect(sayUnsigned(world, original('receiving/1', i)).refusal).toBe(undefined);
		expect(sayUnsigned(world, original('receiving/1', 99)).refusal).toMatchObject({
			rule: 'S33',
			why: expect.stringContaining('let another officer enter it'),
		});
		expect(sayUnsigned(world, original('receiving/2', 99)).refusal).toBe(undefined);
	});
});

describe('S41', () => {
	it('S41 takes 64 pauses at one time, and the next once one has ended', () => {
		const world = openedWorld();
		const by = ['po/001', 'po/002'];
		const at = 1_800_000_000;
		const reason = election.codes.notice[0]?.id ?? '';
		const surface = election.codes.surface[0]?.id ?? '';
		const file = (notice: Extract<Statement, { type: 'notice/file' }>['notice']) =>
			sayUnsigned(world, { type: 'notice/file', by, notice });
		const paused = Array.from({ length: PAUSES_MAX }, (_, i) => file({ kind: 'pause', at: at + i, reason, surface }));
		expect(paused.map(({ refusal }) => refusal)).toEqual(paused.map(() => undefined));
		const next = { kind: 'pause' as const, at: at + PAUSES_MAX, reason, surface };
		expect(file(next).refusal).toMatchObject({ rule: 'S41', why: expect.stringContaining('end one first') });
		expect(file({ kind: 'resume', at, pause: paused[0]?.id ?? '', reason }).refusal).toBe(undefined);
		expect(file(next).refusal).toBe(undefined);
		expect(audit(world.rows)).toEqual([]);
	});
});

describe('S44', () => {
	it('S44 takes 64 counts of one contest by one holder, and others after them', () => {
		const world = openedWorld();
		const lodge = (by: string, contest: string, table: number, seen: string | undefined) =>
			sayUnsigned(world, {
				type: 'count/lodge',
				by: [by],
				at: table,
				contest,
				obtained: 'forms',
				rows: 1,
				...(seen === undefined ? {} : { seen }),
				table: table.toString(16).padStart(64, '0'),
				text: 'e'.repeat(64),
			});
		let seen: string | undefined;
		for (let i = 0; i < COUNTS_PER_HOLDER_MAX; i++) {
			const answer = lodge('observer/1', 'president', i, seen);
			expect(answer.refusal).toBe(undefined);
			seen = answer.id;
		}
		const refused = lodge('observer/1', 'president', 99, seen);
		expect(refused.refusal).toMatchObject({ rule: 'S44', why: expect.stringContaining('the most there may be') });
		expect(lodge('observer/1', 'council', 99, undefined).refusal).toBe(undefined);
		expect(lodge('party/sun/1', 'president', 99, undefined).refusal).toBe(undefined);
		const inForce = [...countsOf(world.rows, 'president')].filter(({ row }) => row.until === undefined);
		expect(inForce.map(({ row }) => row.by)).toEqual(['party/sun/1', 'observer/1']);
	});
});

describe('T25', () => {
	it('T25 a mark looks at objections no further back than to the oldest that is open', () => {
		const world = openedWorld();
		const contest = contestOf('president');
		const lodge = (mark: string) =>
			sayUnsigned(world, {
				type: 'objection/lodge',
				by: ['party/sun/1'],
				contest: contest.id,
				ground: 'wrong-figures',
				target: { kind: 'return', station: '001', poll: 1 },
				text: mark.repeat(64),
			});
		const answer = (objection: string) => {
			const reason = election.codes.answer[0]?.id ?? '';
			const by = ['returning/1'];
			const statement = { type: 'objection/answer' as const, by, objection, seen: objection, reason };
			expect(sayUnsigned(world, { ...statement, outcome: 'dismissed' }).refusal).toBe(undefined);
		};
		const lookedAt = () => {
			let looked = 0;
			const get: RowReader['get'] = (table, key) => {
				if (table === 'objection') looked++;
				return world.rows.get(table, key);
			};
			const rows = { ...readOnly(world.rows), get };
			const { row } = markOf({ context, baseline, rows }, contest, 'north', { index: world.rows.size(), time: 1 });
			return { looked, open: row.counts.objections };
		};
		for (const mark of 'abcdef') answer(lodge(mark).id);
		expect(lookedAt()).toEqual({ looked: 0, open: 0 });
		const open = lodge('1').id;
		answer(lodge('2').id);
		expect(lookedAt()).toEqual({ looked: 2, open: 1 });
		answer(open);
		expect(lookedAt()).toEqual({ looked: 0, open: 0 });
	});
});

describe('S34', () => {
	it('S34 the texts of a declaration say which mode the package has, and so differ in each', () => {
		const digests = (['official', 'parallel', 'rehearsal'] as const).flatMap((mode) => {
			const world = openedWorld(mode);
			const by = ['small.example/log'];
			const marked = say(world, { type: 'tally/mark', by, area: 'land', contest: 'president' });
			expect(marked.refusal).toBe(undefined);
			return Object.values(world.rows.get('mark', marked.id)?.texts ?? {});
		});
		expect(digests).toHaveLength(9);
		expect(new Set(digests).size).toBe(9);
	});
});

describe('S21', () => {
	it('S21 refuses a station where a contest would be voted on and be in no total', () => {
		const island = {
			id: 'island',
			level: 'district',
			name: 'Island',
			parents: { geographic: 'north', tally: '' },
			electors: undefined,
		};
		const split = contextOf(portableSuite, { ...election, areas: new Map([...election.areas, ['island', island]]) });
		const world = openedWorld();
		const refusalOf = (area: string) => {
			const by = ['authority/1', 'authority/2'];
			const change = { kind: 'station-added', area, registered: 10, station: '101' } as const;
			const statement = { type: 'election/amend', by, basis: 'court-order', change } as const;
			const signers = by.flatMap((name) => split.packageKeys.get(name) ?? []);
			return electionAmend.decide(split, world.rows, { index: 9, id: '', statement, signers });
		};
		expect(refusalOf('island')).toMatchObject({ rule: 'S21', why: expect.stringContaining('be in no total of land') });
		expect(refusalOf('n1')).toBe(undefined);
	});

	it('S21, P72 refuses a station that would be in no certificate of a level at which a contest is certified', () => {
		const lawful = lawfulElection().election;
		const atoll = { id: 'atoll', level: 'district', name: 'Atoll', parents: { geographic: 'land' } };
		const certified = contextOf(portableSuite, { ...lawful, areas: new Map([...lawful.areas, ['atoll', atoll]]) });
		const refusalOf = (area: string) => {
			const by = ['authority/1', 'authority/2'];
			const change = { kind: 'station-added', area, registered: 10, station: '101' } as const;
			const statement = { type: 'election/amend', by, basis: 'court-order', change } as const;
			const signers = by.flatMap((name) => certified.packageKeys.get(name) ?? []);
			return electionAmend.decide(certified, openedWorld().rows, { index: 9, id: '', statement, signers });
		};
		expect(refusalOf('atoll')).toMatchObject({
			rule: 'S21',
			why: expect.stringContaining('in no certificate of level region'),
		});
		expect(refusalOf('s1')).toBe(undefined);
	});
});

describe('S7', () => {
	it('S7 refuses a changed time under an old signature, which only the signature tells', () => {
		const note = noteOf({ type: 'clock/tick', by: ['small.example/log'], time: 1_800_000_001 });
		const text = utf8Decode(note) ?? '';
		const changed = utf8Encode(text.replace('1800000001', '1800000002'));
		expect(bringUnsigned(openedWorld(), changed).refusal).toBe(undefined);
		expect(bring(openedWorld(), changed, signedBy(context)).refusal?.rule).toBe('S7');
		expect(bring(openedWorld(), note, signedBy(context)).refusal).toBe(undefined);
	});
});

describe('spec/statements.md', () => {
	it('has exactly the rules that refusals name, with the same titles', () => {
		const text = readFileSync(new URL('../../../../spec/statements.md', import.meta.url), 'utf8');
		const stated = [...text.matchAll(/^### (S[0-9]+) · (.+)$/gm)].map(([, id, title]) => `${id} ${title}`);
		expect(stated).toEqual(Object.entries(RULES).map(([id, title]) => `${id} ${title}`));
	});
});
