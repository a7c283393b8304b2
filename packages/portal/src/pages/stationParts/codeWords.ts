/** Words for the codes of the record: kinds and routes of captures, states of a station, offices, and what a field of the paper says. One table each, so that no code is ever shown as a code. */
import type { AgentMark, CaptureKind, Figure, Route } from '@matokeo/core/record/statement.ts';
import type { Office } from '@matokeo/core/rules/context.ts';
import type { UnitRow } from '@matokeo/core/rules/rows.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { CodeView, SignerView } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';

const KINDS: Readonly<Record<CaptureKind, MessageId>> = {
	original: 'station.kindOriginal',
	'carbon-copy': 'station.kindCarbonCopy',
	'agent-copy': 'station.kindAgentCopy',
	'posted-copy': 'station.kindPostedCopy',
	replacement: 'station.kindReplacement',
	amendment: 'station.kindAmendment',
	recount: 'station.kindRecount',
	court: 'station.kindCourt',
	collation: 'station.kindCollation',
};

export function kindWord(words: Words, kind: CaptureKind): string {
	return words.say(KINDS[kind]);
}

const ROUTES: Readonly<Record<Route, MessageId>> = {
	'own-kit': 'station.routeOwnKit',
	'other-kit': 'station.routeOtherKit',
	paper: 'station.routePaper',
	'hand-carry': 'station.routeHandCarry',
	court: 'station.routeCourt',
};

export function routeWord(words: Words, route: Route): string {
	return words.say(ROUTES[route]);
}

const STATUSES: Readonly<Record<UnitRow['status'], MessageId>> = {
	planned: 'station.statusPlanned',
	open: 'station.statusOpen',
	delayed: 'station.statusDelayed',
	'not-opened': 'station.statusNotOpened',
	'return-lost': 'station.statusReturnLost',
	postponed: 'station.statusPostponed',
	cancelled: 'station.statusCancelled',
	merged: 'station.statusMerged',
	're-poll': 'station.statusRePoll',
};

export function statusWord(words: Words, status: UnitRow['status']): string {
	return words.say(STATUSES[status]);
}

const OFFICES: Readonly<Record<Office, MessageId>> = {
	log: 'changes.officeLog',
	authority: 'changes.officeAuthority',
	registrar: 'changes.officeRegistrar',
	party: 'changes.officeParty',
	'presiding-officer': 'changes.officePresidingOfficer',
	'receiving-officer': 'changes.officeReceivingOfficer',
	'returning-officer': 'changes.officeReturningOfficer',
	clerk: 'changes.officeClerk',
	agent: 'changes.officeAgent',
	observer: 'changes.officeObserver',
	newsroom: 'changes.officeNewsroom',
	court: 'changes.officeCourt',
};

/** The office and the key's name. Keys have pseudonyms; there is no person's name to show. */
export function signerWords(words: Words, { office, name }: SignerView): Html {
	return words.rich('changes.signer', { office: words.say(OFFICES[office]), key: html`<code>${foreign(name)}</code>` });
}

const MARKS: Readonly<Record<AgentMark['mark'], MessageId>> = {
	signed: 'station.agentSigned',
	refused: 'station.agentRefused',
	absent: 'station.agentAbsent',
};

export function agentWord(words: Words, mark: AgentMark['mark']): string {
	return words.say(MARKS[mark]);
}

/** A number, or what stands in its place on the paper. */
export function figureWord(words: Words, figure: Figure): string {
	return typeof figure === 'number' ? words.number(figure) : words.say(`station.${figure}`);
}

/** The package's text of a code, the code itself and where it is written. */
export function codeWords(words: Words, { id, text, citation }: CodeView): Html {
	const said: Part = words.text(text) === '' ? words.say('station.codeUnknown') : words.shown(text);
	return html`${said} <small><code>${foreign(id)}</code>${citation !== '' && html` · ${words.rich('station.citation', { citation: html`<bdi>${citation}</bdi>` })}`}</small>`;
}
