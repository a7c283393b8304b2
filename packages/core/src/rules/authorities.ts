/**
 * Who certifies and who declares (S35–S38): the returning officer of an area, and a contest's declaring authority as the package names it.
 */
import type { Contest } from '../election/types.ts';
import type { Context, Signer } from './context.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { onlySigner, quorumOf } from './signers.ts';

/** One returning officer whose key is for this very area; for the scope of the contest also one whose key names no area. */
export function officerOf(contest: Contest, area: string, signers: readonly Signer[]): Refusal | undefined {
	const officer = onlySigner(signers, 'returning-officer');
	if (!officer.ok) return officer.error;
	const { name, scope } = officer.value;
	const whole = area === contest.scope && scope.area === undefined;
	const fits =
		(scope.area === area || whole) && scope.station === undefined && (scope.contest ?? contest.id) === contest.id;
	if (fits) return undefined;
	return refuse(
		'S10',
		`the key "${name}" is not that of the returning officer of ${area} in contest ${contest.id}: let that officer sign`,
	);
}

/** The whole declaring authority: what a declaration needs. */
export function declaringAuthority(
	{ election }: Context,
	contest: Contest,
	signers: readonly Signer[],
): Refusal | undefined {
	const by = contest.declaration?.by;
	switch (by?.kind) {
		case 'officer':
			return officerOf(contest, contest.scope, signers);
		case 'chair': {
			const chair = onlySigner(signers, 'authority');
			if (!chair.ok) return chair.error;
			if (chair.value.name === by.key) return undefined;
			return refuse(
				'S10',
				`the package lets only "${by.key}" declare contest ${contest.id}, not "${chair.value.name}"`,
			);
		}
		case 'quorum':
			return quorumOf(signers, 'authority', Math.max(by.least, 1));
		default:
			return refuse('S10', `the package of ${election.id} names no authority that declares contest ${contest.id}`);
	}
}

/** One or more members of the declaring authority, whether or not they are enough. */
export function members(context: Context, contest: Contest, signers: readonly Signer[]): Refusal | undefined {
	const by = contest.declaration?.by;
	if (by === undefined) return declaringAuthority(context, contest, signers);
	if (by.kind !== 'officer') return quorumOf(signers, 'authority', 1);
	return firstOf(...signers.map((signer) => () => officerOf(contest, contest.scope, [signer])));
}
