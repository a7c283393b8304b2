/** `matokeo count layouts`: the layouts of tables that are known by name, such as those of commissions. Answers 0. */
import { knownMappings } from '@matokeo/compare/mapping/knownMappings.ts';
import type { Output } from '../output.ts';

export function runCountLayouts(out: Output, { json }: { readonly json?: true }): number {
	const all = knownMappings();
	if (json === true) {
		out.stdout(
			`${JSON.stringify(
				all.map(({ name, title }) => ({ name, title })),
				null,
				'\t',
			)}\n`,
		);
		return 0;
	}
	const width = all.reduce((most, { name }) => Math.max(most, name.length), 0);
	out.stdout(all.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join(''));
	out.stdout(
		'\nUse one by its name, --mapping NAME, for the tables of that source; a table that has its columns is recognised without.\n',
	);
	return 0;
}
