/**
 * What a filing says, in a sentence (S39–S42): objections and answers, notices, orders. Courts, surfaces and kinds of attempt have the package's words; one that it does not name keeps its id.
 */
import type {
	AuthorityOrder,
	Notice,
	NoticeFile,
	ObjectionAnswer,
	ObjectionLodge,
	Order,
	Target,
} from '@matokeo/core/record/filings.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import { areaName } from './actWords.ts';
import { shortDigest } from './digest.ts';
import type { Known } from './statementWords.ts';

export type Filing = ObjectionLodge | ObjectionAnswer | NoticeFile | AuthorityOrder;

const FILINGS: ReadonlySet<Statement['type']> = new Set<Filing['type']>([
	'objection/lodge',
	'objection/answer',
	'notice/file',
	'authority/order',
]);

export function isFiling(statement: Statement): statement is Filing {
	return FILINGS.has(statement.type);
}

export function filingWords(words: Words, filing: Filing, known: Known): Part {
	switch (filing.type) {
		case 'objection/lodge':
			return lodged(words, filing, known);
		case 'objection/answer':
			return answered(words, filing, known);
		case 'notice/file':
			return noticeWords(words, filing.notice, known);
		case 'authority/order': {
			const { court, citation, order } = filing;
			const what = orderWords(words, order, known);
			return words.rich('acts.order', { court: named(words, court, known), citation: foreign(citation), what });
		}
		default:
			return unreachable(filing);
	}
}

type Behalf = NonNullable<ObjectionLodge['behalf']>;

const BEHALF: Readonly<Record<Behalf['office'], MessageId>> = {
	agent: 'acts.behalfAgent',
	party: 'acts.behalfParty',
	observer: 'acts.behalfObserver',
	candidate: 'acts.behalfCandidate',
	voter: 'acts.behalfVoter',
};

export function behalfWords(words: Words, { office, received }: Behalf): Html {
	return words.rich('acts.behalf', { office: words.say(BEHALF[office]), time: words.timeTag(received) });
}

function lodged(words: Words, { target, behalf }: ObjectionLodge, known: Known): Part {
	const said = words.rich('acts.objection', { target: targetWords(words, target, known) });
	return behalf === undefined ? said : [said, ' ', behalfWords(words, behalf)];
}

export function targetWords(words: Words, target: Target, known: Pick<Known, 'areas'>): Part {
	switch (target.kind) {
		case 'return':
			return words.rich('acts.targetReturn', { station: foreign(target.station) });
		case 'area':
			return words.rich('acts.targetArea', { area: areaName(target.area, known) });
		case 'contest':
			return words.say('acts.targetContest');
		case 'statement':
			return words.rich('acts.targetStatement', { id: shortDigest(target.statement) });
		default:
			return unreachable(target);
	}
}

/** An office that answers, or a court. */
const ANSWERING: Readonly<Record<string, MessageId>> = {
	'returning-officer': 'changes.officeReturningOfficer',
	authority: 'changes.officeAuthority',
	court: 'changes.officeCourt',
};

export function answeringWords(words: Words, id: string, known: Pick<Known, 'texts'>): Part {
	const office = ANSWERING[id];
	return office === undefined ? named(words, id, known) : words.say(office);
}

function answered(words: Words, { objection, outcome, to }: ObjectionAnswer, known: Known): Part {
	const said = words.rich('acts.answer', { id: shortDigest(objection), outcome });
	if (to === undefined) return said;
	return [said, ' ', words.rich('acts.answerTo', { to: answeringWords(words, to, known) })];
}

export function noticeWords(words: Words, notice: Notice, known: Known): Part {
	switch (notice.kind) {
		case 'error':
			return words.rich('acts.noticeError', {
				place: notice.station === undefined ? 'no' : 'yes',
				station: foreign(notice.station ?? ''),
			});
		case 'incident':
			return words.rich('acts.noticeIncident', {
				attempt: named(words, notice.attempted, known),
				surface: named(words, notice.surface, known),
				outcome: notice.outcome,
			});
		case 'attestation':
			return words.say('acts.noticeAttestation');
		case 'pause':
			return words.rich('acts.noticePause', { surface: named(words, notice.surface, known) });
		case 'resume':
			return words.rich('acts.noticeResume', { id: shortDigest(notice.pause) });
		case 'emergency-change':
			return words.rich('acts.noticeEmergency', { surface: named(words, notice.surface, known) });
		default:
			return unreachable(notice);
	}
}

export function orderWords(words: Words, order: Order, known: Pick<Known, 'areas' | 'contest'>): Part {
	switch (order.kind) {
		case 'stay':
			if (order.area === undefined) return words.say('acts.orderStayContest');
			return words.rich('acts.orderStay', { area: areaName(order.area, known) });
		case 'lift':
			return words.rich('acts.orderLift', { id: shortDigest(order.order) });
		case 'reinstate':
			return words.rich('acts.orderReinstate', { id: shortDigest(order.order) });
		case 'recount':
			return words.rich('acts.orderRecount', { station: foreign(order.station) });
		case 'admit':
			return words.rich('acts.orderAdmit', { station: foreign(order.station) });
		case 'set-aside':
			return words.rich('acts.orderSetAside', { station: foreign(order.station) });
		case 'substitute':
			return words.rich('acts.orderSubstitute', { id: shortDigest(order.capture), station: foreign(order.station) });
		case 're-poll':
			return words.rich('acts.orderRePoll', { station: foreign(order.station) });
		case 'annul':
			return words.say('acts.orderAnnul');
		case 'replace-winner': {
			const name = known.contest.candidates.find(({ id }) => id === order.candidate)?.name ?? order.candidate;
			return words.rich('acts.orderReplaceWinner', { candidate: foreign(name) });
		}
		default:
			return unreachable(order);
	}
}

function named(words: Words, id: string, { texts }: Pick<Known, 'texts'>): Part {
	const text = texts?.[id];
	return text === undefined || words.text(text) === '' ? html`<code>${foreign(id)}</code>` : words.shown(text);
}
