/**
 * A part of Kenya 2017 rehearsed to its end: every form of five counties, the diaspora and the prisons through the whole pipeline, certificates of every constituency and of the nation, the declaration, the petition and the
 * order that annulled it; then verified from the published folder alone. The expected figures are those of the example's tables, summed here.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actsOf, contestRow, objectionsOf, ordersOf } from '@matokeo/core/rules/chains.ts';
import { collationKey, type RowReader } from '@matokeo/core/rules/rows.ts';
import { timelinessOf } from '@matokeo/core/standings/lateness.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { type Played, rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import type { Happened } from '@matokeo/rehearsal/proceed/proceed.ts';
import { plainStory, type Story } from '@matokeo/rehearsal/proceed/story.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTAL, portalConstituencies, SLIPS, votesIn, withVotes } from './compare/lib/kenyaPortal.ts';
import { hasShared } from './compare/lib/shared.ts';
import { type KenyaPart, kenyaPart } from './lib/kenyaPart.ts';
import { matokeo } from './lib/matokeo.ts';

/** Lamu, Isiolo, Samburu, Taita Taveta, Kirinyaga; Vihiga, where the winner has less than a quarter. */
const COUNTIES = ['county/005', 'county/011', 'county/025', 'county/006', 'county/020', 'county/038'];
const CONTEST = 'president';
/** 8 August 2017, 14:00 in Nairobi. */
const START = 1_502_190_000;
const suite = nativeSuite();
const folders: string[] = [];

let part: KenyaPart;
let night: Night;
let rows: RowReader;
const steps: Happened[] = [];

interface Night {
	readonly dir: string;
	readonly log: OpenedLog;
	readonly played: Played;
}

async function play({ election, files, forms }: KenyaPart, story: Story): Promise<Night> {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-kenya-'));
	folders.push(dir);
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const clock = clockFrom(START);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const log = openLog({
		dir,
		suite,
		election,
		packageFiles: files,
		store,
		signer: { name, keyId, sign },
		clock: clock.now,
	});
	const plan = { suite, election, reports: forms, forms: new Map(), seed: 'kenya', clerks: 20, misreads: 5, clock };
	const watching = { happened: (one: Happened) => void steps.push(one) };
	const played = await rehearse({ ...plan, story, watching }, inProcess(log, { suite, election, clock }));
	return { dir, log, played };
}

