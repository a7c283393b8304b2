/** Names, options and help of `matokeo compare` and `matokeo count`: counts of whoever it may be, beside one another or beside a log. */
import { LOG_STAGES } from '@matokeo/compare/report/report.ts';
import { REPORT_LANGUAGES } from '@matokeo/compare/report/words.ts';
import { Option } from 'commander';
import { digest } from '../options.ts';
import type { CompareOptions } from '../verbs/compare.ts';
import type { ProposeOptions } from '../verbs/countPropose.ts';
import type { TableOptions } from '../verbs/countTable.ts';
import { sourcesOf } from './keys.ts';
import type { Verbs } from './verbs.ts';

export function addCompare({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('compare')
		.argument(
			'<a>',
			'a table (CSV, JSON, EML; alone, .gz or .zip; - for standard input), or a log: a published folder, an address',
		)
		.argument('<b>', 'the other; the log, where one of them is one')
		.option('--contest <id>', 'the contest, where a log or a package has several')
		.addOption(
			new Option('--stage <stage>', 'which figures of a log; verified unless said; collated goes with --level').choices(
				LOG_STAGES,
			),
		)
		.option('--level <id>', 'compare areas of this level of the package: stations are added up to it')
		.option('--package <dir>', 'names, areas and the rule of the result, where neither side is a log')
		.option('--mapping <file>', 'what the columns of a table are: a mapping file, or the name of a known layout')
		.option('--mapping-a <file>', 'the same for A alone')
		.option('--mapping-b <file>', 'the same for B alone')
		.option(
			'--anchor <digest>',
			'the package digest that was published before polling, for the side that is a log',
			digest,
		)
		.option('--anchor-a <digest>', 'the same for A, where both are logs', digest)
		.option('--anchor-b <digest>', 'the same for B', digest)
		.option('--any-host', 'with an address: follow it where it redirects to another host')
		.option('--json', 'the report as JSON')
		.option('--csv <file>', 'every difference as a table, into a new file')
		.option('--html <file>', 'the report as one page, into a new file')
		.addOption(new Option('--language <language>', 'of that page').choices(REPORT_LANGUAGES))
		.option('--sign <file>', 'a key file: sign the report')
		.option(
			'--passphrase-file <file>',
			'with --sign: file whose first line is the passphrase; else it is asked for, unseen',
		)
		.option('--identity <file>', 'with --sign: age identity, for a key file that was encrypted to a recipient')
		.option('--out <file>', 'with --sign: a new file for the signed report')
		.option('--check <file>', 'a signed report: make it again from the two sources, and say whether it is the same')
		.description(
			'lay one count beside another, station by station, and say what is the same and what needs explanation',
		)
		.addHelpText('after', COMPARE)
		.action(async (a: string, b: string, flags: CompareFlags) => {
			const { identity, ...others } = flags;
			const options = identity === undefined ? others : { ...others, identityFile: identity };
			finish(await (await import('../verbs/compare.ts')).runCompare(a, b, output, sourcesOf(options)));
		});
}

interface CompareFlags extends CompareOptions {
	readonly identity?: string;
}

const COMPARE = `
Ends with 0 when every row is in both with the same figures, 1 when rows differ or are in one only, 2 when the two could not be
compared (a file that cannot be read, other codes, other columns, a log that does not verify). With --check: 0 the same report, 1 another.

With --json the document has, first, matched, same, differing, only_in_a, only_in_b; then verdict, stations, effect and the rest
(spec/comparison.md, K42).

A log is replayed and verified first. Columns of a table are found by themselves where that is sure, and the report says which was
taken for what; where it is not sure, nothing is compared: matokeo count propose FILE --out MAPPING writes down what was found, to be
looked at and mended.

  matokeo compare their-count.csv https://results.example/ --anchor DIGEST
  matokeo compare first.csv second.csv --package election/package --html report.html`;

export function addCount({ matokeo, output, finish }: Verbs): void {
	const count = matokeo
		.command('count')
		.description('tables of counts: what their columns are, and the spelling in which one is lodged');
	count
		.command('propose')
		.argument('<file>', 'a table: CSV or JSON')
		.option('--package <dir>', 'the election package that it is about')
		.option('--contest <id>', 'the contest, where the package has several')
		.option('--like <file>', 'another table of the same election, with the same columns under their names')
		.option('--out <file>', 'write the mapping into a new file, to be looked at and mended')
		.option('--json', 'what was found as JSON')
		.description('say what the columns of a table seem to be, how sure that is, and write it down as a mapping')
		.action(async (file: string, options: ProposeOptions) =>
			finish(await (await import('../verbs/countPropose.ts')).runCountPropose(file, output, options)),
		);
	count
		.command('table')
		.argument('<file>', 'a table: CSV, JSON or EML')
		.requiredOption('--package <dir>', 'the election package that it is about')
		.option('--contest <id>', 'the contest, where the package has several')
		.option('--mapping <file>', 'a mapping file, or the name of a known layout')
		.requiredOption('--out <file>', 'a new file for the table')
		.description(
			'print a count in the one spelling in which it is lodged with a log: matokeo say count/lodge --document TABLE',
		)
		.action(async (file: string, options: TableOptions) =>
			finish(await (await import('../verbs/countTable.ts')).runCountTable(file, output, options)),
		);
	count
		.command('layouts')
		.option('--json', 'as JSON')
		.description('list the known layouts of tables that commissions and others publish')
		.action(async (options: { json?: true }) =>
			finish((await import('../verbs/countLayouts.ts')).runCountLayouts(output, options)),
		);
}
