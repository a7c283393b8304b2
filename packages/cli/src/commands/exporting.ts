/** Names, options and help of `matokeo export`: reports for others, made from a verified log, and the check of such a report. */
import { NIST_LEVELS, NIST_STAGES } from '@matokeo/portal/nist/report/source.ts';
import { type Command, Option } from 'commander';
import { collected, digest } from '../options.ts';
import { COULD_NOT_RUN } from '../output.ts';
import type { ExportNistOptions } from '../verbs/exportNist.ts';
import type { Verbs } from './verbs.ts';

export function addExport(verbs: Verbs): void {
	const { matokeo, output, finish } = verbs;
	const command = matokeo
		.command('export')
		.option('--check <file>', 'in place of an export: whether a report of NIST SP 1500-100 v2 (JSON) makes sense')
		.option('--json', 'with --check: what was found as JSON')
		.description('write what is counted in the format of others, from a log that is verified first')
		.action(async (options: { check?: string; json?: true }) => {
			if (options.check !== undefined) {
				finish((await import('../verbs/exportCheck.ts')).runExportCheck(options.check, output, options));
				return;
			}
			output.stderr(
				'error: say what to export, `matokeo export nist FOLDER --out FILE`, or check a report with --check FILE\n',
			);
			finish(COULD_NOT_RUN);
		});
	addNist(command, verbs);
}

function addNist(command: Command, { output, finish }: Verbs): void {
	command
		.command('nist')
		.argument('<log>', 'what a server publishes, or a copy of it; or the address of a log or a mirror, https://…')
		.requiredOption('--out <file>', 'a new file for the report')
		.addOption(new Option('--format <format>', 'how it is written').choices(['json', 'xml']).default('json'))
		.addOption(
			new Option('--level <level>', 'with every polling station, or areas alone')
				.choices([...NIST_LEVELS])
				.default('precinct-level'),
		)
		.addOption(
			new Option('--stage <stage>', 'figures of verified returns, as officers reported them, or with the original seen')
				.choices([...NIST_STAGES])
				.default('verified'),
		)
		.option('--contest <id>', 'a contest of the package instead of all; repeatable', collected)
		.option('--area <id>', 'only this area and what lies in it')
		.option('--anchor <digest>', 'the package digest that was published before polling', digest)
		.option('--any-host', 'with an address: follow it where it redirects to another host')
		.option('--json', 'what was written, as JSON')
		.description('an election results report of NIST SP 1500-100 v2')
		.addHelpText('after', '\nWhat goes where in the report, and what the format cannot say: spec/exports.md.')
		.action(async (log: string, _: ExportNistOptions, here: Command) =>
			finish(
				await (await import('../verbs/exportNist.ts')).runExportNist(
					log,
					output,
					here.optsWithGlobals<ExportNistOptions>(),
				),
			),
		);
}
