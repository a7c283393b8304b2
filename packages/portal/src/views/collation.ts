/**
 * The collation of contest × area (S34, S35): the sheet of the certificate in force, or of the latest mark, row by row beside what stands in the log now. Everything that is not counted is named
 * with its reason; certificates that were superseded stand beside those that came after them.
 */
import type { Sheet, SheetArea, SheetStation } from '@matokeo/core/collation/sheet.ts';
import { areaOf, chainAbove } from '@matokeo/core/election/geography.ts';
import type { Codes, Contest } from '@matokeo/core/election/types.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { stageAt } from '@matokeo/core/rules/marks.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { sameVotes } from '@matokeo/core/standings/returnView.ts';
import { areasBelow, sheetStations } from '@matokeo/core/standings/sheetRows.ts';
import type { RecordReader } from '../record.ts';
import { actViewOf, actViews } from './acts.ts';
import type { CollatedArea, CollatedStation, CollationView, SupersededView } from './collationTypes.ts';
import { type Frozen, frozenAt, frozenView, nowView } from './frozen.ts';
import { codeView, contestHead, namedArea, stampOf } from './heads.ts';
import { objectionLine } from './objections.ts';
import { orderLine } from './orders.ts';
import { pathTo } from './places.ts';
import type { ActView } from './proceedTypes.ts';
import { namedStation } from './said.ts';

/** `undefined` where the contest is neither certified nor declared. */
export function collationView(reader: RecordReader, contest: Contest, id: string): CollationView | undefined {
	const { election, rows } = reader;
	const stage = stageAt(election, contest, id);
	const area = election.areas.get(id);
	if (stage === undefined || area === undefined) return undefined;
	const row = collationRow(rows, contest.id, id);
	const certificate = actViewOf(reader, contest, row.certificate);
	const frozen = frozenAt(reader, certificate?.mark ?? row.mark);
	const latest = row.mark === undefined || row.mark === frozen?.id ? undefined : rows.get('mark', row.mark);
	const certificates = actViews(reader, contest, (act) => act.kind === 'certificate' && act.area === id);
	const above = areaAbove(reader, contest, id);
	const stays = [...(contestRow(rows, contest.id).stays ?? []), ...(row.stays ?? [])];
	const step = contest.collation.find(({ level }) => level === area.level);
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		area: { id, name: area.name, level: area.level },
		path: pathTo(reader, contest, id),
		title: step?.title ?? {},
		stage,
		...(above === undefined ? {} : { above: namedArea(election, above) }),
		fields: contest.fields.flatMap((field) => (field.counted ? [field.id] : [])),
		...(certificate === undefined ? {} : { certificate }),
		...(frozen === undefined ? {} : { mark: frozenView(reader, frozen) }),
		...(row.mark === undefined || latest === undefined
			? {}
			: { later: { id: row.mark, index: latest.index, time: latest.time } }),
		certificates,
		superseded: supersededIn(reader, certificates),
		now: nowView(reader, contest, id),
		...sheetRows(reader, contest, id, frozen),
		stays: stays.flatMap((one) => orderLine(reader, one) ?? []),
	};
}

/** The area of the step above, along the contest's own collation. */
function areaAbove({ election }: RecordReader, contest: Contest, id: string): string | undefined {
	const level = election.areas.get(id)?.level;
	const step = contest.collation.findIndex((one) => one.level === level);
	const above = contest.collation[step - 1]?.level;
	return above === undefined
		? undefined
		: chainAbove(election, contest, id).find((one) => election.areas.get(one)?.level === above);
}

function supersededIn(reader: RecordReader, acts: readonly ActView[]): readonly SupersededView[] {
	return acts.flatMap((after) => {
		const before = acts.find(({ id }) => id === after.supersedes?.statement);
		const [was, is] = [before, after].map((act) => reader.rows.get('mark', act?.mark ?? ''));
		if (before === undefined || was === undefined || is === undefined) return [];
		return [
			{
				before,
				after,
				counted: [was.counts.counted, is.counts.counted] as const,
				totals: [was.totals, is.totals] as const,
			},
		];
	});
}

