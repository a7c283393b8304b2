/** The report on a bundle for a reader who is no engineer (B30): the verdict, what was checked, what the statements come to, every problem with its place, and at the end what a bundle cannot show. Every number comes from the report. */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import { utc } from '../report/date.ts';
import type { Verdict } from '../report/report.ts';
import type { BundleCheck, BundleCheckName } from './findings.ts';
import type { Subject } from './manifest.ts';
import { visible } from './names.ts';
import { notShown } from './notShown.ts';
import type { BundleReport } from './report.ts';
import type { ShownReturn, ShownSums } from './subject.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
	verified:
		'VERIFIED: nothing fails in this bundle, and the election package in it is the one whose digest you brought.',
	consistent:
		'CONSISTENT; AUTHORITY NOT ESTABLISHED: nothing fails in this bundle, but without --anchor anybody could have made it.',
	failed: 'FAILED: at least one thing in this bundle is not as it must be. Each is named below.',
};

/** What each check is about, and what it counts, in the plural. */
const WORDS: Readonly<Record<BundleCheckName, readonly [string, string]>> = {
	files: ['every file against the list, and the list against every file', 'files'],
	package: ['election package and its digest', 'files'],
	checkpoint: ["the log's signed state", 'checkpoints'],
	statements: ['statements as they stand in the log, each with its proof', 'statements'],
	signatures: ['signatures by keys in force, their enrolments included', 'signatures'],
	rules: ['rules, replayed over the statements of this bundle', 'statements'],
	blobs: ['images, texts and documents against their digests', 'files'],
	subject: ['what the bundle is about, and what was certified of it', 'comparisons'],
	attestations: ['attestations by the keys of the captures', 'attestations'],
};

const STATEMENTS_LISTED_MAX = 200;
const RETURNS_LISTED_MAX = 100;

export function bundleText(report: BundleReport): string {
	const lines = [
		...headLines(report),
		'',
		'What was checked',
		...report.checks.map(checkLine),
		'',
		...problemLines(report.checks),
		...returnLines(report.returns),
		...sumsLines(report.sums),
		...statementLines(report),
		...blobLines(report),
		...attestationLines(report),
		...(report.remarks.length === 0 ? [] : ['To know', ...report.remarks.map((remark) => `  - ${remark}`), '']),
		'Not shown by this bundle',
		...notShown(report).map((line) => `  - ${line}`),
	];
	return visible(`${lines.map((line) => line.replaceAll('\n', ' ')).join('\n')}\n`);
}

function headLines(report: BundleReport): readonly string[] {
	const { verdict, election, log, cosignatures, cosigned, wholeVerified, problemsOfWhole } = report;
	const lines = [VERDICTS[verdict]];
	if (election?.mode === 'rehearsal') lines.push('REHEARSAL: not a result of any authority.');
	if (election?.mode === 'parallel') lines.push('PARALLEL COUNT: not the official count of any authority.');
	if (!wholeVerified)
		lines.push(
			'AS IT IS: whoever made this bundle says that the whole log did not verify, and why:',
			...problemsOfWhole.map((problem) => `  ${problem}`),
		);
	lines.push('', `About      ${subjectInWords(report.subject)}`);
	if (election !== undefined)
		lines.push(
			`Election   ${election.title['en'] ?? Object.values(election.title)[0] ?? election.id} (${election.id})`,
			`Package    ${election.package}`,
		);
	if (log !== undefined)
		lines.push(`Log        ${log.origin}, at ${plural(log.size, 'statement', 'statements')}, root ${log.root}`);
	if (log !== undefined && log.time > 0) lines.push(`Its clock  ${utc(log.time)} at the last tick in this bundle`);
	if (cosignatures !== undefined) {
		const by = cosignatures.counted.length === 0 ? 'no witness' : cosignatures.counted.join(', ');
		const when = cosigned === undefined ? '' : `, the latest at ${utc(cosigned)}`;
		lines.push(`Cosigned   by ${by}${when}${cosignatures.met ? '' : '; fewer than the package asks for'}`);
	}
	return lines;
}

function subjectInWords(subject: Subject): string {
	switch (subject.kind) {
		case 'station':
			return `polling station ${subject.station}${subject.contest === undefined ? '' : `, contest ${subject.contest}`}`;
		case 'area':
			return `area ${subject.area}, contest ${subject.contest}`;
		case 'objection':
			return `objection ${subject.objection}`;
		case 'declaration':
			return `declaration ${subject.declaration}`;
	}
}

function checkLine({ name, checked, failed }: BundleCheck): string {
	const [what, unit] = WORDS[name];
	const outcome = failed > 0 ? `${grouped(failed)} WRONG` : 'nothing wrong';
	return `  ${name.padEnd(13)}${what}: ${plural(checked, unit.slice(0, -1), unit)}, ${outcome}`;
}

function problemLines(checks: readonly BundleCheck[]): readonly string[] {
	const wrong = checks.filter(({ failed }) => failed > 0);
	if (wrong.length === 0) return [];
	const lines = ['What is wrong'];
	for (const { name, failed, problems } of wrong) {
		for (const { file, index, rule, expected, came, means } of problems) {
			const where = [file ?? '', index === undefined ? '' : `index ${index}`, rule === undefined ? '' : `rule ${rule}`];
			lines.push(
				`  [${name}] ${where.filter((part) => part !== '').join(' · ')}`,
				`    expected: ${expected}`,
				`    came:     ${came}`,
				`    means:    ${means}`,
			);
		}
		if (failed > problems.length) lines.push(`  … and ${grouped(failed - problems.length)} more of ${name}`);
	}
	return [...lines, ''];
}

