/**
 * The lawful election served and counted, so that something can be marked, certified and declared: returns are held, read and verified, and time passes when a test says so, since no witness is asked.
 */

import { commitmentOf, type Transcription } from '@matokeo/core/record/commitment.ts';
import type { EnrolledKey, Figures } from '@matokeo/core/record/statement.ts';
import { base64Encode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { lawfulElection } from '@matokeo/core/testing/lawfulElection.ts';
import { AUTHORITY, ORIGIN, REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import type { LogParts, OpenedLog } from '../../src/app/openedLog.ts';
import type { LogService } from '../../src/app/service.ts';
import { imageOf, keyOf, openIn, presidential, type Spoken, START, sayIn, suite, type Unsaid } from './world.ts';

const lawful = lawfulElection();
export const { election: lawfulLog, files: lawfulFiles } = lawful;

/** A lawful log's keys: those of the small election, and the officers of its regions. */
export function sayLawful(statement: Unsaid, ...names: readonly string[]): Spoken {
	return sayIn(lawfulLog, statement, ...names);
}

/** Returning officer of an area of the presidential contest, or of the council. */
const OFFICERS: Readonly<Record<string, EnrolledKey['scope']>> = {
	'ro/land': { area: 'land', contest: 'president' },
	'ro/north': { area: 'north', contest: 'president' },
	'ro/south': { area: 'south', contest: 'president' },
	'ro/abroad': { area: 'abroad', contest: 'president' },
	'ro/council': { area: 'north', contest: 'council' },
};

export const LAWFUL_STATIONS = [...lawfulLog.stations.keys()];

export function lawfulBeginning(): readonly Spoken[] {
	const enrolled = (name: string, role: EnrolledKey['role'], scope: EnrolledKey['scope']): EnrolledKey => ({
		holder: `holder-of-${name.replaceAll('/', '-')}`,
		key: base64Encode(keyOf(name).publicKey),
		name,
		role,
		scope,
	});
	const keys = [
		...LAWFUL_STATIONS.map((station) => enrolled(`po/${station}`, 'presiding-officer', { station })),
		...['clerk/1', 'clerk/2'].map((name) => enrolled(name, 'clerk', {})),
		...Object.entries(OFFICERS).map(([name, scope]) => enrolled(name, 'returning-officer', scope)),
	];
	return [
		sayLawful({ type: 'election/open', origin: ORIGIN }, AUTHORITY[0], AUTHORITY[1]),
		sayLawful({ type: 'key/enrol', keys }, REGISTRARS[0], REGISTRARS[1]),
	];
}

const FIGURES = presidential(50, 40, 30, 2);

export interface Form {
	readonly capture: Spoken;
	readonly image: Uint8Array;
	readonly readings: readonly (Spoken & { readonly transcription: Transcription })[];
}

/** A form of the presidential contest and what two clerks read in it. */
export function formAt(station: string, figures: Figures = FIGURES): Form {
	const image = imageOf(`${station} ${JSON.stringify(figures)}`);
	const images = [{ kind: 'original', sha256: suite.sha256Hex(image), size: image.length }];
	const capture = sayLawful(
		{
			type: 'form/capture',
			contest: 'president',
			images,
			kind: 'original',
			poll: 1,
			route: 'own-kit',
			station,
			figures,
		},
		`po/${station}`,
	);
	const readings = ['clerk/1', 'clerk/2'].map((clerk) => {
		const salt = suite.sha256Hex(utf8Encode(`${capture.id} ${clerk}`));
		const transcription: Transcription = { attributes: {}, figures, legibility: 'good', salt };
		const commitment = commitmentOf(suite, capture.id, clerk, transcription);
		return { ...sayLawful({ type: 'form/reading', capture: capture.id, commitment }, clerk), transcription };
	});
	return { capture, image, readings };
}

/** A lawful log in a folder, by a clock that a test moves. */
export function lawfulIn(dir: string, parts: Partial<LogParts> = {}) {
	const time = { now: START };
	const opened = openIn(dir, {
		election: lawfulLog,
		packageFiles: lawfulFiles,
		clock: () => time.now,
		...parts,
	});
	const count = async (stations: readonly string[]): Promise<void> => {
		const forms = stations.map((station) => formAt(station));
		opened.log.append(forms.map(({ capture }) => capture.bytes));
		await opened.log.hold(forms.map(({ image }) => image));
		opened.log.announceHeld();
		opened.log.append(forms.flatMap(({ readings }) => readings.map(({ bytes }) => bytes)));
		const all = forms.flatMap(({ readings }) => readings);
		openAll(opened.log, all);
	};
	return { ...opened, time, count };
}

export function lawfulCounted(dir: string, stations: readonly string[] = LAWFUL_STATIONS) {
	const opened = lawfulIn(dir);
	opened.log.append(lawfulBeginning().map(({ bytes }) => bytes));
	return opened.count(stations).then(() => opened);
}

/** The same through a service, as over HTTP: every form is in, held, read by two and verified when this ends. */
export async function countThrough({ submit, log }: LogService, stations: readonly string[] = LAWFUL_STATIONS) {
	const forms = stations.map((station) => formAt(station));
	await submit(forms.map(({ capture }) => capture.bytes));
	await log.hold(forms.map(({ image }) => image));
	log.announceHeld();
	const readings = forms.flatMap((form) => form.readings);
	await submit(readings.map(({ bytes }) => bytes));
	openAll(log, readings);
}

function openAll(log: OpenedLog, readings: Form['readings']): void {
	const delivered = log.deliverOpenings(readings.map(({ id, transcription }) => ({ reading: id, transcription })));
	for (const one of delivered) if (!one.ok) throw new Error(one.error.why);
	log.openReadings();
}
