/** The shapes of what people file (S39–S42, S44). */
import { by, kind, poll, seconds } from './commonShapes.ts';
import { COUNT_SOURCES } from './filings.ts';
import { CHECKS_SHOWN_MAX, COUNT_ROWS_MAX, EVIDENCE_MAX, SIZE_MAX, TOUCHED_MAX } from './limits.ts';
import { array, code, digest, either, id, integer, object, oneOf, optional, required, text } from './shape.ts';

const size = integer(0, SIZE_MAX);

const target = either('kind', {
	return: object({ kind: kind('return'), poll: required(poll), station: required(id) }),
	area: object({ area: required(id), kind: kind('area') }),
	contest: object({ kind: kind('contest') }),
	statement: object({ kind: kind('statement'), statement: required(digest) }),
});

const checkShown = object({
	check: required(oneOf('replay', 'consistency', 'results', 'images', 'anchor', 'witnesses')),
	from: required(size),
	to: required(size),
});

const notice = either('kind', {
	error: object({
		area: optional(id),
		contest: required(id),
		documents: required(array(digest, 2, 2)),
		kind: kind('error'),
		station: optional(id),
	}),
	incident: object({
		attempted: required(code),
		checks: required(array(checkShown, 0, CHECKS_SHOWN_MAX)),
		from: required(seconds),
		kind: kind('incident'),
		outcome: required(oneOf('failed', 'succeeded', 'unknown')),
		surface: required(code),
		touched: required(array(digest, 0, TOUCHED_MAX)),
		until: optional(seconds),
	}),
	attestation: object({
		accounts: required(digest),
		at: required(seconds),
		builds: required(digest),
		configuration: required(digest),
		kind: kind('attestation'),
		topology: required(digest),
	}),
	pause: object({ at: required(seconds), kind: kind('pause'), reason: required(code), surface: required(code) }),
	resume: object({ at: required(seconds), kind: kind('resume'), pause: required(digest), reason: required(code) }),
	'emergency-change': object({
		after: required(digest),
		at: required(seconds),
		before: required(digest),
		kind: kind('emergency-change'),
		reason: required(code),
		surface: required(code),
	}),
});

const onReturn = (word: string) => object({ contest: required(id), kind: kind(word), station: required(id) });
const onOrder = (word: string) => object({ kind: kind(word), order: required(digest) });

const order = either('kind', {
	stay: object({ area: optional(id), contest: required(id), kind: kind('stay') }),
	lift: onOrder('lift'),
	recount: onReturn('recount'),
	admit: onReturn('admit'),
	'set-aside': onReturn('set-aside'),
	reinstate: onOrder('reinstate'),
	substitute: object({
		capture: required(digest),
		contest: required(id),
		kind: kind('substitute'),
		station: required(id),
	}),
	're-poll': onReturn('re-poll'),
	annul: object({ contest: required(id), kind: kind('annul') }),
	'replace-winner': object({ candidate: required(id), contest: required(id), kind: kind('replace-winner') }),
});

export const FILING_SHAPES = {
	'objection/lodge': object({
		behalf: optional(
			object({
				office: required(oneOf('agent', 'party', 'observer', 'candidate', 'voter')),
				party: optional(id),
				received: required(seconds),
			}),
		),
		by,
		contest: required(id),
		evidence: optional(array(digest, 1, EVIDENCE_MAX)),
		ground: required(code),
		target: required(target),
		text: optional(digest),
	}),
	'objection/answer': object({
		by,
		objection: required(digest),
		outcome: required(oneOf('upheld', 'dismissed', 'referred')),
		reason: required(code),
		seen: required(digest),
		text: optional(digest),
		to: optional(id),
	}),
	'notice/file': object({ by, notice: required(notice), text: optional(digest) }),
	'count/lodge': object({
		at: required(seconds),
		by,
		contest: required(id),
		level: optional(id),
		obtained: required(oneOf(...COUNT_SOURCES)),
		rows: required(integer(1, COUNT_ROWS_MAX)),
		seen: optional(digest),
		table: required(digest),
		text: required(digest),
	}),
	'authority/order': object({
		basis: required(code),
		by,
		citation: required(text(/^[A-Za-z0-9./_-]{1,64}$/)),
		court: required(id),
		decided: required(seconds),
		document: required(digest),
		order: required(order),
	}),
};
