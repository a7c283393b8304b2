/**
 * What a statement about counted returns says, in a sentence (S33–S38): the paper seen, a mark, a certificate, a declaration, a dissent, a record. Where the log is none of the authority's own,
 * the sentence says *rehearsal* or *parallel count* in the place of *declared*.
 */
import type {
	CollationCertify,
	FormOriginal,
	ResultDeclare,
	ResultDissent,
	ResultRecord,
	TallyMark,
} from '@matokeo/core/record/acts.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { foreign } from '../../html/foreign.ts';
import type { Part } from '../../html/html.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import { shortDigest } from './digest.ts';
import type { Known } from './statementWords.ts';

export type Act = FormOriginal | TallyMark | CollationCertify | ResultDeclare | ResultDissent | ResultRecord;

const ACTS: ReadonlySet<Statement['type']> = new Set<Act['type']>([
	'form/original',
	'tally/mark',
	'collation/certify',
	'result/declare',
	'result/dissent',
	'result/record',
]);

export function isAct(statement: Statement): statement is Act {
	return ACTS.has(statement.type);
}

export function actWords(words: Words, act: Act, known: Known): Part {
	const { mode } = known;
	switch (act.type) {
		case 'form/original':
			return originalWords(words, act, known);
		case 'tally/mark':
			return words.rich('acts.mark', { area: areaName(act.area, known) });
		case 'collation/certify':
			return [
				words.rich('acts.certify', { n: act.number, area: areaName(act.area, known) }),
				superseded(words, act.supersedes?.statement),
			];
		case 'result/declare':
			return [words.rich('acts.declare', { n: act.number, mode }), superseded(words, act.supersedes?.statement)];
		case 'result/dissent':
			return words.rich('acts.dissent', { id: shortDigest(act.of) });
		case 'result/record':
			return words.rich('acts.record', { mode, time: words.timeTag(act.when) });
		default:
			return unreachable(act);
	}
}

export function areaName(id: string, { areas }: Pick<Known, 'areas'>): Part {
	return foreign(areas?.[id] ?? id);
}

function superseded(words: Words, id: string | undefined): Part {
	return id !== undefined && [' ', words.rich('acts.supersedes', { id: shortDigest(id) })];
}

const FROM: Readonly<Record<FormOriginal['custody']['from'], MessageId>> = {
	'presiding-officer': 'acts.fromPresidingOfficer',
	courier: 'acts.fromCourier',
	store: 'acts.fromStore',
	court: 'acts.fromCourt',
};

const SEALS: Readonly<Record<FormOriginal['custody']['seal'], MessageId>> = {
	intact: 'acts.sealIntact',
	broken: 'acts.sealBroken',
	none: 'acts.sealNone',
	unclear: 'acts.sealUnclear',
};

export function custodyWords(words: Words, { from, seal }: FormOriginal['custody']): { from: string; seal: string } {
	return { from: words.say(FROM[from]), seal: words.say(SEALS[seal]) };
}

function originalWords(words: Words, { custody, reading, differs }: FormOriginal, { contest }: Known): Part {
	const values = custodyWords(words, custody);
	if (reading === undefined) return words.say('acts.originalAlone', values);
	if (differs.length === 0) return words.say('acts.originalAgrees', values);
	const fields = differs.map((id) => {
		const label = contest.fields.find((field) => field.id === id)?.label;
		return label === undefined ? foreign(id) : words.shown(label);
	});
	return words.rich('acts.originalDiffers', { ...values, fields: words.items(fields) });
}