function returnLines(returns: readonly ShownReturn[]): readonly string[] {
	if (returns.length === 0) return [];
	const lines = ['What these statements come to'];
	for (const one of returns.slice(0, RETURNS_LISTED_MAX)) {
		const { station, contest, poll, view, votes, capture, reading, accepted } = one;
		const poll2 = poll === 1 ? '' : `, poll ${poll}`;
		lines.push(`  Polling station ${station}, contest ${contest}${poll2}: ${view.state}${notesOf(one)}`);
		if (votes !== undefined)
			lines.push(
				`    ${Object.entries(votes)
					.map(([id, n]) => `${id} ${grouped(n)}`)
					.join(', ')}`,
			);
		if (capture !== undefined) lines.push(`    from capture ${capture}`);
		if (reading !== undefined)
			lines.push(`    as reading ${reading} has it, accepted by ${accepted === 'ruling' ? 'a ruling' : 'agreement'}`);
	}
	if (returns.length > RETURNS_LISTED_MAX) lines.push(`  … and ${grouped(returns.length - RETURNS_LISTED_MAX)} more`);
	return [...lines, ''];
}

function notesOf({ view }: ShownReturn): string {
	const notes = [
		view.differs === 'open' ? 'documents of it differ and no ruling has settled it' : '',
		view.differs === 'settled' ? 'documents of it differed, and a ruling has settled it' : '',
		view.disputed ? 'objected to, or ordered to be counted again' : '',
		view.as_written ? 'counted as written although its arithmetic fails' : '',
		view.flagged ? 'a warning of its form stands, which needs explanation' : '',
	].filter((part) => part !== '');
	return notes.length === 0 ? '' : ` (${notes.join('; ')})`;
}

const RECOMPUTED: Readonly<Record<ShownSums['recomputed'], string>> = {
	same: 'the statements in this bundle add up to the same, and give the same list',
	differs: 'the statements in this bundle add up to SOMETHING ELSE (see above)',
	no: 'not added up here: that takes every statement on the area',
};

function sumsLines(sums: readonly ShownSums[]): readonly string[] {
	if (sums.length === 0) return [];
	const lines = ['What was certified and declared'];
	for (const {
		kind,
		contest,
		area,
		number,
		inForce,
		annulled,
		replaced,
		totals,
		recomputed,
		counted,
		index,
	} of sums.slice(0, RETURNS_LISTED_MAX))
		lines.push(
			`  ${kind} ${number} of ${area}, contest ${contest}, at index ${index}${inForce ? '' : ', superseded later'}: ${plural(counted, 'return', 'returns')} counted`,
			...(annulled === undefined ? [] : [`    ANNULLED by order ${annulled}`]),
			...(replaced === undefined ? [] : [`    WINNER REPLACED by order ${replaced.order}: ${replaced.candidate}`]),
			`    ${Object.entries(totals)
				.map(([id, n]) => `${id} ${grouped(n)}`)
				.join(', ')}`,
			`    ${RECOMPUTED[recomputed]}`,
		);
	if (sums.length > RETURNS_LISTED_MAX) lines.push(`  … and ${grouped(sums.length - RETURNS_LISTED_MAX)} more`);
	return [...lines, ''];
}

function statementLines({ statements }: BundleReport): readonly string[] {
	if (statements.length === 0) return [];
	const lines = [
		'What was said of it, in the order of the log (not before the time given, by the last tick in this bundle)',
	];
	for (const { index, type, by, time, id } of statements.slice(0, STATEMENTS_LISTED_MAX))
		lines.push(`  ${String(index).padStart(8)}  ${utc(time)}  ${type}  by ${by.join(', ')}`, `            ${id}`);
	const more = statements.length - STATEMENTS_LISTED_MAX;
	if (more > 0) lines.push(`  … and ${grouped(more)} more; all of them are in bundle.json`);
	return [...lines, ''];
}

const WHY = {
	withheld: 'withheld by a decision of the authority, which is in this bundle',
	sealed: 'sealed: the package does not publish images of its kind',
	'never-held': 'never received by the log: nobody has seen it there',
	absent:
		'held and published by the log; whoever made this bundle says that it was not to be had. Ask for it by this digest',
} as const;

function blobLines({ blobs }: BundleReport): readonly string[] {
	const lines = ['Images, texts and documents', `  ${plural(blobs.shown, 'file', 'files')} in this bundle`];
	for (const { sha256, why } of blobs.leftOut) lines.push(`  not in it: ${sha256}`, `    ${WHY[why]}`);
	return [...lines, ''];
}

function attestationLines({ attestations }: BundleReport): readonly string[] {
	return attestations.flatMap(({ by, office, captures, form, basis, lines, revoked }) => [
		`Attestation by ${by} (${office}), whose key signed the ${captures.length === 1 ? 'capture' : `${captures.length} captures`} that it names`,
		...captures.map((id) => `  capture ${id}`),
		`  form ${form}: ${basis}`,
		...lines.map(({ kind, text }) => (kind === 'says' ? `  | ${text}` : `  | ${text}   [the signer’s own word]`)),
		...(revoked === undefined ? [] : [`  The key was revoked at index ${revoked}: ask why, and when this was signed.`]),
		'',
	]);
}
