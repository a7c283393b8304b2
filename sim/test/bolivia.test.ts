/**
 * The main job on real input: Bolivia 2019, 34,555 tables, played from the published figures and verified from the published folder alone. The expected numbers are
 * those of the public records (`examples/bolivia-2019/README.md`), not of this code.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeDemoCopies } from './acceptance/lib/demo/folders.ts';
import { openServersOnTheDemo } from './acceptance/lib/demo/openServers.ts';
import { type Report as PublicReport, publicRecordOnTheDemo } from './acceptance/lib/demo/publicRecord.ts';
import { servedOnTheDemo } from './acceptance/lib/demo/served.ts';
import { snapshotsOnTheDemo } from './compare/lib/snapshotsOnTheDemo.ts';
import { BOLIVIA, emptyFolder, matokeo, type Ran } from './lib/matokeo.ts';

const FULL = 34_555;
const PAUSED = 28_975;

interface Report {
	readonly verdict: string;
	readonly anchored: boolean;
	readonly checks: readonly {
		readonly name: string;
		readonly checked: number;
		readonly failed: number;
		readonly problems: readonly unknown[];
	}[];
	readonly contests: Readonly<Record<string, Contest>>;
}

interface Contest {
	readonly due: number;
	readonly missing: number;
	readonly quarantined: number;
	readonly discrepant: number;
	readonly discrepant_open: number;
	readonly stages: Readonly<Record<'reported' | 'verified' | 'collated', Stage>>;
	readonly outcome: {
		readonly decided: unknown;
		readonly conditions: readonly {
			readonly id: string;
			readonly state: string;
			readonly sentence: string;
			readonly candidates: Readonly<Record<string, string>>;
		}[];
	};
}

interface Declared extends Stage {
	readonly annulled?: string;
}

interface Stage {
	readonly stations: number;
	readonly votes: Readonly<Record<string, number>>;
	readonly categories: Readonly<Record<string, number>>;
}

const folders: string[] = [];
afterAll(() => {
	removeDemoCopies();
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function play(...options: readonly string[]): Promise<{ readonly dir: string; readonly ran: Ran }> {
	const dir = emptyFolder('bolivia');
	folders.push(dir);
	return { dir, ran: await matokeo('demo', ...options, '--no-serve', '--out', dir) };
}

async function digestOf(folder: string): Promise<string> {
	return /[0-9a-f]{64}/.exec((await matokeo('election', 'digest', folder)).stdout)?.[0] ?? '';
}

async function verified(dir: string): Promise<{ readonly report: Report & PublicReport; readonly anchor: string }> {
	const anchor = await digestOf(join(BOLIVIA, 'package'));
	const ran = await matokeo('verify', join(dir, 'public'), '--anchor', anchor, '--json');
	expect(ran.stderr.replaceAll(/^.*(left|\d s)$/gm, '').trim()).toBe('');
	expect(ran.code).toBe(0);
	const report: Report & PublicReport = JSON.parse(ran.stdout);
	return { report, anchor };
}

function president(report: Report): Contest {
	const contest = report.contests['president'];
	if (contest === undefined) throw new Error(`no contest "president" in ${Object.keys(report.contests).join(', ')}`);
	return contest;
}

describe('Bolivia 2019, played to the end', () => {
	let dir = '';
	let said = '';
	let report: Report & PublicReport;
	let anchor = '';
	beforeAll(async () => {
		const played = await play('--finish');
		expect(played.ran.code, played.ran.stderr).toBe(0);
		dir = played.dir;
		said = played.ran.stdout;
		({ report, anchor } = await verified(dir));
	}, 400_000);

	it('verifies against the anchor, with no check failing and none empty', () => {
		expect(report.verdict).toBe('verified');
		expect(report.anchored).toBe(true);
		for (const check of report.checks) expect(check, check.name).toMatchObject({ failed: 0, problems: [] });
	});

	it('has the official figures as verified, over all tables', () => {
		const { verified: stage } = president(report).stages;
		expect(stage.stations).toBe(FULL);
		expect(stage.votes).toMatchObject({ mas: 2_889_359, cc: 2_240_920, pdc: 539_081, '21f': 260_316 });
		expect(stage.categories).toEqual({ blank: 93_507, null: 229_337 });
	});

	it('keeps as reported what was reported', () => {
		const { reported } = president(report).stages;
		expect(reported.stations).toBe(FULL);
		expect(reported.votes).toMatchObject({ mas: 2_885_563, cc: 2_238_619, pdc: 537_999, '21f': 261_466 });
		expect(reported.categories).toEqual({ blank: 94_953, null: 229_269 });
	});

	it('counts 706 discrepant tables, none open, none missing, and flags the four that are all zero', () => {
		expect(president(report)).toMatchObject({
			due: FULL,
			missing: 0,
			quarantined: 0,
			discrepant: 706,
			discrepant_open: 0,
			flagged: 4,
		});
	});

	it('says what the result rule says of it', () => {
		const { conditions } = president(report).outcome;
		const over = conditions.find(({ id }) => id === 'over-half');
		const lead = conditions.find(({ id }) => id === 'forty-and-ten');
		expect(over?.state).toBe('cannot');
		expect(lead?.state).toBe('met');
		expect(lead?.candidates['mas']).toBe('met');
		expect(lead?.sentence).toContain('47.0758');
		expect(lead?.sentence).toContain('10.5649');
	});

	it('goes on to certificates of every department, a declaration of the same figures, and the law that annulled it', () => {
		const published: { readonly results: { readonly declared: Declared } } = JSON.parse(
			readFileSync(join(dir, 'public', 'results', 'president.json'), 'utf8'),
		);
		const { declared } = published.results;
		expect(president(report).stages.collated).toMatchObject({
			stations: FULL,
			votes: { mas: 2_889_359, cc: 2_240_920 },
		});
		expect(declared).toMatchObject({
			number: 1,
			outcome: { kind: 'elected', candidate: 'mas' },
			stations: FULL,
			votes: { mas: 2_889_359, cc: 2_240_920, pdc: 539_081 },
			categories: { blank: 93_507, null: 229_337 },
		});
		expect(declared.annulled).toMatch(/^[0-9a-f]{64}$/);
		for (const line of [
			/^2019-10-24 .* \(86 collations certified, level "department"\)$/m,
			/^2019-10-25 .*declared in the rehearsal, on 34,555 of 34,555 returns: .* is elected by the rule as counted/m,
			/^2019-11-24 .*Ley N° 1266 annuls the election \(order of "legislature": annul, Ley-1266\)$/m,
			/^ {2}87 marks in .* 87 certificates in .* 1 declaration, 1 dissent, 1 order$/m,
		])
			expect(said).toMatch(line);
	});

	snapshotsOnTheDemo(() => ({ dir, anchor }));

	publicRecordOnTheDemo(
		() => ({ dir, anchor }),
		() => report,
	);
	openServersOnTheDemo(() => ({ dir, anchor }));
	servedOnTheDemo(() => ({ dir, anchor }));
});

describe('Bolivia 2019, where publication was paused', () => {
	let report: Report;
	beforeAll(async () => {
		const { dir, ran } = await play('--until', String(PAUSED));
		expect(ran.code, ran.stderr).toBe(0);
		({ report } = await verified(dir));
	}, 400_000);

	it('has 5,580 tables missing and 549 discrepant, none open', () => {
		expect(president(report)).toMatchObject({ due: FULL, missing: FULL - PAUSED, discrepant: 549, discrepant_open: 0 });
		expect(president(report).stages.verified.stations).toBe(PAUSED);
	});

	it('leaves both conditions open and says why', () => {
		const { conditions, decided } = president(report).outcome;
		expect(decided).toBe('open');
		for (const id of ['over-half', 'forty-and-ten']) {
			const condition = conditions.find((one) => one.id === id);
			expect(condition?.state, id).toBe('open');
			expect(condition?.sentence, id).toContain('5,580');
		}
	});
});

describe('one figure changed in one form', () => {
	it('moves exactly that station and its areas', async () => {
		const until = '1000';
		const forms = readFileSync(join(BOLIVIA, 'forms.csv'), 'utf8').split('\n');
		const header = (forms[0] ?? '').split(',');
		const reports = readFileSync(join(BOLIVIA, 'reports.csv'), 'utf8').split('\n');
		const station = (reports[500] ?? '').split(',')[(reports[0] ?? '').split(',').indexOf('station')] ?? '';
		const row = forms.findIndex((line) => line.split(',')[header.indexOf('station')] === station);
		const cells = (forms[row] ?? '').split(',');
		const place = header.indexOf('cc');
		const before = Number(cells[place]);
		cells[place] = String(before + 1);
		const changed = emptyFolder('changed');
		folders.push(changed);
		const results = await Promise.all([
			playRows(join(changed, 'as-it-is'), forms.join('\n'), until),
			playRows(join(changed, 'changed'), forms.with(row, cells.join(',')).join('\n'), until),
		]);
		const [one, other] = results.map(({ areas }) => areas);
		const moved = Object.keys(one ?? {}).filter(
			(area) => JSON.stringify(one?.[area]) !== JSON.stringify(other?.[area]),
		);
		const stations = readFileSync(join(BOLIVIA, 'package', 'stations.csv'), 'utf8').split('\n');
		const lowest = stations.find((line) => line.startsWith(`${station},`))?.split(',')[1] ?? '';
		expect(moved.sort()).toEqual(chain(lowest).sort());
		for (const area of moved) {
			expect((other?.[area]?.stages.verified.votes['cc'] ?? 0) - (one?.[area]?.stages.verified.votes['cc'] ?? 0)).toBe(
				1,
			);
			expect(other?.[area]?.stages.reported).toEqual(one?.[area]?.stages.reported);
		}
	}, 300_000);
});

interface Published {
	readonly areas: Readonly<Record<string, { readonly stages: Readonly<Record<'reported' | 'verified', Stage>> }>>;
}

async function playRows(dir: string, forms: string, until: string): Promise<Published> {
	const { mkdirSync, writeFileSync } = await import('node:fs');
	mkdirSync(dir, { recursive: true });
	const file = join(dir, 'forms.csv');
	writeFileSync(file, forms);
	const out = join(dir, 'out');
	const given = [
		'--reports',
		join(BOLIVIA, 'reports.csv'),
		'--forms',
		file,
		'--until',
		until,
		'--start',
		'1571616000',
		'--out',
		out,
	];
	const ran = await matokeo('rehearse', join(BOLIVIA, 'package'), ...given);
	expect(ran.code, ran.stderr).toBe(0);
	const published: Published = JSON.parse(readFileSync(join(out, 'public', 'results', 'president.json'), 'utf8'));
	return published;
}

/** The area and everything above it. */
function chain(lowest: string): string[] {
	const parents = new Map(
		readFileSync(join(BOLIVIA, 'package', 'areas.csv'), 'utf8')
			.split('\n')
			.slice(1)
			.map((line) => line.split(','))
			.map(([id = '', , parent = '']) => [id, parent]),
	);
	const areas: string[] = [];
	for (let id = lowest; id !== ''; id = parents.get(id) ?? '') areas.push(id);
	return areas;
}
