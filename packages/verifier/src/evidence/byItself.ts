/**
 * Why a statement is void whatever was said before it (V76): a certificate or declaration whose own members contradict each other, a notice or an answer that no rule admits, a declaration signed by fewer than
 * the package's authority. Everything else about proceedings depends on rows, and takes a replay.
 */
import type { CollationCertify, MarkCounts, OpenClass, ResultDeclare } from '@matokeo/core/record/acts.ts';
import type { NoticeFile } from '@matokeo/core/record/filings.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { openClasses } from '@matokeo/core/rules/gate.ts';
import type { PackageExcerpt } from './file.ts';

/** The rule and why, as one text. `excerpt`: of the package whose digest the reader brought. */
export function voidByItself(statement: Statement, excerpt: PackageExcerpt | undefined): string | undefined {
	switch (statement.type) {
		case 'collation/certify':
			return contradiction(statement);
		case 'result/declare':
			return contradiction(statement) ?? shortOfQuorum(statement, excerpt);
		case 'objection/answer':
			return (statement.outcome === 'referred') === (statement.to !== undefined)
				? undefined
				: 'S40: a referral, and nothing else, names who answers next';
		case 'notice/file':
			return ofNotice(statement);
		default:
			return undefined;
	}
}

function contradiction({
	counts,
	number,
	proceed = {},
	supersedes,
	unwitnessed,
}: CollationCertify | ResultDeclare): string | undefined {
	const sum = returnsDue(counts);
	if (counts.due !== sum) return `S43: ${counts.due} stations are due, and the classes that it names add up to ${sum}`;
	const open: readonly OpenClass[] = [
		...openClasses(counts).map((one) => one.open),
		...(unwitnessed === undefined ? [] : (['unwitnessed'] as const)),
	];
	const unnamed = open.find((one) => proceed[one] === undefined);
	if (unnamed !== undefined) return `S43: ${unnamed} stand open in it, and it names no rule that permits to go on`;
	const extra = Object.keys(proceed).find((name) => !open.some((one) => one === name));
	if (extra !== undefined) return `S43: it names a rule for ${extra}, of which it says that none stand open`;
	if (number === 1 && supersedes !== undefined) return 'S43: it is number 1, and says that it supersedes another';
	return number > 1 && supersedes === undefined ? `S43: it is number ${number}, and supersedes none` : undefined;
}

function returnsDue(counts: MarkCounts): number {
	const { counted, missing, unverified, quarantined, disregarded, set_aside: aside, postponed } = counts;
	return counted + missing + unverified + quarantined + disregarded + aside + postponed;
}

function ofNotice({ by, notice }: NoticeFile): string | undefined {
	switch (notice.kind) {
		case 'incident': {
			const { outcome, checks, touched, from, until } = notice;
			if (until !== undefined && until < from) return 'S41: the incident ends before it begins';
			const unshown = outcome === 'failed' && (checks.length === 0 || touched.length > 0);
			return unshown
				? 'S41: it says that an attempt failed, and shows no check, or statements that it touched'
				: undefined;
		}
		case 'pause':
		case 'resume':
		case 'emergency-change':
			return by.length < 2
				? `S10: a notice of kind ${notice.kind} takes two holders, one key has signed it`
				: undefined;
		default:
			return undefined;
	}
}

/** Fewer names than the quorum are fewer holders. */
function shortOfQuorum({ by, contest }: ResultDeclare, excerpt: PackageExcerpt | undefined): string | undefined {
	const least = excerpt === undefined ? undefined : quorumIn(excerpt.election, contest);
	if (least === undefined || by.length >= least) return undefined;
	return `S10: the package lets ${least} of the authority declare contest ${contest}, ${by.length} signed`;
}

/** `declaration.quorum` of the contest in `election.json`, whose other members need not be understood here. */
function quorumIn(text: string, contest: string): number | undefined {
	const contests = memberOf(parsed(text), 'contests');
	if (!Array.isArray(contests)) return undefined;
	const own: unknown = contests.find((one: unknown) => memberOf(one, 'id') === contest);
	const declaration = memberOf(own, 'declaration');
	const quorum = memberOf(declaration, 'by') === 'quorum' ? memberOf(declaration, 'quorum') : undefined;
	return typeof quorum === 'number' ? quorum : undefined;
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null
		? new Map<string, unknown>(Object.entries(value)).get(name)
		: undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
