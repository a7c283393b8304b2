/** What a statement changed of a return (T20, T21): its state, whether its documents differ, and which figures became others, before beside after. Only what differs is said. */
import { type ReturnView, sameVotes } from '@matokeo/core/standings/returnView.ts';
import { stateMark } from '../../design/marks.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { ContestHead, FieldHead } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import { sum } from '../parts.ts';

type Votes = readonly number[];

/** Nothing when nothing that is counted or shown of the return changed. */
export function changeWords(words: Words, contest: ContestHead, before: ReturnView, after: ReturnView): Html {
	const points = [...stateChange(words, before, after), ...flagChanges(words, before, after)];
	const first = (['reported', 'verified'] as const).flatMap((stage) => appearance(words, stage, before, after));
	const lines = [...points, ...first];
	return html`${lines.length > 0 && html`<ul class="effect">${lines.map((line) => html`<li>${line}</li>`)}</ul>`}${tables(words, contest, before, after)}`;
}

/** Said where the state hides it: a form may come in for a return in quarantine. */
const FORMS = {
	counts: 'changes.formCountsNow',
	'no-image': 'changes.formNoImageNow',
	none: 'changes.formNoneNow',
} as const;

function stateChange(words: Words, before: ReturnView, after: ReturnView): readonly Part[] {
	if (before.state === after.state) return before.form === after.form ? [] : [words.say(FORMS[after.form])];
	const marks = { before: stateMark(words, before.state), after: stateMark(words, after.state) };
	return [words.rich('changes.stateChange', marks)];
}

function flagChanges(words: Words, before: ReturnView, after: ReturnView): readonly Part[] {
	const said: MessageId[] = [];
	if (before.differs !== after.differs && after.differs !== 'no') {
		said.push(after.differs === 'open' ? 'changes.differsNow' : 'changes.differsSettledNow');
	}
	if (before.as_written !== after.as_written) {
		said.push(after.as_written ? 'changes.asWrittenNow' : 'changes.asWrittenNoMore');
	}
	if (before.flagged !== after.flagged) said.push(after.flagged ? 'changes.flaggedNow' : 'changes.flaggedNoMore');
	if (before.inspected !== after.inspected)
		said.push(after.inspected ? 'changes.inspectedNow' : 'changes.inspectedNoMore');
	if (before.disputed !== after.disputed) said.push(after.disputed ? 'changes.disputedNow' : 'changes.disputedNoMore');
	return said.map((id) => words.say(id));
}

/** Figures that were not known and are, or the other way about. */
function appearance(
	words: Words,
	stage: 'reported' | 'verified',
	before: ReturnView,
	after: ReturnView,
): readonly Part[] {
	const was = before[stage];
	const is = after[stage];
	if (was === undefined && is !== undefined) {
		const same = stage === 'verified' && sameVotes(after.reported, is);
		const verified = same ? 'changes.firstVerifiedSame' : 'changes.firstVerified';
		return [words.say(stage === 'reported' ? 'changes.firstReported' : verified, { n: sum(is) })];
	}
	if (was === undefined || is !== undefined) return [];
	return [words.say(stage === 'reported' ? 'changes.noReported' : 'changes.noVerified')];
}

function tables(words: Words, contest: ContestHead, before: ReturnView, after: ReturnView): Part {
	const counted = contest.fields.filter((field) => field.counted);
	const stages = (['reported', 'verified'] as const).map((stage) => {
		const was = before[stage];
		const is = after[stage];
		if (was === undefined || is === undefined || sameVotes(was, is)) return undefined;
		const caption = words.say(stage === 'reported' ? 'changes.figuresReported' : 'changes.figuresVerified');
		return differenceTable(words, counted, { caption, was, is }, ['changes.before', 'changes.after']);
	});
	return [stages, againstReported(words, counted, before, after)];
}

/** Where a form is first verified with other figures than its officer reported, both stand side by side. */
function againstReported(
	words: Words,
	counted: readonly FieldHead[],
	before: ReturnView,
	{ reported, verified }: ReturnView,
): Html | undefined {
	if (before.verified !== undefined || verified === undefined) return undefined;
	if (reported === undefined || sameVotes(reported, verified)) return undefined;
	const values = { caption: words.say('changes.figuresStages'), was: reported, is: verified };
	return differenceTable(words, counted, values, ['changes.reportedColumn', 'changes.verifiedColumn']);
}

interface Compared {
	readonly caption: string;
	readonly was: Votes;
	readonly is: Votes;
}

function differenceTable(
	words: Words,
	counted: readonly FieldHead[],
	{ caption, was, is }: Compared,
	[first, second]: readonly [MessageId, MessageId],
): Html {
	const rows = counted.map(({ label }, place) => {
		const before = was[place] ?? 0;
		const after = is[place] ?? 0;
		if (before === after) return undefined;
		return html`<tr><th scope="row">${words.shown(label)}</th><td class="n">${words.number(before)}</td><td class="n">${words.number(after)}</td><td class="n">${signed(words, after - before)}</td></tr>`;
	});
	return html`<table class="compared"><caption>${caption}</caption><thead><tr><th scope="col">${words.say('changes.field')}</th><th scope="col" class="n">${words.say(first)}</th><th scope="col" class="n">${words.say(second)}</th><th scope="col" class="n">${words.say('changes.difference')}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** With its sign always, and a minus that is as wide as the plus. */
function signed(words: Words, difference: number): string {
	return `${difference < 0 ? '−' : '+'}${words.number(Math.abs(difference))}`;
}
