/**
 * `matokeo count table FILE --package DIR --out TABLE`: a count in the one spelling in which it is lodged with a log (S44). Answers 0 when the table was written, 2 when it could not be; what did not go into it is
 * said.
 */
import { printLodged } from '@matokeo/compare/lodged/lodged.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { aboutPackage } from '../comparing/about.ts';
import { openFile } from '../comparing/asked.ts';
import { fileCount } from '../comparing/counts.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface TableOptions {
	readonly package: string;
	readonly contest?: string;
	readonly mapping?: string;
	readonly out: string;
}

export async function runCountTable(file: string, out: Output, options: TableOptions): Promise<number> {
	const fail = (why: string): number => {
		out.stderr(`${why}\n`);
		return COULD_NOT_RUN;
	};
	const suite = nativeSuite();
	const about = await aboutPackage(suite, options.package, options.contest);
	if (!about.ok) return fail(about.error);
	const side = await openFile(file);
	if (!side.ok) return fail(side.error);
	const made = fileCount(suite, side.value, about.value, options.mapping);
	if (!made.ok) return fail(made.error);
	const { count } = made.value;
	const { contest } = about.value;
	const bytes = printLodged(count, contest);
	if (!bytes.ok) return fail(`The count cannot be printed as it is lodged: ${bytes.error}.`);
	const written = writeNew(options.out, bytes.value);
	if (!written.ok) return fail(written.error);
	const level = count.level === 'station' ? 'polling stations' : `areas of the level "${count.level.area}"`;
	const form = new Set(contest.fields.map(({ id }) => id));
	const dropped = count.fields.filter(({ id }) => !form.has(id)).map(({ name }) => name);
	const notes = [
		`${options.out}: ${count.keys.length} rows (${level}), SHA-256 ${suite.sha256Hex(bytes.value)}.`,
		...(count.leftOut.length === 0
			? []
			: [
					`${count.leftOut.length} rows were left out: a code twice, no code, no row of the table, or the sum of all others.`,
				]),
		...(count.texts.size === 0 ? [] : [`${count.texts.size} cells hold no number and are empty in it.`]),
		...(dropped.length === 0
			? []
			: [`Columns that the form of the contest has not are not in it: ${dropped.join(', ')}.`]),
		'Lodge it: matokeo say count/lodge --help',
	];
	out.stdout(`${notes.join('\n')}\n`);
	return 0;
}
