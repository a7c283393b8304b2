/**
 * Peru 2021 as a rehearsal: every acta that was anything but plain and a sample of the plain ones, each through the whole pipeline in the two states that the source has, verified from the published folder
 * alone. The expected numbers are those of the source, added up here, or known of it. Where `../shared/data` is absent all of it is skipped, as the titles say.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '@matokeo/core/record/statement.ts';
import { returnKey } from '@matokeo/core/rules/rows.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Acta, FIELDS, peruSource, readActas } from '../src/peru/actas.ts';
import { CONTEST, NATION } from '../src/peru/election.ts';
import { type PeruInFolder, peruInFolder } from '../src/peru/inFolder.ts';
import { storyOf } from '../src/peru/story.ts';
import { matokeo } from './lib/matokeo.ts';

const source = peruSource();
const present = source !== undefined;
/** Of the plain actas, the part that is played. */
const EVERY = 60;

/** As they are known of the source; `voted` is not counted. */
const CLASSES = {
	'contested-votes': 471,
	'arithmetic-error': 399,
	'other-observations': 194,
	unsigned: 114,
	incomplete: 109,
	illegible: 66,
	'nullity-requested': 1,
};

type Votes = Readonly<Record<string, number>>;

interface Stage {
	readonly stations: number;
	readonly votes: Votes;
	readonly categories: Votes;
}

interface Area {
	readonly [count: string]: unknown;
	readonly quarantine: Stage;
	readonly stages: Readonly<Record<'reported' | 'verified', Stage>>;
}

/** Figures that are no number are no vote. */
function sums(figures: readonly (readonly Figure[])[]): Votes {
	return Object.fromEntries(
		FIELDS.slice(1).map((field, place) => [
			field,
			figures.reduce((sum, one) => sum + (typeof one[place + 1] === 'number' ? Number(one[place + 1]) : 0), 0),
		]),
	);
}

const together = ({ votes, categories }: Stage): Votes => ({ ...votes, ...categories });

function countBy<T>(all: readonly T[], name: (one: T) => string | undefined): Votes {
	const counts: Record<string, number> = {};
	for (const one of all) {
		const known = name(one);
		if (known !== undefined) counts[known] = (counts[known] ?? 0) + 1;
	}
	return counts;
}

const actas = source === undefined ? [] : readActas(source);

describe.skipIf(!present)('the source of Peru 2021 (skipped where ../shared/data is absent)', () => {
	it('has 86,488 actas, of which 2,069 differ in a candidate’s votes between the two states and 2,899 in any figure', () => {
		expect(actas).toHaveLength(86_488);
		const differ = (fields: readonly number[]) =>
			actas.filter(({ observed, resolved }) =>
				fields.some((field) => observed.figures[field] !== resolved.figures[field]),
			);
		expect(differ([1, 2])).toHaveLength(2_069);
		expect(differ([0, 1, 2, 3, 4, 5])).toHaveLength(2_899);
	});

	it('has the classes of observation, 1,648 actas pending on 15 June, and 220 annulled and 6 not installed at the end', () => {
		const stories = actas.map(storyOf);
		expect(countBy(stories, ({ first }) => (first.kind === 'form' ? first.exception : undefined))).toEqual(CLASSES);
		expect(countBy(stories, ({ first }) => first.kind)).toEqual({
			form: 84_691,
			resolution: 146,
			pending: 1_648,
			'not-installed': 3,
		});
		expect(countBy(actas, ({ resolved }) => resolved.observation)).toEqual({
			'CONTABILIZADAS NORMALES': 86_262,
			'ACTA ELECTORAL ANULADA': 220,
			'MESA NO INSTALADA': 6,
		});
	});

	it('ends with these figures, in which every acta adds up', () => {
		expect(sums(actas.map(({ resolved }) => resolved.figures))).toEqual({
			'peru-libre': 8_835_653,
			'fuerza-popular': 8_791_696,
			blank: 121_478,
			null: 1_107_809,
			contested: 0,
		});
		for (const { mesa, resolved } of actas) {
			const [voted, ...votes] = resolved.figures.map(Number);
			if (votes.reduce((sum, each) => sum + each, 0) !== voted)
				expect.fail(`the acta of table ${mesa} does not add up`);
		}
	});
});

