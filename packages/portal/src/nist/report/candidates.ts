/** Candidates and parties of a report. That somebody has won is said only where the figures are those of a declaration: then it is the declared outcome, and what an order has put in its place. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { candidateKey } from '@matokeo/core/rules/rows.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { nistId } from '../write/ids.ts';
import { type Node, nodes, one, some } from '../write/node.ts';
import { externalId, nameText, texts } from './parts.ts';
import type { NistSource } from './source.ts';
import { type ContestStatus, isCertified } from './status.ts';

export function partyNodes({ election }: NistSource, contests: readonly Contest[]): readonly Node[] {
	const named = new Set(contests.flatMap(({ candidates }) => candidates.map(({ party }) => party)));
	return election.parties
		.filter(({ id }) => named.has(id))
		.map(({ id, name }) => {
			const members = some([
				['ExternalIdentifier', nodes([externalId('party-code', id)])],
				['Name', texts(name)],
			]);
			return { class: 'Party', id: nistId('party', id), members: () => members };
		});
}

export function candidateNodes(source: NistSource, contest: Contest, status: ContestStatus): readonly Node[] {
	return contest.candidates.map(({ id, name, party }) => {
		const amended = source.rows.get('candidate', candidateKey(contest.id, id));
		const standing = amended?.status ?? 'standing';
		const codes = [
			externalId('candidate-code', id),
			...(standing === 'standing' ? [] : [externalId('candidate-status', standing)]),
			...(amended?.votes === 'void' && standing !== 'standing' ? [externalId('candidate-votes', 'void')] : []),
		];
		const after = standing === 'withdrawn' ? 'withdrawn' : outcomeFor(id, status);
		const known = source.election.parties.some((one) => one.id === party);
		const members = some([
			['BallotName', nameText(name)],
			['ExternalIdentifier', nodes(codes)],
			known ? ['PartyId', one(nistId('party', party))] : undefined,
			after === undefined ? undefined : ['PostElectionStatus', after],
			standing === 'withdrawn' ? ['PreElectionStatus', 'withdrawn'] : undefined,
		]);
		return { class: 'Candidate', id: nistId('candidate', contest.id, id), members: () => members };
	});
}

/** As it was declared; what the format has no word for (a tie, a referral, nobody elected) is left open. */
function outcomeFor(candidate: string, { status, declared }: ContestStatus): string | undefined {
	if (declared === undefined || !isCertified(status)) return undefined;
	const { outcome, replaced } = declared;
	if (replaced !== undefined) return replaced.candidate === candidate ? 'winner' : 'defeated';
	switch (outcome.kind) {
		case 'elected':
			return outcome.candidate === candidate ? 'winner' : 'defeated';
		case 'runoff':
			return outcome.candidates.includes(candidate) ? 'advanced-to-runoff' : 'defeated';
		case 'tie':
		case 'refer':
		case 'special':
		case 'rerun':
		case 'nobody':
			return undefined;
		default:
			return unreachable(outcome);
	}
}
