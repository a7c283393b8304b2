/** What the player at random files: objections and answers, notices, orders, and the documents of courts. */
import type { Notice, Order, Target } from '../../../src/record/filings.ts';
import type { Statement } from '../../../src/record/statement.ts';
import { groundOf } from '../../../src/rules/objections.ts';
import { unitOf } from '../../../src/rules/stations.ts';
import { utf8Encode } from '../../../src/std/bytes.ts';
import { portableSuite } from '../../../src/std/portable.ts';
import { figuresOf } from './papers.ts';
import { type Player, rowAt } from './seat.ts';
import { election } from './world.ts';

const NONE = 'f'.repeat(64);
const CONTESTS = ['president', 'council'] as const;
const AUTHORITY = ['authority/1', 'authority/2'];

function saltOf({ drawn }: Player): string {
	return portableSuite.sha256Hex(utf8Encode(`salted ${++drawn.count}`));
}

function anyStatement({ chance, world: { rows } }: Player): string {
	const tables = ['capture', 'original', 'act', 'mark', 'objection', 'order'] as const;
	const ids = rows.keysOf(chance.one(tables));
	return ids.length === 0 || chance.percent(5) ? NONE : chance.one(ids);
}

function targetOf(player: Player, contest: string): Target {
	const { chance, world } = player;
	const [, station] = chance.one(player.places);
	const { poll } = unitOf(world.rows, contest, station);
	switch (chance.weighted({ return: 6, area: 1, contest: 1, statement: 4 })) {
		case 'return':
			return { kind: 'return', poll: chance.percent(92) ? poll : 9, station };
		case 'area':
			return { kind: 'area', area: chance.one(['north', 'south', 'n1', 'nowhere']) };
		case 'contest':
			return { kind: 'contest' };
		default:
			return { kind: 'statement', statement: anyStatement(player) };
	}
}

export function lodgeOf(player: Player): Statement {
	const { chance } = player;
	const contest = chance.one(CONTESTS);
	const target = targetOf(player, contest);
	const fitting = election.proceedings.grounds.filter(({ on }) => on.includes(target.kind)).map(({ id }) => id);
	const signers = ['party/sun/1', 'party/moon/1', 'party/sun/root', 'observer/1', 'po/001', 'clerk/1', 'court/supreme'];
	const by = chance.one([...signers, 'registrar/1']);
	const behalf = chance.percent(15) ? { behalf: { office: 'voter' as const, received: 1 } } : {};
	const ground = chance.percent(92) ? chance.one(fitting) : chance.one(['whim', 'petition']);
	return { type: 'objection/lodge', by: [by], ...behalf, contest, ground, target, text: saltOf(player) };
}

export function answerOf(player: Player): Statement | undefined {
	const { chance, world } = player;
	const ids = world.rows.keysOf('objection');
	const open = ids.filter((id) => /open|referred/.test(world.rows.get('objection', id)?.state ?? ''));
	const [id, row] = idAndRow(player, open.length > 0 && chance.percent(90) ? open : ids);
	if (id === undefined || row === undefined) return undefined;
	const who = row.to ?? groundOf(election, row.ground)?.answeredBy[0] ?? '';
	const by = who === 'authority' ? AUTHORITY : who === 'returning-officer' ? [officerFor(player)] : ['court/supreme'];
	const outcome = chance.weighted({ upheld: 3, dismissed: 3, referred: 3 });
	const to = chance.one(['returning-officer', 'authority', 'supreme-court', 'tribunal']);
	return {
		type: 'objection/answer',
		by: chance.percent(92) ? by : [chance.one(['clerk/1', 'court/supreme', 'returning/south'])],
		objection: id,
		outcome,
		reason: chance.percent(95) ? chance.one(['founded', 'unfounded']) : 'whim',
		seen: chance.percent(95) ? row.last : NONE,
		...(outcome === 'referred' ? { to } : {}),
	};
}

function officerFor({ chance }: Player): string {
	return chance.one(['returning/1', 'returning/north', 'returning/2', 'returning/also-po-001']);
}

function idAndRow({ chance, world }: Player, ids: readonly string[]) {
	if (ids.length === 0) return [] as const;
	const id = chance.one(ids);
	return [id, world.rows.get('objection', id)] as const;
}

export function noticeOf(player: Player): Statement {
	const { chance } = player;
	const notice = drawNotice(player);
	const two = notice.kind === 'pause' || notice.kind === 'resume' || notice.kind === 'emergency-change';
	const by = two && chance.percent(92) ? AUTHORITY : [chance.one(['authority/1', 'returning/1', 'observer/1'])];
	return { type: 'notice/file', by, notice, text: saltOf(player) };
}

