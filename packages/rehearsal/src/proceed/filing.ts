/**
 * What people file in a rehearsal (S33, S37, S39–S42): originals, objections and answers, notices, dissent, orders. Texts are hidden behind a salt and named by their digest.
 */
import type { ObjectionLodge, Order, Target } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { assert, unreachable } from '@matokeo/core/std/result.ts';
import type { RehearsalKey } from '../keys.ts';
import { enrolled, type Person } from '../play/people.ts';
import { stationIn } from '../play/stage.ts';
import { certificateOver, documentsOf } from './originals.ts';
import type { About, Answering, Filer, Ordering, Step } from './story.ts';
import { contestOf, known, quorumOf, salted, say, type Telling } from './telling.ts';

type Of<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;

export async function object(telling: Telling, step: Of<'objection'>): Promise<StatementId> {
	const { contest, ground, name, on } = step;
	const [key, behalf] = await filerOf(telling, step.by);
	const text = await textOf(telling, name, step.text, key);
	const target = targetOf(telling, contest, on);
	const id = await say(telling, { type: 'objection/lodge', contest, ground, target, ...behalf, ...text }, key);
	telling.named.set(name, id);
	telling.objections.set(id, { about: step, last: id });
	return id;
}

export async function answer(telling: Telling, step: Answering): Promise<StatementId> {
	const { outcome, reason, by, to } = step;
	const objection = known(telling.named, step.objection, 'an objection');
	const state = known(telling.objections, objection, 'an objection');
	const signers = answering(telling, by, state.about);
	const text = await textOf(telling, `answer ${step.objection} ${state.last}`, step.text, signers[0]);
	const id = await say(
		telling,
		{
			type: 'objection/answer',
			objection,
			outcome,
			reason,
			seen: state.last,
			...text,
			...(to === undefined ? {} : { to }),
		},
		...signers,
	);
	state.last = id;
	return id;
}

export async function fileNotice(
	telling: Telling,
	step: Of<'incident'> | Of<'pause'> | Of<'resume'> | Of<'error'>,
): Promise<StatementId> {
	const { stage, clock } = telling;
	const two = quorumOf(telling, [...stage.election.authority.keys, ...stage.election.registrars], 2);
	const [one] = two;
	switch (step.kind) {
		case 'incident': {
			const { surface, attempted, seconds } = step;
			const size = await stage.log.size();
			const until = Math.max(seconds, clock.now());
			const checks = step.checks.map((check) => ({ check, from: 0, to: size }));
			const notice = {
				attempted,
				checks,
				from: until - seconds,
				outcome: 'failed',
				surface,
				touched: [],
				until,
			} as const;
			const text = await textOf(telling, `incident ${surface} ${attempted}`, step.text, one);
			return say(
				telling,
				{ type: 'notice/file', notice: { kind: 'incident', ...notice }, ...text },
				...two.slice(0, 1),
			);
		}
		case 'pause': {
			const { reason, surface, name } = step;
			const notice = { kind: 'pause', at: clock.now(), reason, surface } as const;
			const id = await say(telling, { type: 'notice/file', notice }, ...two);
			telling.named.set(name, id);
			return id;
		}
		case 'resume': {
			const pause = known(telling.named, step.pause, 'a pause');
			const notice = { kind: 'resume', at: clock.now(), pause, reason: step.reason } as const;
			return say(telling, { type: 'notice/file', notice }, ...two);
		}
		case 'error':
			return fileError(telling, step, one);
		default:
			return unreachable(step);
	}
}

/** Of a form and the certificate of its area. */
async function fileError(telling: Telling, step: Of<'error'>, key: RehearsalKey | undefined): Promise<StatementId> {
	const { contest, station } = step;
	const { capture } = documentsOf(telling, contest, station);
	const [area, certificate] = certificateOver(telling, contest, station);
	const notice = { kind: 'error', area, contest, documents: [capture, certificate], station } as const;
	const text = await textOf(telling, `error ${contest} ${station}`, step.text, key);
	return say(telling, { type: 'notice/file', notice, ...text }, ...(key === undefined ? [] : [key]));
}

