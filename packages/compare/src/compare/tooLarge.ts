/** Whether the numbers of a count can be added up at all (K1): a stranger may write what he likes, and no sum may lose a digit. */
import type { Count } from '../count.ts';

/** An eighth of what a number holds exactly, so that sums and differences of two counts are exact as well; more than a hundred thousand ballots for everybody alive. */
const SUM_MOST = 2 ** 50;

/** The field with which all numbers together exceed what can be added up. */
export function tooLarge({ fields, values }: Count): { readonly field: string; readonly most: number } | undefined {
	let sum = 0;
	for (let place = 0; place < values.length; place++) {
		sum += values[place] || 0;
		if (sum > SUM_MOST) return { field: fields[place % fields.length]?.name ?? '', most: SUM_MOST };
	}
	return undefined;
}
