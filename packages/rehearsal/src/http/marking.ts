/**
 * Marks over HTTP (`spec/api.md`, A23, A24): the official who will certify or declare signs in and asks; what would be signed is fetched, never typed. Whether witnesses have seen a mark is read from the published log.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { evaluateQuorum } from '@matokeo/core/log/policy.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { LogWitnessed } from '@matokeo/core/record/statement.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { policyOf } from '@matokeo/core/rules/coverage.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { bytesEqual, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import type { RehearsalKey } from '../keys.ts';
import type { Frozen, Place } from '../play/port.ts';
import { draftsIn, type MarkBodies, parseFrozen } from './markWire.ts';
import type { Ask } from './persist.ts';
import type { SignedIn } from './signedIn.ts';
import { beginning, parseMark } from './wire.ts';

/** Asks for a mark, and for what may be signed on it. */
export async function markOver(
	ask: Ask,
	signedIn: SignedIn,
	{ contest, area, by }: Place & { readonly by: RehearsalKey },
): Promise<Frozen> {
	const headers = { 'content-type': 'application/json', ...(await signedIn(by)) };
	const body = utf8Encode(JSON.stringify({ contest, area }));
	const came = await ask({ method: 'POST', path: '/api/v1/marks', headers, body });
	const answer = parseMark(came.body);
	if (answer?.kind !== 'receipt' && answer?.kind !== 'logged')
		throw new Trouble(`POST /api/v1/marks for ${contest} at ${area} answered ${came.status}: ${beginning(came.body)}`);
	return frozenOver(ask, answer.id, { contest, area });
}

async function frozenOver(ask: Ask, id: StatementId, place: Place): Promise<Frozen> {
	const path = `/api/v1/marks/${id}`;
	const get = async (from: string): Promise<Uint8Array> => {
		const came = await ask({ method: 'GET', path: from });
		if (came.status !== 200) throw new Trouble(`GET ${from} answered ${came.status}: ${beginning(came.body)}`);
		return came.body;
	};
	const mark = await get(path);
	const drafts = await Promise.all(
		draftsIn(mark).map(async (kind): Promise<readonly [string, Uint8Array]> => [kind, await get(`${path}/${kind}`)]),
	);
	const bodies: MarkBodies = { mark, ...Object.fromEntries(drafts) };
	const frozen = parseFrozen(id, place, bodies);
	if (frozen === undefined) throw new Trouble(`${path} and its drafts came in another shape: ${beginning(mark)}`);
	return frozen;
}

/** What the log has said that its witnesses have seen. */
export interface SeenByWitnesses {
	readonly said: (statement: LogWitnessed) => void;
	/** Whether those who have seen the entry at this index are a quorum; and who of it has not. */
	readonly covers: (index: number) => { readonly met: boolean; readonly missing: readonly string[] };
}

export function seenByWitnesses(suite: Suite, election: Election): SeenByWitnesses {
	const context = contextOf(suite, election);
	const policy = policyOf(context);
	const trust = trustOf(context);
	const sizes = new Map<string, number>();
	return {
		said: ({ checkpoint }) => {
			const seen = verifyCheckpoint(suite, utf8Encode(checkpoint), trust);
			if (!seen.ok) throw new Trouble(`the log says that its witnesses saw what is no checkpoint: ${seen.error}`);
			const { size } = seen.value.checkpoint;
			for (const { witness } of seen.value.witnesses) {
				const named = policy.witnesses.find(({ key }) => bytesEqual(key.publicKey, witness.publicKey));
				if (named !== undefined) sizes.set(named.name, size);
			}
		},
		covers: (index) => {
			const names = policy.witnesses.map(({ name }) => name).filter((name) => (sizes.get(name) ?? 0) > index);
			return evaluateQuorum(policy, new Set(names));
		},
	};
}
