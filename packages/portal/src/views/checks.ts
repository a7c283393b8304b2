/** The package's checks on what a return says, each with its inputs: on the accepted figures, else on the officer's. */
import { evaluate } from '@matokeo/core/election/expressionValue.ts';
import { countedCapture, figuresLookup, type Place } from '@matokeo/core/rules/returns.ts';
import type { ReturnRow } from '@matokeo/core/rules/rows.ts';
import type { StationContestView } from './stationTypes.ts';

export function checkViews(at: Place, row: ReturnRow): Pick<StationContestView, 'checks' | 'checked_on'> {
	const counted = countedCapture(row);
	const figures = counted?.accepted?.figures ?? counted?.figures;
	if (figures === undefined) return { checks: [] };
	const candidates = at.contest.candidates.map(({ id }) => id);
	const value = figuresLookup(at, figures);
	const checks = at.contest.form.checks.map(({ id, severity, text, source, tolerance, expression }) => {
		const { verdict, inputs } = evaluate(expression, { candidates, value }, tolerance);
		const named = inputs.map((input) =>
			input.value === undefined ? { id: input.id } : { id: input.id, value: input.value },
		);
		return { id, severity, text, source, tolerance, verdict, inputs: named };
	});
	return { checks, checked_on: counted?.accepted === undefined ? 'officer' : 'accepted' };
}