beforeAll(async () => {
	part = await kenyaPart(COUNTIES);
	night = await play(part, part.story);
	rows = night.log.rows();
}, 120_000);
afterAll(() => {
	night.log.close();
	for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

function fieldsOf(): readonly string[] {
	const contest = part.election.contests.get(CONTEST);
	return contest?.fields.flatMap(({ id, counted }) => (counted ? [id] : [])) ?? [];
}

function sumOf(stations: (station: string) => boolean): readonly number[] {
	const contest = part.election.contests.get(CONTEST);
	const counted = contest?.fields.flatMap((field, place) => (field.counted ? [place] : [])) ?? [];
	const forms = [...part.forms.values()].filter(({ station }) => stations(station));
	return counted.map((place) => forms.reduce((sum, { figures }) => sum + Number(figures[place]), 0));
}

interface Results {
	readonly areas: Readonly<Record<string, { readonly stages: { readonly verified: Stage; readonly collated: Stage } }>>;
}
interface Stage {
	readonly votes: Readonly<Record<string, number>>;
	readonly categories: Readonly<Record<string, number>>;
}

describe('Kenya 2017, a part, rehearsed to its end', () => {
	it('plays every form, every certificate and the whole story', () => {
		const constituencies = [...part.election.areas.values()].filter(({ level }) => level === 'constituency').length;
		const { played } = night;
		expect(played.forms).toBe(part.forms.size);
		expect(played.proceeded).toMatchObject({
			marks: constituencies + 1,
			certificates: constituencies + 1,
			declarations: 1,
			dissents: 1,
			objections: 6,
			answers: 7,
			notices: 4,
			orders: 1,
		});
		expect(steps.length).toBe(part.story.steps.length);
	});

	it('has in every ward what the portal showed of it', () => {
		const results: Results = JSON.parse(readFileSync(join(night.dir, 'public/results/president.json'), 'utf8'));
		expect(part.wards.length).toBeGreaterThan(100);
		for (const ward of part.wards) {
			const { votes, categories } = results.areas[ward['ward'] ?? '']?.stages.verified ?? { votes: {}, categories: {} };
			const both: Readonly<Record<string, number>> = { ...votes, ...categories };
			for (const field of fieldsOf()) expect(both[field] ?? 0, `${ward['ward']} ${field}`).toBe(Number(ward[field]));
		}
	});

	it('declares what the forms say, four of seven signing one note, and who is elected', () => {
		const { declaration = '' } = contestRow(rows, CONTEST);
		const act = rows.get('act', declaration);
		const mark = rows.get('mark', act?.mark ?? '');
		expect(act?.by).toEqual(['authority/1', 'authority/2', 'authority/3', 'authority/4']);
		expect(mark?.totals).toEqual(sumOf(() => true));
		expect(mark?.outcome).toEqual({ kind: 'elected', candidate: 'kenyatta' });
		expect(mark?.counts).toMatchObject({
			counted: part.forms.size,
			missing: part.election.stations.size - part.forms.size,
			uncertified: 0,
		});
	});

	it('has at least 25 % in five of six counties, and says of the sixth that it has not', () => {
		const shareIn = (county: string) => {
			const [area] = part.election.areas.get(county)?.id.split('/').slice(-1) ?? [];
			const votes = sumOf((station) => station.startsWith(area ?? '?'));
			const named = Object.fromEntries(fieldsOf().map((field, place) => [field, votes[place] ?? 0]));
			const valid = Object.entries(named).reduce((sum, [field, count]) => sum + (field === 'rejected' ? 0 : count), 0);
			return 4 * (named['kenyatta'] ?? 0) >= valid;
		};
		const counties = COUNTIES.filter((id) => id.startsWith('county/'));
		expect(counties.filter(shareIn)).toEqual(counties.filter((id) => id !== 'county/038'));
	});

	it('certifies every constituency on its stations, and the nation on its constituencies', () => {
		const contest = part.election.contests.get(CONTEST);
		const collated = rows.get('collation', collationKey(CONTEST, contest?.scope ?? ''))?.collated;
		expect(collated?.votes).toEqual(sumOf(() => true));
		const certificates = [...actsOf(rows, CONTEST)].filter(({ row }) => row.kind === 'certificate');
		expect(new Set(certificates.map(({ row }) => row.area)).size).toBe(night.played.proceeded.certificates);
	});

	it('keeps an objection without standing and one that came late, each marked so', () => {
		const objections = [...objectionsOf(rows, CONTEST)].map(({ row }) => row);
		expect(objections.filter(({ standing }) => !standing).map(({ ground }) => ground)).toEqual(['forms-differ']);
		const clock = part.election.proceedings.clocks.find(({ id }) => id === 'petition');
		const { declaration = '' } = contestRow(rows, CONTEST);
		const start = rows.get('act', declaration);
		const timed = objections
			.filter(({ ground }) => ground === 'petition')
			.map((row) => (clock === undefined ? undefined : timelinessOf(rows, clock, row, start)));
		expect(timed.map((one) => [one?.provable, one?.by_log])).toEqual([
			['late', 'late'],
			['in-time', 'in-time'],
		]);
	});

	it('ends annulled, by the court’s own key', () => {
		const [order] = [...ordersOf(rows, CONTEST)];
		expect(contestRow(rows, CONTEST).annulled).toBe(order?.id);
		expect(order?.row).toMatchObject({ court: 'supreme-court', by: ['court/supreme'], state: 'in-force' });
	});

	it('is verified by a stranger from the folder and the digest', async () => {
		const ran = await matokeo('verify', join(night.dir, 'public'), '--anchor', part.election.digest, '--json');
		expect(ran.code, ran.stdout.slice(0, 3000)).toBe(0);
		expect(JSON.parse(ran.stdout).verdict).toBe('verified');
	}, 60_000);
});

describe.skipIf(!hasShared(PORTAL))(
	'R15 the portal’s constituencies beside this log (skipped where ../shared/data is absent)',
	() => {
		const SLIPPED = 20;
		let folder = '';
		const compare = async (portal: object): Promise<{ readonly code: number; readonly report: ComparedReport }> => {
			const file = join(folder, 'portal.json');
			writeFileSync(file, JSON.stringify(portal));
			const given = ['--level', 'constituency', '--anchor', part.election.digest, '--json'];
			const ran = await matokeo('compare', file, join(night.dir, 'public'), ...given);
			expect(ran.stderr).toBe('');
			return { code: ran.code, report: JSON.parse(ran.stdout) };
		};
		const own = () => {
			const areas = part.election.areas;
			return portalConstituencies((number) => areas.has(`constituency/${number.slice(-3)}`));
		};
		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), 'matokeo-portal-'));
			folders.push(folder);
		});

		it('are all the same, area by area', async () => {
			const portal = own();
			const { code, report } = await compare(portal);
			const n = Object.keys(portal).length;
			expect(n).toBeGreaterThanOrEqual(SLIPPED + 2);
			expect(report).toMatchObject({ matched: n, same: n, differing: 0, only_in_a: 0, only_in_b: 0 });
			expect(report.verdict).toMatchObject({ comparable: 'areas' });
			expect(code).toBe(0);
		}, 60_000);

		it('show each of twenty planted slips, and with what it is consistent', async () => {
			const portal = own();
			const numbers = Object.keys(portal).sort();
			const slipped = numbers.slice(0, SLIPPED).map((number, place): readonly [string, object, string] => {
				const info = portal[number];
				const next = portal[numbers[place + 1] ?? ''];
				const slip = SLIPS[place % SLIPS.length];
				if (info === undefined || next === undefined || slip === undefined)
					throw new Error('a constituency is missing');
				return [number, withVotes(info, slip.make(votesIn(info), votesIn(next))), slip.pattern];
			});
			const changed = Object.fromEntries(slipped.map(([number, info]) => [number, info]));
			const { code, report } = await compare({ ...portal, ...changed });
			expect([code, report.differing, report.verdict.findings]).toEqual([1, SLIPPED, []]);
			const found = new Map(report.stations.map(({ key, patterns }) => [key, patterns]));
			for (const [number, , pattern] of slipped)
				expect(found.get(`constituency/${number.slice(-3)}`), `${number} ${pattern}`).toContain(pattern);
		}, 60_000);
	},
);

interface ComparedReport {
	readonly differing: number;
	readonly verdict: { readonly comparable: string; readonly findings: readonly unknown[] };
	readonly stations: readonly { readonly key: string; readonly patterns: readonly string[] }[];
}

describe('Kenya 2017, one county, where what is outstanding could change the outcome', () => {
	it('certifies by itself what the law of the package asks for, and declares nothing', async () => {
		const lamu = await kenyaPart(['county/005']);
		const some = new Map([...lamu.forms].slice(0, 100));
		const { log, played } = await play({ ...lamu, forms: some }, plainStory(lamu.election));
		expect(played.proceeded).toMatchObject({ certificates: 5, declarations: 0, originals: 0, objections: 0 });
		const { declaration, act = '' } = contestRow(log.rows(), CONTEST);
		expect([declaration, log.rows().get('act', act)?.kind]).toEqual([undefined, 'certificate']);
		expect(steps.at(-1)).toMatchObject({ told: { step: { kind: 'declaration' } }, did: {} });
		expect(steps.at(-1)?.declared).toBeUndefined();
		log.close();
	}, 60_000);
});