describe.skipIf(!present)('Peru 2021, played in part (skipped where ../shared/data is absent)', () => {
	let dir = '';
	let part: readonly Acta[];
	let peru: PeruInFolder;
	let middle: Area;
	let middleReasons: Votes;
	let end: Area;

	const published = (): Area => {
		const results: { readonly areas: Readonly<Record<string, Area>> } = JSON.parse(
			readFileSync(join(peru.published, 'results', `${CONTEST}.json`), 'utf8'),
		);
		const area = results.areas[NATION];
		if (area === undefined) throw new Error('the results have no nation');
		return area;
	};
	const rowOf = ({ mesa }: Acta) => peru.log.rows().get('return', returnKey(CONTEST, mesa, 1));
	const reasons = () => countBy(part, (acta) => rowOf(acta)?.quarantine?.reason);

	beforeAll(async () => {
		part = actas.filter((acta, place) => {
			const { first, later } = storyOf(acta);
			return first.kind !== 'form' || later.kind !== 'nothing' || place % EVERY === 0;
		});
		dir = mkdtempSync(join(tmpdir(), 'matokeo-peru-'));
		peru = peruInFolder(nativeSuite(), part, dir);
		await peru.observed();
		middle = published();
		middleReasons = reasons();
		await peru.resolved();
		end = published();
	}, 120_000);
	afterAll(() => {
		peru.log.close();
		rmSync(dir, { recursive: true });
	});

	it('R21 has in the middle every class in quarantine, beside the totals, with the votes at stake', () => {
		expect(middleReasons).toEqual(CLASSES);
		const away = part
			.map(storyOf)
			.flatMap(({ acta, first }) =>
				first.kind === 'form' && first.exception !== undefined ? [{ acta, figures: first.figures }] : [],
			);
		expect(middle).toMatchObject({ due: part.length, quarantined: away.length, missing: 1_651, discrepant: 0 });
		expect(middle.quarantine.stations).toBe(away.length);
		// A form of which a counted figure cannot be read states no figures that could be added up.
		const readable = away.filter(({ figures }) => figures.slice(1).every((figure) => typeof figure === 'number'));
		expect(together(middle.quarantine)).toEqual(sums(readable.map(({ figures }) => figures)));
	});

	it('has in the middle the figures of what was counted on 15 June, and nothing else', () => {
		const counted = part.map(storyOf).flatMap(({ first }) => {
			if (first.kind === 'resolution') return [first.figures];
			return first.kind === 'form' && first.exception === undefined ? [first.figures] : [];
		});
		expect(middle.stages.verified.stations).toBe(counted.length);
		expect(together(middle.stages.verified)).toEqual(sums(counted));
	});

	it('ends with the totals of the resolved state exactly, nothing in quarantine, the six tables without election missing', () => {
		expect(reasons()).toEqual({});
		expect(together(end.stages.verified)).toEqual(sums(part.map(({ resolved }) => resolved.figures)));
		expect(end.stages.verified.stations).toBe(part.length - 6);
		expect(end).toMatchObject({ missing: 6, quarantined: 0, disregarded: 0, as_written: 0, discrepant_open: 0 });
		const installed = part.filter(({ resolved }) => resolved.observation !== 'MESA NO INSTALADA');
		for (const acta of part.filter((one) => !installed.includes(one))) {
			const unit = peru.log.rows().get('unit', `${CONTEST}|${acta.mesa}`);
			expect(unit, acta.mesa).toMatchObject({ status: 'not-opened', reason: 'not-installed' });
		}
	});

	it('S42 has an order of the jury behind every figure that replaced another, and keeps both documents', () => {
		const replaced = part.map(storyOf).filter(({ later }) => later.kind === 'second' && later.replaces);
		expect(replaced).toHaveLength(1_258);
		for (const { acta } of replaced) {
			const row = rowOf(acta);
			expect(row?.captures, acta.mesa).toHaveLength(2);
			const order = peru.log.rows().get('order', row?.substitute?.order ?? '');
			expect(order, acta.mesa).toMatchObject({ court: 'jee', by: ['court/jee'], state: 'in-force' });
		}
	});

	it('is replayed by the verifier from what is published, against the anchor, to the same totals', async () => {
		const ran = await matokeo('verify', peru.published, '--anchor', peru.anchor, '--json');
		expect(ran.code, ran.stderr.slice(-2000)).toBe(0);
		const report: {
			readonly verdict: string;
			readonly anchored: boolean;
			readonly checks: readonly { readonly name: string; readonly failed: number }[];
			readonly contests: Readonly<Record<string, Area>>;
		} = JSON.parse(ran.stdout);
		expect(report).toMatchObject({ verdict: 'verified', anchored: true });
		for (const check of report.checks) expect(check, check.name).toMatchObject({ failed: 0 });
		const contest = report.contests[CONTEST];
		expect(contest).toMatchObject({ due: part.length, missing: 6, quarantined: 0, discrepant_open: 0 });
		expect(contest?.stages.verified).toEqual(end.stages.verified);
	}, 60_000);
});
