/**
 * A record as an election results report of NIST SP 1500-100 v2 (spec/exports.md): the tree that both writers take. Everything is read when the tree is made; writing it asks the record nothing. Nothing in it is typed or rounded: figures are those of the totals and of the returns at one size of the log, and the moment of making is the log's
 * last tick, so that whoever makes it from the same log has the same bytes. What the format cannot say is named in the specification.
 */
import { printUtc } from '@matokeo/core/collation/utc.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { type Node, nodes, some } from '../write/node.ts';
import { partyNodes } from './candidates.ts';
import { type Days, electionNode } from './election.ts';
import { notesOf } from './notes.ts';
import { externalId } from './parts.ts';
import { contestPlaces } from './places.ts';
import type { NistOptions, NistSource } from './source.ts';
import { stationTable } from './stations.ts';
import { contestStatus, togetherOf } from './status.ts';
import { nistTotal } from './totals.ts';
import { type ReportedContest, reportingUnits } from './units.ts';

const VENDOR = 'Matokeo, rules matokeo/v1';

export function nistReport(source: NistSource, options: NistOptions): Node {
	const { election } = source;
	const { contests, level, area, stage = 'verified' } = options;
	const { size, root, time } = source.head();
	const reported = contests.map((contest): ReportedContest => {
		const places = contestPlaces(election, contest, area);
		const table = level === 'precinct-level' ? stationTable(source, contest, places.root, stage) : undefined;
		const ids = [contest.scope, ...places.ids];
		const totals = new Map(ids.map((id) => [id, nistTotal(source, contest, id, stage)] as const));
		return { contest, places, table, totals };
	});
	const statuses = reported.map(({ contest, places }) => contestStatus(source, contest, stage, places.root));
	const days = daysOf(source);
	const elections = reported.flatMap((one, place) => {
		const status = statuses[place];
		return status === undefined ? [] : [electionNode(source, one, { status, days })];
	});
	const codes = [
		externalId('election-code', election.id),
		externalId('package-sha256', election.digest),
		externalId('log-origin', election.log.origin),
		externalId('log-size', String(size)),
		externalId('log-root-sha256', base64Encode(root)),
		externalId('stage', stage),
	];
	const members = some([
		['Election', nodes(elections)],
		['ExternalIdentifier', nodes(codes)],
		['Format', level],
		['GeneratedDate', printUtc(time)],
		['GpUnit', nodes({ [Symbol.iterator]: () => reportingUnits(election, reported) })],
		['Issuer', election.log.origin],
		['IssuerAbbreviation', election.id],
		['IsTest', election.mode === 'rehearsal'],
		['Notes', notesOf(source, options, stage, statuses)],
		['Party', nodes(partyNodes(source, contests))],
		['SequenceStart', 1],
		['SequenceEnd', 1],
		['Status', togetherOf(statuses)],
		election.mode === 'rehearsal' ? ['TestType', 'rehearsal'] : undefined,
		['VendorApplicationId', VENDOR],
	]);
	return { class: 'ElectionReport', long: true, members: () => members };
}

/** Void leaves may stand before the one that opens the log, and the first tick follows it. */
const LEAVES_LOOKED_AT = 64;

/** The polling days of the package; where it says none, the day on which the log was opened, UTC. */
function daysOf(source: NistSource): Days {
	if (source.election.polling !== undefined) return source.election.polling;
	const day = printUtc(firstTick(source)).slice(0, '2027-08-10'.length);
	return { from: day, to: day };
}

function firstTick({ context, note }: NistSource): number {
	for (let index = 0; index < LEAVES_LOOKED_AT; index++) {
		const bytes = note(index);
		if (bytes === undefined) return 0;
		const leaf = parseLeaf(context.suite, bytes);
		if (leaf.ok && leaf.value.statement.type === 'clock/tick') return leaf.value.statement.time;
	}
	return 0;
}
