/** The lawful election with a territorial condition, as Kenya's law has one: more than half of the votes, and at least a quarter of them in more than half of the districts. */
import { COURT, lawfulElection } from '@matokeo/core/testing/lawfulElection.ts';
import { type SmallElection, testElection } from '@matokeo/core/testing/smallElection.ts';

interface Contest {
	readonly id: string;
	readonly rule: unknown;
}

export function quarterElection(): SmallElection {
	const { files } = lawfulElection('official');
	const texts = Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
	const { 'manifest.sha256': _made, ...rest } = texts;
	const json: { readonly contests: readonly Contest[] } = JSON.parse(texts['election.json'] ?? '');
	const contests = json.contests.map((one) => (one.id === 'president' ? { ...one, rule: RULE } : one));
	return testElection({ ...rest, 'election.json': `${JSON.stringify({ ...json, contests }, null, '\t')}\n` }, [COURT]);
}

const RULE = {
	rounds: [
		{
			elect: {
				all: [
					{ id: 'majority', share: { gt: '1/2', of: 'valid' } },
					{
						id: 'quarter',
						areas: {
							level: 'district',
							where: { share: { gte: '1/4', of: 'valid' } },
							count: { gt: '1/2' },
						},
					},
				],
			},
			else: { advance: { top: 2 } },
		},
		{ elect: { rank: 1 }, tie: 'rerun' },
	],
};
