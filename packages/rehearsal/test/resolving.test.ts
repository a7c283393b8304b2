/**
 * Forms with an exception, and what becomes of them: in quarantine for their own reason, beside the totals, until a further document or none is decided upon. The forms are the first of
 * `examples/bolivia-2019`; the exceptions and the second documents are made up.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { printVerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { returnKey } from '@matokeo/core/rules/rows.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearsalKey } from '../src/keys.ts';
import { chanceOf } from '../src/play/chance.ts';
import { serialOf } from '../src/play/images.ts';
import { inProcess } from '../src/play/inProcess.ts';
import { enrolAll, keysInMemory } from '../src/play/opening.ts';
import { peopleOf } from '../src/play/people.ts';
import { playResolutions, type Resolving } from '../src/play/resolving.ts';
import { speaker } from '../src/play/speaking.ts';
import type { Arriving, Stage } from '../src/play/stage.ts';
import { type FormFigures, readFigureTable } from '../src/play/tables.ts';
import { playWave } from '../src/play/wave.ts';

const EXAMPLE = fileURLToPath(new URL('../../../examples/bolivia-2019/', import.meta.url));
const CONTEST = 'president';
const REASON = 'under-question';
const ELECTION = 'bo-2019-rehearsal';
const COURT_KEY = 'court/1';
const BASIS = 'decision';
const CLERKS = 7;
const suite = nativeSuite();
const dir = mkdtempSync(join(tmpdir(), 'matokeo-resolving-'));
const image = (name: string): Uint8Array => Buffer.from(`a form: ${name}`);

interface Night {
	readonly stage: Stage;
	readonly log: OpenedLog;
	readonly papers: readonly FormFigures[];
}

/** The example with a court whose key is a rehearsal key, and a basis for its orders. */
function withCourt(example: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
	const files = new Map(example);
	files.delete(MANIFEST);
	const written: Record<string, object> = JSON.parse(Buffer.from(files.get('election.json') ?? '').toString('utf8'));
	const { publicKey } = rehearsalKey(suite, ELECTION, COURT_KEY);
	const key = printVerifierKey(verifierKey(suite, COURT_KEY, 1, publicKey));
	const text = { en: 'For the test' };
	const courts = [{ id: 'court-1', name: text, keys: [{ key, holder: COURT_KEY }] }];
	const codes = { ...written['codes'], order: [{ id: BASIS, text, citation: 'assumption' }] };
	const law = { ...written, codes, proceedings: { courts, clocks: [], grounds: [] } };
	files.set('election.json', Buffer.from(JSON.stringify(law)));
	return files.set(MANIFEST, makeManifest(suite, files).bytes);
}

async function openNight(): Promise<Night> {
	const files = withCourt((await readPackageFolder(join(EXAMPLE, 'package'))).files);
	const loaded = loadElection(suite, files);
	if (!loaded.ok) throw new Error('the example has problems');
	const election: Election = loaded.value;
	const table = readFigureTable(election, 'forms.csv', readFileSync(join(EXAMPLE, 'forms.csv')));
	if (!table.ok) throw new Error('the example has problems');
	const papers = [...table.value.values()].slice(0, 6);
	const keyOf = keysInMemory((name) => rehearsalKey(suite, election.id, name));
	const { name, keyId, sign } = keyOf(election.log.key.name);
	const log = openLog({
		dir,
		suite,
		election,
		packageFiles: files,
		store: openSqliteStore(join(dir, 'matokeo.sqlite')),
		signer: { name, keyId, sign },
		clock: () => 1_571_616_000,
	});
	const people = peopleOf(election, CLERKS, keyOf);
	const say = speaker(suite, election);
	const room = { suite, people, chance: chanceOf(suite, 'resolving'), say, misreads: 0 };
	const stage: Stage = { suite, election, log: inProcess(log), room, last: new Map<string, StatementId>() };
	await enrolAll(
		election,
		papers.map(({ station }) => station),
		stage.log,
		say,
		people,
		keyOf,
	);
	return { stage, log, papers };
}

function rowOf({ log, papers }: Night, place: number) {
	const row = log.rows().get('return', returnKey(CONTEST, stationAt(papers, place), 1));
	if (row === undefined) throw new Error('there is no such return');
	return row;
}

function stationAt(papers: readonly FormFigures[], place: number): string {
	return papers[place]?.station ?? '';
}

function paperAt(papers: readonly FormFigures[], place: number): FormFigures {
	const paper = papers[place];
	if (paper === undefined) throw new Error('the example has too few forms');
	return paper;
}

/** One vote more in the second field of the form. */
function other(paper: FormFigures): FormFigures {
	const figures = paper.figures.map((figure, at) => (at === 1 && typeof figure === 'number' ? figure + 1 : figure));
	return { ...paper, figures, sheet: 2 };
}

const court = (paper: FormFigures): Arriving => ({
	paper,
	reported: undefined,
	document: { kind: 'court', route: 'court' },
});

