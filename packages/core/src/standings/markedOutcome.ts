/**
 * The outcome that a mark of a whole contest freezes: what the rule says of the totals at the stage that is declared, and whether anything outstanding could still change it. The second
 * question is always asked of the verified totals (RS9): what is verified and not yet inspected is known, only not yet compared with the paper.
 */
import type { Contest, CountedStage } from '../election/types.ts';
import type { DeclaredOutcome } from '../record/acts.ts';
import { decidedAndCounted, type Outcome } from '../result/evaluate.ts';
import type { MarkView } from './marking.ts';
import { resultInputOf } from './resultInput.ts';

export function outcomeAt(
	{ context, baseline, rows }: MarkView,
	contest: Contest,
	stage: CountedStage,
): { readonly outcome: DeclaredOutcome; readonly decided: boolean } {
	const at = (of: CountedStage) =>
		decidedAndCounted(contest, resultInputOf(context.election, baseline, rows, contest, of));
	const verified = at('verified');
	const counted = stage === 'verified' ? verified : at(stage);
	const decided = verified.decided !== 'open' && same(verified.decided, counted.as_counted);
	return { outcome: spelled(counted.as_counted), decided };
}

/** In the order of members that a statement has. */
function spelled(outcome: Outcome): DeclaredOutcome {
	return outcome.kind === 'tie' ? { kind: 'tie', by: outcome.by, candidates: outcome.candidates } : outcome;
}

function same(a: Outcome, b: Outcome): boolean {
	const members = (one: Outcome) => JSON.stringify(Object.entries(one).sort(([x], [y]) => (x < y ? -1 : 1)));
	return members(a) === members(b);
}
