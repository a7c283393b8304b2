/**
 * Reports of every history that the vectors tell, in both modes in which anything may be declared: none contradicts itself, its counts are those of the results, and `certified` stands only over figures that are a declaration's.
 */
import { readdirSync } from 'node:fs';
import { declaredResult } from '@matokeo/core/standings/declared.ts';
import { resultsOfArea } from '@matokeo/core/standings/results.ts';
import { type HistoryFile, playCase, readVectors } from '@matokeo/core/testing/rules/history.ts';
import { newProceeding, proceedOne } from '@matokeo/core/testing/rules/playerProceedings.ts';
import { describe, expect, it } from 'vitest';
import { checkNist } from '../../src/nist/check/checkNist.ts';
import { NIST_STAGES, type NistOptions, type NistSource } from '../../src/nist/report/source.ts';
import { sourceOf, written } from '../support/nistSource.ts';

interface Counted {
	readonly GpUnitId: string;
	readonly Count: number;
}
interface Read {
	readonly Status: string;
	readonly IsTest: boolean;
	readonly Notes: string;
	readonly GpUnit: readonly {
		readonly '@id': string;
		readonly SubUnitsReported?: number;
		readonly TotalSubUnits?: number;
	}[];
	readonly Election: readonly {
		readonly Candidate: readonly { readonly '@id': string; readonly PostElectionStatus?: string }[];
		readonly Contest: readonly {
			readonly '@id': string;
			readonly ContestSelection: readonly { readonly '@id': string; readonly VoteCounts?: readonly Counted[] }[];
		}[];
	}[];
}

function read(source: NistSource, options: Partial<NistOptions> = {}): Read {
	const { json } = written(source, options);
	const value: unknown = JSON.parse(json);
	expect(checkNist(value).findings).toEqual([]);
	return value as Read;
}

const FILES = readdirSync(new URL('../../../../vectors/histories/', import.meta.url));
const CASES = FILES.flatMap((file) => {
	const history = readVectors<HistoryFile>(`histories/${file}`);
	return history.cases.map((one) => ({ file, history, one, name: `${file}: ${one.name}` }));
});

/** Votes of a candidate in an area, as the report says them. */
function votesIn(report: Read, contest: string, candidate: string, unit: string): number | undefined {
	const selections = report.Election.flatMap(({ Contest }) => Contest).flatMap(
		({ ContestSelection }) => ContestSelection,
	);
	const selection = selections.find(({ '@id': id }) => id === `selection.${contest}_.${candidate}`);
	return selection?.VoteCounts?.find(({ GpUnitId }) => GpUnitId === unit)?.Count;
}

function sameAsResults(source: NistSource, report: Read): void {
	for (const contest of source.election.contests.values()) {
		const { stages } = resultsOfArea(source, contest, contest.scope);
		for (const { id } of contest.candidates) {
			const votes = votesIn(report, contest.id, id, `area.${contest.scope}`);
			expect(votes ?? 0).toBe(stages.verified.votes[id]);
			expect(votes === undefined).toBe(stages.verified.stations === 0);
		}
	}
}

describe('histories', () => {
	it.each(CASES)('E2 X $name', ({ history, one }) => {
		for (const mode of [one.mode ?? 'rehearsal', 'official'] as const) {
			const source = sourceOf(playCase(history, { ...one, mode }).world);
			const report = read(source);
			sameAsResults(source, report);
			expect(report.IsTest).toBe(mode === 'rehearsal');
			for (const contest of source.election.contests.values()) {
				const { Status, Election } = read(source, { contests: [contest], level: 'summary-contest' });
				const declared = declaredResult(source.rows, contest);
				const certified = Status === 'certified' || Status === 'correction';
				if (certified) {
					expect(mode).toBe('official');
					expect(declared?.votes).toEqual(resultsOfArea(source, contest, contest.scope).stages.verified.votes);
					expect([declared?.annulled, declared?.stayed]).toEqual([undefined, undefined]);
				}
				const told = Election.flatMap(({ Candidate }) => Candidate).map(({ PostElectionStatus: after }) => after ?? '');
				if (!certified) expect(told.filter((after) => after !== '' && after !== 'withdrawn')).toEqual([]);
			}
		}
	});
});

describe('a history at random', () => {
	it.each([1, 2, 3])('E2 X at every tenth step, every stage and level, seed %i', (seed) => {
		const player = newProceeding(seed);
		for (let step = 0; step < 120; step++) {
			proceedOne(player);
			if (step % 10 !== 0) continue;
			const source = sourceOf(player.world);
			sameAsResults(source, read(source));
			for (const stage of NIST_STAGES) read(source, { stage });
			const president = source.election.contests.get('president');
			if (president !== undefined) read(source, { contests: [president], area: 'north' });
		}
	});
});