export async function dissent(telling: Telling, step: Of<'dissent'>): Promise<StatementId> {
	const { contest, reason, by } = step;
	const of = known(telling.declarations, contest, 'a declaration of contest');
	const key = telling.keyOf(by);
	const text = await textOf(telling, `dissent ${by} ${of}`, step.text, key);
	return say(telling, { type: 'result/dissent', contest, of, reason, ...text }, key);
}

export async function order(telling: Telling, step: Ordering): Promise<StatementId> {
	const { stage, keyOf, named } = telling;
	const { basis, citation, court, decided, name, text } = step;
	const own = courtIn(telling, court).keys[0];
	const { keys, quorum } = stage.election.authority;
	const signers = own === undefined ? quorumOf(telling, keys, quorum) : [keyOf(own.name)];
	const [key] = signers;
	assert(key !== undefined, 'an order is signed by a court or by the authority');
	const document = await salted(telling, `order ${name}`, text, key);
	const said = { basis, citation, court, decided, document, order: orderOf(telling, step) };
	const id = await say(telling, { type: 'authority/order', ...said }, ...signers);
	named.set(name, id);
	return id;
}

function orderOf({ named }: Telling, { order: kind, of }: Ordering): Order {
	return kind === 'stay' || kind === 'annul' ? { kind, contest: of } : { kind, order: known(named, of, 'an order') };
}

/** Who files, and for whom. */
async function filerOf(telling: Telling, by: Filer): Promise<readonly [RehearsalKey, Pick<ObjectionLodge, 'behalf'>]> {
	const { stage, keyOf, clock } = telling;
	if (by.kind === 'registry') {
		const [registrar] = stage.election.registrars;
		if (registrar === undefined) throw new Error('a paper filing needs a registry, and the package has no registrar');
		return [
			keyOf(registrar.name),
			{ behalf: { office: by.office, received: by.received ?? Math.max(0, clock.now()) } },
		];
	}
	return [await keyOfParty(telling, by), {}];
}

/** The party's own, or its agent's, whom the party's root enrols first. */
export async function keyOfParty(
	telling: Telling,
	{ kind, party }: Extract<Filer, { readonly party: string }>,
): Promise<RehearsalKey> {
	const { stage, keyOf, enrolledHere } = telling;
	const root = stage.election.parties.find(({ id }) => id === party)?.roots[0];
	if (root === undefined) throw new Error(`the package has no party "${party}" with a key`);
	if (kind === 'party') return keyOf(root.name);
	const name = `party/${party}/agent`.slice(0, 64);
	const agent: Person = { key: keyOf(name), holder: 'agent', role: 'agent', scope: { party } };
	if (!enrolledHere.has(name)) await say(telling, { type: 'key/enrol', keys: [enrolled(agent)] }, keyOf(root.name));
	enrolledHere.add(name);
	return agent.key;
}

function targetOf({ declarations }: Telling, contest: string, on: About['on']): Target {
	switch (on.kind) {
		case 'return':
			return { kind: 'return', poll: 1, station: on.station };
		case 'declaration':
			return { kind: 'statement', statement: known(declarations, contest, 'a declaration of contest') };
		default:
			return on;
	}
}

function answering(telling: Telling, by: string, { contest, on }: About): readonly RehearsalKey[] {
	const { stage, keyOf } = telling;
	const { election, room } = stage;
	if (by === 'authority') return quorumOf(telling, election.authority.keys, election.authority.quorum);
	if (by !== 'returning-officer') {
		const [key] = courtIn(telling, by).keys;
		if (key === undefined) throw new Error(`the package gives "${by}" no key: it cannot answer`);
		return [keyOf(key.name)];
	}
	const { scope } = contestOf(telling, contest);
	const area =
		on.kind === 'return' ? room.people.officeOf(stationIn(election, on.station)) : on.kind === 'area' ? on.area : scope;
	return [room.people.returning(area)[0].key];
}

function courtIn({ stage }: Telling, id: string) {
	const court = stage.election.proceedings.courts.find((one) => one.id === id);
	if (court === undefined) throw new Error(`the package has no court "${id}"`);
	return court;
}

async function textOf(
	telling: Telling,
	name: string,
	text: string | undefined,
	by: RehearsalKey | undefined,
): Promise<{ readonly text?: string }> {
	return text === undefined || by === undefined ? {} : { text: await salted(telling, name, text, by) };
}