function sheetRows(
	reader: RecordReader,
	contest: Contest,
	area: string,
	frozen: Frozen | undefined,
): Pick<CollationView, 'areas' | 'stations' | 'objections'> {
	if (frozen === undefined) return { areas: [], stations: [], objections: [] };
	const { sheet } = frozen;
	const areasNow = areasBelow(reader, contest, area, sheet.stage);
	return {
		areas: sheet.areas.map((one) => areaLine(reader, one, areasNow)),
		stations: stationLines(reader, contest, sheet),
		objections: sheet.objections.flatMap(({ id }) => objectionLine(reader, id) ?? []),
	};
}

function areaLine(reader: RecordReader, one: SheetArea, areasNow: readonly SheetArea[]): CollatedArea {
	const { area, certificate, number, counted, votes } = one;
	const now = areasNow.find((other) => other.area === area);
	const stands = now?.now ?? now;
	const same =
		stands !== undefined &&
		stands.counted === counted &&
		sameVotes(stands.votes, votes) &&
		now?.certificate === certificate;
	return {
		...namedArea(reader.election, area),
		...(certificate === undefined ? {} : { certificate }),
		...(number === undefined ? {} : { number }),
		counted,
		votes,
		...(stands === undefined || same
			? {}
			: {
					now: {
						...(now?.certificate === undefined ? {} : { certificate: now.certificate }),
						counted: stands.counted,
						votes: stands.votes,
					},
				}),
	};
}

/** At a higher step the sheet lists what is not counted: a station that is not on it, or not on what it would be now, is counted at that moment, unless an amendment has moved it. */
function stationLines(reader: RecordReader, contest: Contest, sheet: Sheet): readonly CollatedStation[] {
	const now = new Map(sheetStations(reader, contest, sheet.area, sheet.stage).map((one) => [one.station, one]));
	const listed = new Set(sheet.stations.map(({ station }) => station));
	const fresh = [...now.values()].filter(({ station }) => !listed.has(station));
	const lines = [
		...sheet.stations.map((one) => {
			const stands = now.get(one.station);
			if (stands === undefined && !isIn(reader, contest, one.station, sheet.area))
				return { ...stationLine(reader, one, one), moved: 'away' as const };
			return stationLine(reader, one, stands ?? COUNTED);
		}),
		...fresh.map((one) =>
			isAmended(reader, one.station)
				? { ...stationLine(reader, one, one), moved: 'here' as const }
				: stationLine(reader, { ...COUNTED, station: one.station, poll: one.poll }, one),
		),
	];
	return [...lines.filter(({ state }) => state !== 'counted'), ...lines.filter(({ state }) => state === 'counted')];
}

function isIn({ context, election, rows }: RecordReader, contest: Contest, id: string, area: string): boolean {
	const station = stationOf(context, rows, id);
	return station !== undefined && chainAbove(election, contest, areaOf(station, contest.hierarchy)).includes(area);
}

function isAmended({ rows }: RecordReader, id: string): boolean {
	const row = rows.get('station', id);
	return row?.added === true || row?.area !== undefined;
}

type Stands = Pick<SheetStation, 'state' | 'votes'>;

const COUNTED: Stands = { state: 'counted' };

function stationLine(reader: RecordReader, one: SheetStation, now: Stands): CollatedStation {
	const { station, poll, state, reason, votes, flags = [] } = one;
	const same = now.state === state && (votes === undefined || now.votes === undefined || sameVotes(votes, now.votes));
	return {
		...namedStation(reader, station),
		poll,
		state,
		...because(reader, state, reason),
		...(votes === undefined ? {} : { votes }),
		flags,
		...(same ? {} : { now: { state: now.state, ...(now.votes === undefined ? {} : { votes: now.votes }) } }),
	};
}

const KINDS: Readonly<Partial<Record<CollatedStation['state'], keyof Codes>>> = {
	quarantined: 'quarantine',
	disregarded: 'disregard',
};

/** The code of the package, or the order, that put it where it is not counted. */
export function because(
	{ election, rows }: RecordReader,
	state: CollatedStation['state'],
	reason: string | undefined,
): Pick<CollatedStation, 'reason' | 'order'> {
	if (reason === undefined) return {};
	if (rows.get('order', reason) !== undefined) return { order: reason };
	return { reason: codeView(election.codes, KINDS[state] ?? 'status', reason) };
}
