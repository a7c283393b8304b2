/**
 * The report for a reader who is no engineer (V3, V60): the verdict in a sentence, what was checked, the results by stage, what is missing or in question, every problem with
 * its place, and at the end what had to be believed because no folder can show it. Every number comes from the report.
 */
import { VERSION } from '@matokeo/core/record/leaf.ts';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { Check, CheckName, Problem } from '../check/problem.ts';
import { contestLines } from './contestText.ts';
import { accessLines, countsLines } from './countsText.ts';
import { utc } from './date.ts';
import { lookedAtLines } from './lookedAtText.ts';
import { noticesLines } from './noticesText.ts';
import { proceedingsLines } from './proceedingsText.ts';
import type { Report, Verdict } from './report.ts';
import { trustLines } from './trustText.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
	verified: 'VERIFIED: nothing fails, and the election package is the one whose digest you brought.',
	consistent:
		'CONSISTENT; AUTHORITY NOT ESTABLISHED: nothing fails, but without --anchor anybody could have made this folder.',
	failed: 'FAILED: at least one thing in this folder is not as it must be. Each is named below.',
};

/** What each check is about, and what it counts, in the plural. */
const WORDS: Readonly<Record<CheckName, readonly [string, string]>> = {
	anchor: ['election package and its digest', 'files'],
	checkpoint: ["the log's signed state", 'files'],
	cosignatures: ["signatures on it, the log's own included", 'signatures'],
	tiles: ['tree of hashes, up to the signed root', 'files'],
	spelling: ['spelling of statements', 'statements'],
	signatures: ['signatures by keys in force', 'signatures'],
	rules: ['rules, replayed from the first statement', 'statements'],
	clock: ["the log's clock against the times of its witnesses", 'times'],
	blobs: ['published images', 'images'],
	results: ['published results, recomputed', 'figures'],
	against: ['your own checkpoint or receipt', 'comparisons'],
	declaration: ['your own text of a declaration', 'lines'],
};

export function reportText(report: Report): string {
	const { election, log, contests } = report;
	const head = [VERDICTS[report.verdict], ...modeLines(report), ''];
	if (election !== undefined)
		head.push(
			`Election   ${election.title['en'] ?? Object.values(election.title)[0] ?? election.id} (${election.id})`,
			`Package    ${election.package}`,
		);
	if (log !== undefined)
		head.push(`Log        ${log.origin}, ${plural(log.size, 'statement', 'statements')}, root ${log.root}`);
	if (report.time !== undefined && report.time > 0) head.push(`Its clock  ${utc(report.time)} at the last tick`);
	const lines = [...head, '', 'What was checked', ...report.checks.map(checkLine), ''];
	lines.push(...problemLines(report.checks));
	if (report.evidence !== undefined) lines.push(...evidenceLines(report.evidence));
	if (report.declaration !== undefined) lines.push(...lookedAtLines(report.declaration));
	for (const [id, results] of Object.entries(contests)) {
		const shown = report.proceedings?.[id];
		const words = report.words;
		const acts = shown === undefined || words === undefined ? [] : proceedingsLines(shown, words);
		lines.push(...contestLines(id, results), ...acts, '');
	}
	if (report.notices !== undefined) lines.push(...noticesLines(report.notices));
	lines.push(...countsLines(report.counts ?? {}), ...accessLines(report.access));
	if (Object.keys(contests).length > 0 && report.verdict === 'failed')
		lines.push(
			'These figures follow from the statements that could be read and were not void. Do not publish them as results.',
			'',
		);
	if (report.blobs !== undefined) lines.push(...imageLines(report.blobs), '');
	if (report.remarks.length > 0) lines.push('To know', ...report.remarks.map((remark) => `  - ${remark}`), '');
	lines.push(...trustLines(report));
	return `${lines.join('\n')}\n`;
}

function modeLines({ election }: Report): readonly string[] {
	if (election === undefined) return [];
	const notice = election.notice['en'] ?? Object.values(election.notice)[0];
	const words = {
		official: [],
		parallel: ['PARALLEL COUNT: not the official count of any authority.'],
		rehearsal: [
			'REHEARSAL: not a result of any authority. What follows shows how an election is counted and checked; no voter decided it.',
		],
	}[election.mode];
	return [...words, ...(notice === undefined ? [] : [notice])];
}

function checkLine({ name, checked, failed, skipped }: Check): string {
	const [what, unit] = WORDS[name];
	const outcome =
		failed > 0 ? `${grouped(failed)} WRONG` : skipped === undefined ? 'nothing wrong' : `not made: ${skipped}`;
	const counted = plural(checked, unit.slice(0, -1), unit);
	const count = skipped === undefined || checked > 0 ? `${counted}, ` : '';
	return `  ${name.padEnd(13)}${what}: ${count}${outcome}`;
}

function problemLines(checks: readonly Check[]): readonly string[] {
	const wrong = checks.filter(({ failed }) => failed > 0);
	if (wrong.length === 0) return [];
	const lines = ['What is wrong'];
	for (const { name, failed, problems } of wrong) {
		for (const problem of problems) lines.push(...oneProblem(name, problem));
		if (failed > problems.length) lines.push(`  … and ${grouped(failed - problems.length)} more of ${name}`);
	}
	return [...lines, ''];
}

function oneProblem(name: CheckName, problem: Problem): readonly string[] {
	const { station, contest, area, statement, index, file, rule } = problem;
	const where = [
		station === undefined ? '' : `polling station ${station}`,
		contest === undefined ? '' : `contest ${contest}`,
		area === undefined ? '' : `area ${area}`,
		index === undefined ? '' : `index ${index}`,
		statement === undefined ? '' : `statement ${statement}`,
		file ?? '',
		rule === undefined ? '' : `rule ${rule}`,
	].filter((part) => part !== '');
	return [
		`  [${name}] ${where.join(' · ')}`,
		`    expected: ${problem.expected}`,
		`    came:     ${problem.came}`,
		`    means:    ${problem.means}`,
	];
}

function evidenceLines({ what, notes, proof }: NonNullable<Report['evidence']>): readonly string[] {
	const lines = ['EVIDENCE: keep this', what];
	for (const note of notes) {
		const title = note.startsWith(`${VERSION} `) ? 'signed note' : 'signed checkpoint';
		lines.push(`----- ${title} -----`, ...note.trimEnd().split('\n'));
	}
	if (proof.length > 0) lines.push('----- hashes that lead from that root to the second checkpoint -----', ...proof);
	return [...lines, '-----', ''];
}

function imageLines({
	held,
	public: shown,
	sealed,
	withheld,
	never_held: never,
}: NonNullable<Report['blobs']>): readonly string[] {
	const lines = [
		'Images',
		`  ${grouped(held)} held by the operator: ${grouped(shown)} published and looked at, ${grouped(sealed)} sealed by the package, ${grouped(withheld)} withheld by decision`,
	];
	if (never > 0) lines.push(`  ${grouped(never)} announced and never held: forms that nobody can see, in no total`);
	return lines;
}
