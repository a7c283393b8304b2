/** What votes are shown as shares of: whatever sum the law itself asks a share or a lead of, so that a page's percentages are those that decide. It computes no share. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Condition } from '@matokeo/core/result/rule.ts';

/**
 * The first denominator that the round asks a share or a lead of; absent where it asks for none. The register is passed over: its shares compare with nothing while stations are outstanding.
 */
export function shareOf({ rule, round, denominators }: Contest): string | undefined {
	const elect = rule.rounds[round - 1]?.elect;
	return elect === undefined ? undefined : named(elect).find((id) => denominators[id] !== 'registered');
}

function named(condition: Condition): readonly string[] {
	switch (condition.kind) {
		case 'share':
		case 'lead':
			return [condition.of];
		case 'all':
		case 'any':
			return condition.parts.flatMap(named);
		case 'areas':
		case 'area':
			return named(condition.where);
		default:
			return [];
	}
}
