/** What a reader asked of a declaration, in words (V83): each number with where it comes from, or how the text from outside stands to the log. */
import { plural } from '@matokeo/core/result/describe.ts';
import type { LookedAt } from '../proceedings/lookAt.ts';

export function lookedAtLines({
	statement,
	contest,
	number,
	inForce,
	orders,
	kind,
	language,
	numbers,
	differs,
}: LookedAt): readonly string[] {
	const standing = [inForce ? 'in force' : 'not in force', ...orders].join('; ');
	const which = `${kind === 'certificate' ? 'certificate of statement' : 'text of statement'} ${statement} (contest ${contest}, number ${number}, ${language}, ${standing})`;
	if (differs !== undefined)
		return [
			'Your text',
			differs.length === 0
				? `  It is, line by line, the ${which}.`
				: `  It is nearest to the ${which}, and differs in ${plural(differs.length, 'line', 'lines')}, named above.`,
			'',
		];
	const width = Math.max(0, ...(numbers ?? []).map(({ text }) => text.length));
	return [
		`Numbers in the ${which}`,
		...(numbers ?? []).map(
			({ text, of, source, traced }) =>
				`  ${text.padStart(width)}  ${of}: ${source}${traced ? '' : ' – DOES NOT COME OUT'}`,
		),
		'',
	];
}
