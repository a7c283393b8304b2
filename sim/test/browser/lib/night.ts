/**
 * The night of the browsers' election, played through a real log: forms in every state that a return can have, images that are published, withheld and sealed, and what officers and the authority said of stations from
 * which nothing came. What is missing stays to be played while a page is open.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Election } from '@matokeo/core/election/types.ts';
import type { Figure } from '@matokeo/core/record/statement.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type RehearsalKey, rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom, type RehearsalClock } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import type { FormFigures } from '@matokeo/rehearsal/play/tables.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import type { Synthetic } from '../../../src/synthetic/election.ts';
import { afterwards, enrolments, SEALED } from './afterwards.ts';
import { STATION } from './stations.ts';

/** Forms of the first and the second contest that come in, from the first station on. */
const CAME = [34, 18];
export const CLERKS = 4;
/** 20 October 2019, 20:00 in La Paz. */
const START = 1_571_616_000;

export interface Night extends Synthetic {
	readonly suite: Suite;
	readonly dir: string;
	readonly clock: RehearsalClock;
}

export function keyOf({ suite, election }: Pick<Night, 'suite' | 'election'>, name: string): RehearsalKey {
	return rehearsalKey(suite, election.id, name);
}

/** What the paper of a station says. */
export function figuresOf(election: Election, contest: string, station: string): readonly Figure[] {
	const fields = election.contests.get(contest)?.fields ?? [];
	const number = Number(station);
	return fields.map(({ id }, place) => {
		if (id === 'registered') return election.stations.get(station)?.registered ?? 0;
		if (id === 'rejected') return station === STATION.flagged ? 250 : number % 5;
		if (station === STATION.quarantined && place === 2) return 'illegible';
		if (station === STATION.asWritten && place === 1) return 700;
		return station === STATION.flagged ? 7 : ([0, 96, 82, 31, 12, 9][place] ?? 0);
	});
}

function formsOf(election: Election, isReport: boolean): ReadonlyMap<string, FormFigures> {
	const table = new Map<string, FormFigures>();
	for (const [place, contest] of [...election.contests.keys()].entries()) {
		for (const station of [...election.stations.keys()].slice(0, CAME[place])) {
			const figures = figuresOf(election, contest, station);
			const others = figures.map((figure, at) => (at === 1 && typeof figure === 'number' ? figure + 9 : figure));
			const differs = isReport && (station === STATION.discrepant || Number(station) % 14 === 0);
			table.set(`${contest}|${station}`, { contest, station, figures: differs ? others : figures });
		}
	}
	return table;
}

export async function playNight(suite: Suite, made: Synthetic, dir: string): Promise<Night> {
	const { election, files } = made;
	const night: Night = { ...made, suite, dir, clock: clockFrom(START) };
	for (const [path, bytes] of files) {
		mkdirSync(join(dir, 'package'), { recursive: true });
		writeFileSync(join(dir, 'package', path), bytes);
	}
	const store = openSqliteStore(folderOf(dir).database);
	const signer = keyOf(night, election.log.key.name);
	const log = openLog({ dir, suite, election, packageFiles: files, store, signer, clock: night.clock.now });
	const door = inProcess(log);
	const tables = { reports: formsOf(election, true), forms: formsOf(election, false) };
	await rehearse(
		{ suite, election, ...tables, seed: 'browsers', clock: night.clock, clerks: CLERKS, misreads: 80 },
		door,
	);
	await door.append(enrolments(night));
	await door.hold([SEALED]);
	await door.append(afterwards(night, log.record));
	await door.announce();
	await door.publish();
	log.close();
	return night;
}