describe('exceptions and further documents', () => {
	let night: Night;
	beforeAll(async () => {
		night = await openNight();
		const { stage, papers } = night;
		const illegible = paperAt(papers, 1).figures.map((figure, at) => (at === 1 ? ('illegible' as const) : figure));
		const arriving = papers.map((paper, place): Arriving => {
			if (place === 0 || place === 5) return { paper, reported: paper, exception: REASON };
			if (place !== 1) return { paper, reported: paper };
			const smudged = { ...paper, figures: illegible };
			return { paper: smudged, reported: smudged, exception: REASON };
		});
		const tally = await playWave(
			stage,
			arriving,
			papers.map(({ station }) => image(station)),
		);
		expect(tally).toMatchObject({ captures: 6, readings: 12, rulings: 3 });
		await stage.log.publish();
	});
	afterAll(() => {
		night.log.close();
		rmSync(dir, { recursive: true });
	});

	it('put a return in quarantine for the reason of its own, and rule on nothing else', () => {
		for (const place of [0, 1])
			expect(rowOf(night, place).quarantine, `${place}`).toEqual({ reason: REASON, review: 0 });
		for (const place of [2, 3, 4]) expect(rowOf(night, place).quarantine, `${place}`).toBeUndefined();
	});

	it('S28 have other clerks read a further document of the same return, and say so when none is left', async () => {
		const { stage, papers } = night;
		const third = { ...paperAt(papers, 4), sheet: 3 };
		const resolving = [
			{ contest: CONTEST, station: third.station, document: court(third), replaces: false, release: false },
		];
		await expect(playResolutions(stage, resolving, [image('third')])).rejects.toThrow(/7 clerks are too few/);
	});

	it('take the figures of a second document where it is decided so, and end the quarantine', async () => {
		const { stage, papers } = night;
		const about = (place: number) => ({ contest: CONTEST, station: stationAt(papers, place) });
		const second = (place: number) => other(paperAt(papers, place));
		const resolving: readonly Resolving[] = [
			{ ...about(0), replaces: false, release: true },
			{ ...about(1), document: court(second(1)), replaces: true, release: true },
			{ ...about(2), document: court(second(2)), replaces: true, release: false },
			{ ...about(3), document: court({ ...paperAt(papers, 3), sheet: 2 }), replaces: false, release: false },
		];
		const tally = await playResolutions(
			stage,
			resolving,
			[1, 2, 3].map((place) => image(`second ${place}`)),
		);
		expect(tally).toMatchObject({ captures: 3, withoutFigures: 3, readings: 6, rulings: 4 });
		const accepted = (place: number) => {
			const { captures, selected } = rowOf(night, place);
			return captures.find(({ id }) => selected === undefined || id === selected)?.accepted?.figures;
		};
		for (const place of [0, 1, 2, 3, 4]) expect(rowOf(night, place).quarantine, `${place}`).toBeUndefined();
		for (const place of [0, 3, 4]) expect(accepted(place), `${place}`).toEqual(paperAt(papers, place).figures);
		for (const place of [1, 2]) expect(accepted(place), `${place}`).toEqual(second(place).figures);
		const { differences = [], settled } = rowOf(night, 2);
		expect(differences).not.toEqual([]);
		expect(settled).toBe(differences.length);
		expect(rowOf(night, 3).differences, 'a document that says the same opens nothing').toBeUndefined();
	});

	it('S42 let a court put the figures of its document in place and admit the return: nothing stays open', async () => {
		const { stage, papers } = night;
		const document = court(other(paperAt(papers, 5)));
		const key = rehearsalKey(suite, ELECTION, COURT_KEY);
		const ordered = { court: 'court-1', key, basis: BASIS, citation: '1/2019', decided: 1_571_616_000 };
		const about = { contest: CONTEST, station: stationAt(papers, 5), replaces: true, release: true, ordered };
		const tally = await playResolutions(stage, [{ ...about, document }], [image('of the court')]);
		expect(tally).toMatchObject({ captures: 1, readings: 2, rulings: 0, orders: 2 });
		const { captures, differences = [], quarantine, settled, substitute } = rowOf(night, 5);
		expect(quarantine).toBeUndefined();
		expect(captures.find(({ id }) => id === substitute?.capture)?.accepted?.figures).toEqual(document.paper.figures);
		expect(differences).not.toEqual([]);
		expect(settled).toBe(differences.length);
		await expect(playResolutions(stage, [about], [])).rejects.toThrow(/needs its document/);
	});

	it('refuse to decide about a return of which nothing was remembered', async () => {
		const { stage } = night;
		const unknown = { contest: CONTEST, station: 'nowhere', replaces: false, release: true };
		await expect(playResolutions(stage, [unknown], [])).rejects.toThrow(/nothing is known/);
	});

	it('print the number of a further document on it, within the length of a serial (S4)', () => {
		const form = { contest: 'a-contest-with-a-long-name', station: '000123456789' };
		expect(serialOf(form)).toHaveLength(32);
		expect(serialOf({ ...form, sheet: 2 })).toMatch(/^.{30}\/2$/);
	});
});
