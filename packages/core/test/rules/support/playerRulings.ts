/** The rulings of the player at random: which of the kinds fits the return, and by how many officers. */
import type { Decision, Statement } from '../../../src/record/statement.ts';
import { countedCapture, isOpen } from '../../../src/rules/returns.ts';
import type { ReturnRow } from '../../../src/rules/rows.ts';
import { unitOf } from '../../../src/rules/stations.ts';
import { type Player, rowAt } from './seat.ts';

export function rulingOf(player: Player): Statement | undefined {
	const { chance, world } = player;
	const places = player.places.filter((place) => rowAt(player, ...place).last !== undefined);
	if (places.length === 0) return undefined;
	const [contest, station] = chance.one(places);
	const row = rowAt(player, contest, station);
	return {
		type: 'form/ruling',
		by: chance.percent(40) ? ['returning/1'] : ['returning/1', 'returning/2'],
		contest,
		station,
		poll: unitOf(world.rows, contest, station).poll,
		seen: row.last ?? '0'.repeat(64),
		decision: decisionOf(player, row),
	};
}

function decisionOf({ chance }: Player, row: ReturnRow): Decision {
	const opened = row.captures.flatMap(({ readings }) => readings.filter(({ figures }) => figures !== undefined));
	const many = row.captures.filter(({ readings, accepted }) => readings.length >= 3 && accepted === undefined);
	const fails = countedCapture(row)?.accepted?.fails !== undefined && row.asWritten !== true;
	const kind = chance.weighted({
		'accept-reading': opened.length === 0 ? 1 : isOpen(row) ? 12 : 6,
		'one-more-reading': many.length === 0 ? 1 : 10,
		quarantine: 2,
		release: row.quarantine === undefined ? 1 : 12,
		'accept-as-written': fails ? 10 : 1,
		disregard: 1,
		'admit-original': row.originals === undefined ? 0 : 6,
	});
	switch (kind) {
		case 'accept-reading':
			return { kind, reading: opened.length === 0 ? '0'.repeat(64) : chance.one(opened).id };
		case 'one-more-reading':
			return { kind, capture: (many.length === 0 ? row.captures[0] : chance.one(many))?.id ?? '0'.repeat(64) };
		case 'quarantine':
			return { kind, agents: 'notified', reason: 'overwritten', review: 1_800_086_400 };
		case 'admit-original':
			return { kind, original: chance.one(row.originals ?? []).id };
		case 'disregard':
			return { kind, ground: chance.one(['forged', 'over-register']) };
		default:
			return { kind };
	}
}
