/** The player at random from when most forms are counted: everything that follows counting, and in between what went before, so that marks and certificates have something to differ from. */
import type { Statement } from '../../../src/record/statement.ts';
import { isDisputed, substitutedCapture } from '../../../src/rules/returns.ts';
import type { CaptureRow } from '../../../src/rules/rows.ts';
import { unitOf } from '../../../src/rules/stations.ts';
import { countedWorld } from './history.ts';
import { draw, newPlayer, openingOf, readingOf, spoil } from './player.ts';
import { certifyOf, declareOf, dissentOf, hasten, markOf, originalOf, recordOf, witnessedOf } from './playerActs.ts';
import { accessOf, countOf } from './playerCounts.ts';
import { answerOf, documentOf, lodgeOf, noticeOf, orderOf } from './playerFilings.ts';
import { type Player, rowAt } from './seat.ts';
import { type Answer, sayUnsigned } from './world.ts';

const LOG = ['small.example/log'];
const COUNTED = ['001', '002', '003', '004', '005', '006', '007', '008'].flatMap((station) => [
	['president', station] as const,
	...(station < '006' ? [['council', station] as const] : []),
]);

/** Begins when most forms are counted, and speaks about all stations. */
export function newProceeding(seed: number): Player {
	return newPlayer(seed, COUNTED, countedWorld());
}

/** What `proceedOne` says next. */
export function drawNext(player: Player): Statement {
	return spoil(player, drawBeside(player) ?? (player.chance.percent(35) ? draw(player) : drawProceeding(player)));
}

/** As `playOne`, with everything that follows counting. */
export function proceedOne(player: Player): { readonly statement: Statement; readonly answer: Answer } {
	const statement = drawNext(player);
	return { statement, answer: sayUnsigned(player.world, statement) };
}

/** Now and then somebody lodges another count, or the log says what the machine's books held. */
function drawBeside(player: Player): Statement | undefined {
	const drawn = player.chance.below(100);
	if (drawn < 4) return countOf(player);
	return drawn < 7 ? accessOf(player) : undefined;
}

function drawProceeding(player: Player): Statement {
	const { chance } = player;
	const kinds = { original: 6, mark: 16, seen: 16, certify: 22, declare: 10, dissent: 6, record: 4, late: 2 };
	switch (
		chance.weighted({
			...kinds,
			lodge: 9,
			answer: 12,
			notice: 6,
			order: 16,
			document: 6,
			pursue: 45,
			admit: 6,
			hasten: 32,
		})
	) {
		case 'original':
			return originalOf(player);
		case 'mark':
			return markOf(player);
		case 'seen':
			return witnessedOf(player);
		case 'certify':
			return certifyOf(player) ?? markOf(player);
		case 'declare':
			return declareOf(player) ?? markOf(player);
		case 'dissent':
			return dissentOf(player) ?? markOf(player);
		case 'record':
			return recordOf(player);
		case 'late':
			return {
				type: 'clock/tick',
				by: ['small.example/log'],
				time: (player.world.rows.get('log', '')?.time ?? 0) + 601,
			};
		case 'lodge':
			return lodgeOf(player);
		case 'answer':
			return answerOf(player) ?? lodgeOf(player);
		case 'notice':
			return noticeOf(player);
		case 'order':
			return orderOf(player);
		case 'hasten':
			return hasten(player) ?? markOf(player);
		case 'admit':
			return admission(player) ?? originalOf(player);
		case 'pursue':
			return pursue(player) ?? orderOf(player);
		default:
			return documentOf(player);
	}
}

/** A ruling that admits an original which came late, or which another has followed. */
function admission(player: Player): Statement | undefined {
	const places = player.places.filter((place) => {
		const { originals = [], original } = rowAt(player, ...place);
		return originals.some(({ id }) => id !== original);
	});
	if (places.length === 0) return undefined;
	const place = player.chance.one(places);
	const { originals = [], original, last } = rowAt(player, ...place);
	return {
		type: 'form/ruling',
		by: [player.chance.one(['returning/2', 'returning/also-po-001'])],
		contest: place[0],
		decision: { kind: 'admit-original', original: originals.find(({ id }) => id !== original)?.id ?? '' },
		poll: unitOf(player.world.rows, ...place).poll,
		seen: last ?? '',
		station: place[1],
	};
}

/** The next step towards what an order on a return waits for: its document captured, held, read by two, opened, ruled upon. */
function pursue(player: Player): Statement | undefined {
	const { chance, images, world } = player;
	const ordered = player.places.filter((place) => {
		const row = rowAt(player, ...place);
		const { captures, recount, substitute } = row;
		const waits = recount !== undefined && isDisputed({ captures, recount });
		return waits || (substitute !== undefined && substitutedCapture(row) === undefined);
	});
	const [first] = ordered;
	if (first === undefined) return undefined;
	const place = chance.percent(80) ? first : chance.one(ordered);
	const row = rowAt(player, ...place);
	const capture = row.captures.findLast(({ kind }) => kind === 'recount' || kind === 'court');
	const narrow = { ...player, places: [place] };
	const recounted = row.recount === undefined || (capture?.at ?? -1) > row.recount.at;
	if (capture === undefined || !recounted) return documentOf(narrow);
	const waiting = images.filter(({ sha256 }) => world.rows.get('blob', sha256)?.held === undefined);
	if (capture.held === undefined)
		return { type: 'blob/held', by: LOG, blobs: waiting.map(({ sha256, size }) => ({ sha256, size })) };
	const opened = capture.readings.filter(({ figures }) => figures !== undefined);
	const same = ({ id }: CaptureRow) => id === capture.id;
	const undecided = capture.accepted === undefined && chance.percent(60);
	if (opened.length < 2 || undecided) return openingOf(narrow, same) ?? readingOf(narrow, same);
	return {
		type: 'form/ruling',
		by: ['returning/1', 'returning/2'],
		contest: place[0],
		decision: { kind: 'accept-reading', reading: capture.accepted?.reading ?? chance.one(opened).id },
		poll: unitOf(world.rows, ...place).poll,
		seen: row.last ?? capture.id,
		station: place[1],
	};
}
