/**
 * What a certificate or a declaration comes to, in plain words, for whoever is about to sign it: the outcome, how many returns stand behind it, and what stands open with the rule that is named for it. Made from the
 * statement alone; whether the numbers are the mark's is checked elsewhere, by the log before all.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { CollationCertify, DeclaredOutcome, OpenClass, ResultDeclare } from '@matokeo/core/record/acts.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { openClasses } from '@matokeo/core/rules/gate.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { inEnglish } from './plain.ts';

export function actInWords(election: Election, statement: Statement): readonly string[] {
	if (statement.type === 'collation/certify') return ['', ...onMark(election, statement)];
	if (statement.type !== 'result/declare') return [];
	return [
		'',
		`Outcome: ${outcomeInWords(election, statement.contest, statement.outcome)}.`,
		...onMark(election, statement),
	];
}

export const OPEN_WORDS: Readonly<Record<OpenClass, string>> = {
	missing: 'Polling stations without a form',
	unverified: 'Returns not verified',
	quarantined: 'Returns in quarantine',
	postponed: 'Polling stations postponed',
	objections: 'Objections open',
	uncertified: 'Areas below without a certificate',
	unwitnessed: 'Silent witnesses',
};

function onMark(election: Election, statement: CollationCertify | ResultDeclare): readonly string[] {
	const { counts, number, proceed = {}, supersedes, unwitnessed = [] } = statement;
	const open: readonly { readonly open: OpenClass; readonly count: number }[] = [
		...openClasses(counts),
		...(unwitnessed.length === 0 ? [] : [{ open: 'unwitnessed' as const, count: unwitnessed.length }]),
	];
	const left = [
		['disregarded', counts.disregarded],
		['set aside', counts.set_aside],
	] as const;
	return [
		`Returns counted: ${counts.counted} of ${counts.due} that are due${left.map(([word, count]) => (count === 0 ? '' : `, ${count} ${word}`)).join('')}.`,
		open.length === 0 ? 'Nothing stands open.' : 'Standing open, and named:',
		...open.map(
			({ open: name, count }) => `  ${OPEN_WORDS[name]}: ${count}. Rule: ${ruleInWords(election, proceed[name])}`,
		),
		`Number ${number}${supersedes === undefined ? '' : `; it takes the place of ${supersedes.statement} (${codeInWords(election, 'supersede', supersedes.reason)})`}.`,
	];
}

function ruleInWords(election: Election, code: string | undefined): string {
	return code === undefined ? 'NO RULE IS NAMED, the log will refuse it' : codeInWords(election, 'proceed', code);
}

function codeInWords({ codes }: Election, kind: 'proceed' | 'supersede', id: string): string {
	const code = codes[kind].find((one) => one.id === id);
	return code === undefined ? `"${id}", NOT A CODE OF THE PACKAGE` : `${inEnglish(code.text)} (${code.citation})`;
}

function outcomeInWords({ contests }: Election, contest: string, outcome: DeclaredOutcome): string {
	const name = (id: string): string => contests.get(contest)?.candidates.find((one) => one.id === id)?.name ?? id;
	switch (outcome.kind) {
		case 'elected':
			return `${name(outcome.candidate)} is elected`;
		case 'runoff':
			return `a second round between ${outcome.candidates.map(name).join(' and ')}`;
		case 'tie':
			return `a tie of ${outcome.candidates.map(name).join(', ')}, decided by ${outcome.by}`;
		case 'refer':
			return `nobody is elected; ${outcome.to} decides`;
		case 'special':
			return `nobody is elected; what the law has for this: ${outcome.code}`;
		case 'rerun':
			return 'nobody is elected; the election is held again';
		case 'nobody':
			return 'nobody is elected';
		default:
			return unreachable(outcome);
	}
}
