/**
 * The fields of a contest's form as columns of a count. A field is a stated total when a check of the form sets it alone equal to what is more than itself: the package has no other word for it. Whether
 * the checks hold is not asked.
 */
import { CANDIDATES, type Expression, type Linear } from '@matokeo/core/election/expression.ts';
import type { Contest, Text } from '@matokeo/core/election/types.ts';
import type { CountField } from './count.ts';

export type CountedContest = Pick<Contest, 'id' | 'fields' | 'candidates' | 'form'>;

export function formFields({ fields, candidates, form }: CountedContest): readonly CountField[] {
	const names = new Map(candidates.map(({ id, name }) => [id, name]));
	const totals = new Set(form.checks.flatMap(({ expression }) => statedTotals(expression)));
	return fields.map(({ id, label, candidate }) => ({
		id,
		name: names.get(id) ?? plainText(label) ?? id,
		kind: candidate ? 'candidate' : totals.has(id) ? 'total' : 'other',
	}));
}

function statedTotals(expression: Expression): readonly string[] {
	if (expression.kind !== 'compare') return expression.kind === 'all' ? expression.parts.flatMap(statedTotals) : [];
	if (expression.operator !== '=') return [];
	const { left, right } = expression;
	return [...aloneBeside(left, right), ...aloneBeside(right, left)];
}

function aloneBeside(alone: Linear, sum: Linear): readonly string[] {
	const [only, ...more] = alone.terms;
	if (only === undefined || more.length > 0 || only.coefficient !== 1 || alone.constant !== 0) return [];
	return sum.terms.length > 1 || sum.terms.some(({ id }) => id === CANDIDATES) ? [only.id] : [];
}

/** Reports are data first: one language will do, English where there is any. */
function plainText(text: Text): string | undefined {
	return text['en'] ?? Object.values(text)[0];
}
