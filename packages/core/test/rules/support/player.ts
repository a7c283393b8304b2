/**
 * Somebody who plays an election at random: looks at the rows, chooses what could be said next, and now and then says it wrongly. What is drawn depends
 * on the seed alone. It knows the salts of its clerks, as a log's operator does.
 */

import { commitmentOf } from '../../../src/record/commitment.ts';
import type { EnrolledKey, Image, Statement } from '../../../src/record/statement.ts';
import { isReceived } from '../../../src/rules/returns.ts';
import type { CaptureRow } from '../../../src/rules/rows.ts';
import { stationOf, unitOf } from '../../../src/rules/stations.ts';
import { base64Encode, utf8Encode } from '../../../src/std/bytes.ts';
import { portableSuite } from '../../../src/std/portable.ts';
import { testKey } from '../../support/smallElection.ts';
import { chanceOf } from './chance.ts';
import { openedWorld } from './history.ts';
import { figuresOf, presidentFigures } from './papers.ts';
import { rulingOf } from './playerRulings.ts';
import { type Player, rowAt } from './seat.ts';
import { type Answer, context, sayUnsigned } from './world.ts';

const PLACES = [
	['president', '001'],
	['president', '004'],
	['president', '006'],
	['council', '001'],
	['president', '101'],
] as const;

const AUTHORITY = ['authority/1', 'authority/2'];
const LOG = ['small.example/log'];
const REGISTRARS = ['registrar/1', 'registrar/2'];
const CLERKS = [
	'clerk/1',
	'clerk/2',
	'clerk/3',
	'clerk/4',
	'clerk/5',
	'clerk/6',
	'clerk/7',
	'clerk/8',
	'clerk/9',
	'clerk/1b',
];

export function newPlayer(seed: number, places: Player['places'] = PLACES, world = openedWorld()): Player {
	return {
		world,
		chance: chanceOf(seed),
		secrets: new Map(),
		images: [],
		places,
		drawn: { count: seed * 1000 },
	};
}

/** Draws a statement and says it. */
export function playOne(player: Player): { readonly statement: Statement; readonly answer: Answer } {
	const statement = spoil(player, draw(player));
	return { statement, answer: sayUnsigned(player.world, statement) };
}

export function draw(player: Player): Statement {
	const { chance } = player;
	switch (
		chance.weighted({ capture: 20, held: 16, reading: 30, open: 22, ruling: 26, status: 5, amend: 4, keys: 2, rest: 2 })
	) {
		case 'capture':
			return captureOf(player);
		case 'held':
			return heldOf(player);
		case 'reading':
			return readingOf(player) ?? captureOf(player);
		case 'open':
			return openingOf(player) ?? heldOf(player);
		case 'ruling':
			return rulingOf(player) ?? captureOf(player);
		case 'status':
			return statusOf(player);
		case 'amend':
			return amendmentOf(player);
		case 'keys':
			return keysOf(player);
		default:
			return restOf(player);
	}
}

/** One statement in twelve is made wrong in one way. */
export function spoil({ chance }: Player, statement: Statement): Statement {
	if (!chance.percent(8)) return statement;
	const wrongSigner = { ...statement, by: [chance.one(['clerk/1', 'returning/1', 'po/001', 'nobody', ...LOG])] };
	if ('seen' in statement && chance.percent(50)) return { ...statement, seen: 'f'.repeat(64) };
	if ('poll' in statement && chance.percent(50)) return { ...statement, poll: 5 };
	return wrongSigner;
}

function hash(text: string): string {
	return portableSuite.sha256Hex(utf8Encode(text));
}

function imageOf(player: Player): Image {
	const { chance, images, drawn } = player;
	const used = images.length > 0 && chance.percent(8) ? chance.one(images) : undefined;
	if (used !== undefined) return chance.percent(30) ? { ...used, size: used.size + 1 } : used;
	drawn.count += 1;
	const image = { kind: 'original', sha256: hash(`image ${drawn.count}`), size: 1000 };
	images.push(image);
	return image;
}

function captureOf(player: Player): Statement {
	const { chance, world } = player;
	const [contest, station] = chance.one(player.places);
	const { poll } = unitOf(world.rows, contest, station);
	const by = chance.weighted({ po: 6, 'receiving/1': 3, 'receiving/2': 1, 'party/sun/1': 1, 'observer/1': 1 });
	const kind = chance.weighted({ original: 8, 'carbon-copy': 1, 'agent-copy': 1, replacement: 1 });
	const figures = chance.percent(80) ? { figures: figuresOf(chance, contest, station, 70) } : {};
	const images = chance.percent(20) ? [imageOf(player), imageOf(player)] : [imageOf(player)];
	return {
		type: 'form/capture',
		by: [by === 'po' ? `po/${station}` : by],
		contest,
		station,
		kind,
		poll: chance.percent(90) ? poll : 1,
		route: 'own-kit',
		images,
		...figures,
	};
}

function heldOf({ chance, images, world: { rows }, drawn }: Player): Statement {
	const waiting = images.filter(({ sha256 }) => rows.get('blob', sha256)?.held === undefined);
	const chosen =
		waiting.length > 0 && chance.percent(95)
			? chance.one(waiting)
			: { sha256: hash(`other ${++drawn.count}`), size: 5 };
	const size = chance.percent(97) ? chosen.size : chosen.size + 7;
	return { type: 'blob/held', by: LOG, blobs: [{ sha256: chosen.sha256, size }] };
}