function drawNotice(player: Player): Notice {
	const { chance, world } = player;
	const { pauses = [] } = world.rows.get('contest', '') ?? {};
	const one = anyStatement(player);
	const at = chance.below(4);
	const surface = chance.percent(95) ? chance.one(['portal', 'server']) : 'roof';
	switch (chance.weighted({ error: 3, incident: 4, attestation: 1, pause: 3, resume: 3, 'emergency-change': 1 })) {
		case 'error':
			return { kind: 'error', contest: chance.one(CONTESTS), documents: [one, anyStatement(player)] };
		case 'incident':
			return {
				kind: 'incident',
				attempted: chance.one(['sign-in', 'flood']),
				checks: chance.percent(50) ? [] : [{ check: 'replay', from: 0, to: chance.below(world.rows.size() + 5) }],
				from: 5,
				outcome: chance.one(['failed', 'succeeded', 'unknown']),
				surface,
				touched: chance.percent(60) ? [] : [one],
			};
		case 'attestation':
			return {
				kind: 'attestation',
				accounts: NONE,
				at: 5,
				builds: NONE,
				configuration: NONE,
				topology: saltOf(player),
			};
		case 'pause':
			return { kind: 'pause', at, reason: 'attack', surface };
		case 'resume':
			return { kind: 'resume', at, pause: pauses.length === 0 ? NONE : chance.one(pauses), reason: 'over' };
		default:
			return { kind: 'emergency-change', after: NONE, at, before: saltOf(player), reason: 'attack', surface };
	}
}

export function orderOf(player: Player): Statement {
	const { chance, drawn } = player;
	const by = chance.weighted({ 'court/supreme': 8, authority: 3, 'party/sun/root': 1, 'returning/1': 1 });
	return {
		type: 'authority/order',
		by: by === 'authority' ? AUTHORITY : [by],
		basis: chance.percent(96) ? 'petition' : 'whim',
		citation: `Case-${++drawn.count}`,
		court: chance.percent(94) ? 'supreme-court' : 'tribunal',
		decided: 1,
		document: NONE,
		order: drawOrder(player),
	};
}

const UNDONE = { stay: 'lift', recount: 'lift', annul: 'reinstate', 'replace-winner': 'reinstate' } as const;

function drawOrder(player: Player): Order {
	const { chance, world } = player;
	const [contest, station] = chance.one(player.places);
	const ending = chance.percent(40) ? endingOf(player) : undefined;
	if (ending !== undefined) return ending;
	const { replaced, annulled } = world.rows.get('contest', contest) ?? {};
	if (replaced !== undefined && annulled === undefined && chance.percent(60)) return { kind: 'annul', contest };
	const kind = chance.weighted({
		stay: 3,
		lift: 1,
		recount: 3,
		admit: 4,
		'set-aside': 3,
		reinstate: 1,
		substitute: 4,
		're-poll': 1,
		annul: 2,
		'replace-winner': 5,
	});
	switch (kind) {
		case 'stay':
			return { kind, contest, ...(chance.percent(50) ? {} : { area: chance.one(['north', 'south', 'n1', 's1']) }) };
		case 'lift':
		case 'reinstate':
			return { kind, order: world.rows.keysOf('order').find(() => chance.percent(30)) ?? NONE };
		case 'substitute': {
			const places = player.places.filter((place) =>
				rowAt(player, ...place).captures.some((one) => one.kind === 'court'),
			);
			const [at, where] = places.length === 0 ? [contest, station] : chance.one(places);
			const capture = rowAt(player, at, where).captures.findLast((one) => one.kind === 'court')?.id ?? NONE;
			return { kind, capture, contest: at, station: where };
		}
		case 'admit': {
			const out = player.places.find(
				(place) => rowAt(player, ...place).disregard ?? rowAt(player, ...place).quarantine,
			);
			const [at, where] = out ?? [contest, station];
			return { kind, contest: at, station: where };
		}
		case 'annul':
			return { kind, contest };
		case 'replace-winner':
			return { kind, contest, candidate: chance.one(['benta', 'emil', 'chidi']) };
		default:
			return { kind, contest, station };
	}
}

/** Something that ends an order in force. */
function endingOf({ chance, world: { rows } }: Player): Order | undefined {
	const ends = new Map<string, 'lift' | 'reinstate'>([
		...Object.entries(UNDONE),
		['set-aside', 'reinstate'],
		['substitute', 'reinstate'],
	]);
	const inForce = rows.keysOf('order').flatMap((id) => {
		const row = rows.get('order', id);
		const kind = row?.state === 'in-force' ? ends.get(row.order.kind) : undefined;
		return kind === undefined ? [] : [{ kind, order: id } as const];
	});
	return inForce.length === 0 ? undefined : chance.one(inForce);
}

/** A document of a court, or a form that was counted again. */
export function documentOf(player: Player): Statement {
	const { chance, images, world } = player;
	const waiting = player.places.filter((place) => rowAt(player, ...place).recount !== undefined);
	const [contest, station] = chance.one(waiting.length > 0 && chance.percent(70) ? waiting : player.places);
	const image = { kind: 'original', sha256: saltOf(player), size: 1000 };
	images.push(image);
	const kind = chance.one(waiting.length > 0 ? (['recount', 'court'] as const) : (['court'] as const));
	return {
		type: 'form/capture',
		by: ['receiving/1'],
		contest,
		images: [image],
		kind,
		poll: unitOf(world.rows, contest, station).poll,
		route: 'court',
		station,
		figures: figuresOf(chance, contest, station, 90),
	};
}
