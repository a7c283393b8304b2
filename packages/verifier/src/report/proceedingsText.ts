/**
 * What was certified, announced, objected to and ordered, in words (V82–V88). The word “declared” stands where the authority has declared and the reader's digest shows that it is the authority; a rehearsal and a
 * parallel count have other words there.
 */

import type { DeclaredOutcome } from '@matokeo/core/record/acts.ts';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { ShownDeclaration } from '../proceedings/declaration.ts';
import type { ContestProceedings, ShownObjection, ShownOrder, ShownRecord } from '../proceedings/shown.ts';
import { wayWords } from '../proceedings/ways.ts';
import type { DeclaredWords } from '../proceedings/words.ts';
import { utc } from './date.ts';
import { entryWords, intervalWords } from './timesText.ts';

export function proceedingsLines(shown: ContestProceedings, words: DeclaredWords): readonly string[] {
	const { steps, declaration, superseded, annulled, replaced, stays, dissents, records, objections, orders } = shown;
	const certified = steps.map(
		({ level, areas, certified: done }) => `${grouped(done)} of ${plural(areas, 'area', 'areas')} at level ${level}`,
	);
	return [
		...(certified.length === 0 ? [] : [`  Certificates: ${certified.join(', ')}`]),
		...(annulled === undefined
			? []
			: [`  ANNULLED by order ${annulled}. What was announced before stays in the record.`]),
		...(replaced === undefined
			? []
			: [`  Order ${replaced.order} puts ${replaced.candidate} in the place of the winner.`]),
		...stays.map((order) => `  STAYED by order ${order}: nothing is certified or announced until it is lifted.`),
		...(declaration === undefined
			? [
					`  Stage: no result of this contest has been ${words.word === 'declared' ? 'declared' : 'announced'} through this log.`,
				]
			: declarationLines(declaration, words, annulled !== undefined)),
		...(superseded === 0
			? []
			: [`  ${plural(superseded, 'earlier one is', 'earlier ones are')} superseded and in the record.`]),
		...dissents.map(
			({ statement, by, of, said }) => `  Dissent ${statement} of ${by.join(', ')} from ${of}, ${entryWords(said)}`,
		),
		...records.flatMap(recordLines),
		...objectionLines(objections),
		...orders.map(orderLine),
	];
}

function declarationLines(declaration: ShownDeclaration, words: DeclaredWords, annulled: boolean): readonly string[] {
	const { statement, number, by, mark, at, time, frozen, outcome, said, proceed, unwitnessed } = declaration;
	const codes = Object.entries(proceed).map(([open, code]) => `${open} by rule "${code}"`);
	return [
		`  Stage: ${words.word}${annulled ? ', and annulled since' : ''} (number ${number}): ${outcomeWords(outcome)}${words.note === '' ? '' : `. ${words.note}`}`,
		`    statement ${statement} of ${by.join(', ')}, ${entryWords(said)}`,
		`    on mark ${mark}: the log as it stood after ${plural(at, 'statement', 'statements')}, at ${utc(time)} by its clock, ${intervalWords(frozen)}`,
		...(codes.length === 0 ? [] : [`    open and named: ${codes.join(', ')}`]),
		...(unwitnessed.length === 0 ? [] : [`    witnesses that were silent and are named: ${unwitnessed.join(', ')}`]),
		...textLines(declaration),
		...declaration.differs.map((one) => `    NEEDS EXPLANATION: ${wayWords(one, 'in it')}`),
		...sinceLines(declaration),
	];
}

function textLines({ texts: { numbers, untraced, languages } }: ShownDeclaration): readonly string[] {
	const other = Object.entries(languages).flatMap(([language, same]) => (same ? [] : [language]));
	const named = `${Object.keys(languages).join(', ')}${other.length === 0 ? '' : `; NOT those made here: ${other.join(', ')}`}`;
	const traced =
		untraced.length === 0
			? `${plural(numbers, 'number', 'numbers')} in the texts, all traced to the log`
			: `${plural(numbers, 'number', 'numbers')} in the texts, NOT traced: ${untraced.join(', ')}`;
	return [`    ${traced} (texts and certificates in ${named})`];
}

function sinceLines({ since }: ShownDeclaration): readonly string[] {
	if (since.length === 0) return ['    Nothing has changed in its figures since.'];
	const changed = since.map(({ field, was, now }) => `${field} ${grouped(was)}, now ${grouped(now)}`);
	return [`    Since then figures have changed, and it keeps its own: ${changed.join('; ')}`];
}

function recordLines({
	statement,
	by,
	said,
	unmet,
	differs = [],
	against,
	when,
	document,
	held,
}: ShownRecord): readonly string[] {
	const what = against === 'mark' ? 'the mark that it names' : 'the log as it stood then';
	return [
		`  Recorded outside the gate: ${statement} of ${by.join(', ')}, ${entryWords(said)}${when === undefined ? '' : `; made, it says, at ${utc(when)}`}`,
		`    conditions not met: ${unmet.length === 0 ? 'none' : unmet.join(', ')}; its document${document === undefined ? '' : ` ${document}`} is ${held}`,
		...differs.map((one) => `    NEEDS EXPLANATION, against ${what}: ${wayWords(one, 'claimed')}`),
	];
}

function objectionLines({
	open,
	referred,
	upheld,
	dismissed,
	list,
}: ContestProceedings['objections']): readonly string[] {
	const all = open + referred + upheld + dismissed;
	if (all === 0) return [];
	return [
		`  Objections: ${grouped(all)}: ${grouped(open)} open, ${grouped(referred)} referred, ${grouped(upheld)} upheld, ${grouped(dismissed)} dismissed`,
		...list.flatMap(oneObjection),
	];
}

function oneObjection({
	statement,
	by,
	ground,
	standing,
	state,
	station,
	to,
	lodged,
	answers,
}: ShownObjection): readonly string[] {
	const where = station === undefined ? '' : ` to polling station ${station}`;
	return [
		`    ${statement} of ${by}${where}, ground "${ground}"${standing ? '' : ', without standing'}: ${state}${to === undefined ? '' : ` to ${to}`}`,
		`      lodged ${entryWords(lodged)}`,
		...answers.map((answer) => `      answered ${entryWords(answer)}`),
	];
}

const ORDER_STATES: Readonly<Record<ShownOrder['state'], string>> = {
	'in-force': 'in force',
	filed: 'a copy on file, given no effect',
	ended: 'ended',
};

function orderLine({ statement, court, order, state, until, by, said }: ShownOrder): string {
	const isDone = order.kind === 'lift' || order.kind === 'reinstate';
	const effect = isDone && state === 'ended' ? 'carried out' : ORDER_STATES[state];
	const about = 'station' in order ? ` of polling station ${order.station}` : '';
	return `  Order ${statement} of ${court} (${order.kind}${about}), entered by ${by.join(', ')}: ${effect}${until === undefined ? '' : ` by ${until}`}; ${entryWords(said)}`;
}

export function outcomeWords(outcome: DeclaredOutcome): string {
	switch (outcome.kind) {
		case 'elected':
			return `${outcome.candidate} has what is needed to be elected`;
		case 'runoff':
			return `a further round between ${outcome.candidates.join(' and ')}`;
		case 'tie':
			return `a tie between ${outcome.candidates.join(' and ')}, to be settled by ${outcome.by}`;
		case 'refer':
			return `the decision goes to ${outcome.to}`;
		case 'special':
			return `the law's special case "${outcome.code}"`;
		case 'rerun':
			return 'the election is to be held again';
		case 'nobody':
			return 'nobody has what is needed';
	}
}