function captures(
	player: Player,
	fits: (capture: CaptureRow) => boolean,
): readonly { readonly place: readonly [string, string]; readonly capture: CaptureRow }[] {
	return player.places.flatMap((place) =>
		rowAt(player, ...place)
			.captures.filter(fits)
			.map((capture) => ({ place, capture })),
	);
}

type Fits = (capture: CaptureRow) => boolean;

export function readingOf(player: Player, fits: Fits = () => true): Statement | undefined {
	const { chance, secrets, drawn } = player;
	const open = captures(
		player,
		(capture) => fits(capture) && isReceived(capture) && capture.accepted === undefined && capture.readings.length < 6,
	);
	if (open.length === 0) return undefined;
	const { place, capture } = chance.one(open);
	const clerk = chance.one(CLERKS);
	const read = {
		attributes: chance.percent(50) ? { stamp: 'yes' as const } : {},
		figures:
			place[1] === '004' && chance.percent(70) ? presidentFigures(++drawn.count) : figuresOf(chance, ...place, 65),
		legibility: 'good' as const,
		salt: hash(`salt ${++drawn.count}`),
	};
	const commitment = commitmentOf(portableSuite, capture.id, clerk, read);
	secrets.set(commitment, read);
	return { type: 'form/reading', by: [clerk], capture: capture.id, commitment };
}

export function openingOf(player: Player, fits: Fits = () => true): Statement | undefined {
	const { chance, secrets } = player;
	const closed = ({ readings }: CaptureRow) => readings.filter(({ figures }) => figures === undefined);
	const ready = captures(
		player,
		(capture) => fits(capture) && capture.readings.length > 1 && closed(capture).length > 0,
	);
	if (ready.length === 0) return undefined;
	const { capture } = chance.one(ready);
	const openings = closed(capture).flatMap(({ id, commitment }) => {
		const read = secrets.get(commitment);
		return read === undefined ? [] : [{ ...read, reading: id }];
	});
	const salt = chance.percent(5) ? { salt: hash('another') } : {};
	return { type: 'reading/open', by: LOG, capture: capture.id, openings: openings.map((one) => ({ ...one, ...salt })) };
}

function statusOf(player: Player): Statement {
	const { chance } = player;
	const [contest, station] = chance.one(player.places);
	const { last } = rowAt(player, contest, station);
	const status = chance.weighted({
		open: 5,
		delayed: 1,
		'not-opened': 1,
		'return-lost': 1,
		postponed: 3,
		cancelled: 1,
		merged: 1,
		're-poll': 2,
	});
	const byAuthority = ['postponed', 'cancelled', 'merged', 're-poll'].includes(status);
	const seen = last === undefined ? {} : { seen: last };
	return {
		type: 'station/status',
		by: byAuthority ? AUTHORITY : ['returning/1'],
		contest,
		station,
		status,
		reason: 'flood',
		...seen,
	};
}

function amendmentOf({ chance, world }: Player): Statement {
	const amend = (change: Extract<Statement, { type: 'election/amend' }>['change']): Statement => ({
		type: 'election/amend',
		by: AUTHORITY,
		basis: 'court-order',
		change,
	});
	const station = chance.one(['001', '002', '003', '004', '006', '007', '101', '102']);
	switch (chance.weighted({ register: 3, moved: 3, merged: 2, added: 4, candidate: 1, deadline: 1 })) {
		case 'register':
			return amend({ kind: 'register', registered: chance.below(1000), station });
		case 'moved':
			return amend({ kind: 'station-moved', area: chance.one(['n1', 'n2', 's1', 'abroad-all']), station });
		case 'merged':
			return amend({ kind: 'station-merged', station, into: chance.one(['002', '003', '007']) });
		case 'added':
			return amend({
				kind: 'station-added',
				area: chance.one(['n2', 's1']),
				registered: chance.below(500),
				station: stationOf(context, world.rows, '101') === undefined ? '101' : '102',
			});
		case 'candidate':
			return amend({
				kind: 'candidate',
				candidate: 'chidi',
				contest: 'president',
				status: 'withdrawn',
				votes: chance.one(['counted', 'void']),
			});
		default:
			return amend({ kind: 'deadline', name: 'objections', time: chance.below(1000) });
	}
}

function keysOf({ chance, world, drawn }: Player): Statement {
	if (chance.percent(30))
		return {
			type: 'key/revoke',
			by: REGISTRARS,
			key: chance.one(['observer/1', 'nobody', 'receiving/2']),
			reason: 'lost',
		};
	const name = world.rows.get('key', 'po/101') === undefined ? 'po/101' : `clerk/${++drawn.count}`;
	const scope = name === 'po/101' ? { station: '101' } : {};
	const key: EnrolledKey = {
		holder: `holder ${name}`.replaceAll(/[ /]/g, '-'),
		key: base64Encode(testKey(name).publicKey),
		name,
		role: name === 'po/101' ? 'presiding-officer' : 'clerk',
		scope,
	};
	return { type: 'key/enrol', by: world.rows.get('log', '')?.captured === true ? AUTHORITY : REGISTRARS, keys: [key] };
}

function restOf({ chance, images, drawn }: Player): Statement {
	if (images.length > 0 && chance.percent(40))
		return { type: 'blob/withhold', by: AUTHORITY, reason: 'privacy', sha256: chance.one(images).sha256 };
	return { type: 'clock/tick', by: LOG, time: chance.percent(90) ? 1_800_000_000 + ++drawn.count : 5 };
}
