/** What was found about a scrutiny pack, for people (Y12): every difference with its place, then the log inside in the words of its own report, then what this pack cannot show. */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { visible } from '../bundle/names.ts';
import { reportText } from '../report/text.ts';
import type { PackChecked } from './checkPack.ts';

/** More are counted. */
const FINDINGS_SHOWN = 200;

const VERDICTS = {
	verified:
		'Verified: the pack is whole, its log is that of the election whose digest you brought, and everything in the pack that was held against that log fits.',
	consistent:
		'Consistent: nothing fails. Whose election this is was not established: bring the digest of its package with --anchor.',
	failed: 'FAILED: see above.',
} as const;

const WITHOUT_LOG =
	'Consistent, and nothing more: the files are those that its own list names. Without the log inside nothing in this pack was held against anything that others can know. Ask for the log.';

export function packText(checked: PackChecked): string {
	const { manifest, findings, files, books, notShown, report, verdict } = checked;
	const { election, log, program } = manifest;
	const shown = findings.slice(0, FINDINGS_SHOWN).map(({ where, problem }) => `  ${where}: ${problem}`);
	const more = findings.length - shown.length;
	const text = [
		`Scrutiny pack of "${election.id}" (${election.mode}), log ${log.origin} at size ${grouped(log.size)}`,
		`Made by Matokeo ${program.version}, program ${program.digest}`,
		'',
		`${plural(files, 'file', 'files')} compared with ${'pack.json'}${books === undefined ? '' : `, ${plural(books, 'book', 'books')} with the digests in the log`}: ${plural(findings.length, 'difference', 'differences')}`,
		...shown,
		...(more > 0 ? [`  and ${grouped(more)} more`] : []),
		...(report === undefined ? [] : ['', 'THE LOG INSIDE', '', reportText(report).trimEnd()]),
		'',
		...(notShown.length === 0 ? [] : ['NOT SHOWN', ...notShown.map((sentence) => `  ${sentence}`), '']),
		report === undefined && verdict === 'consistent' ? WITHOUT_LOG : VERDICTS[verdict],
		'',
	].join('\n');
	return visible(text);
}
