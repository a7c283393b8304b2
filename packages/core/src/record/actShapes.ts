/** The shapes of statements about what has been counted (S33–S38). */
import { attributes, by, kind, poll, seconds } from './commonShapes.ts';
import { FIELDS_PER_FORM_MAX, NUMBER_MAX, TEXTS_MAX, WITNESSES_NAMED_MAX } from './limits.ts';
import {
	array,
	code,
	digest,
	either,
	ID,
	id,
	integer,
	named,
	object,
	oneOf,
	optional,
	required,
	table,
	text,
} from './shape.ts';

const SAFE_MAX = Number.MAX_SAFE_INTEGER;
const sum = integer(0, SAFE_MAX);
const sums = table(ID, sum, FIELDS_PER_FORM_MAX);
const serial = text(/^[A-Za-z0-9./-]{1,32}$/);

const counts = object({
	cancelled: required(sum),
	counted: required(sum),
	disregarded: required(sum),
	due: required(sum),
	merged: required(sum),
	missing: required(sum),
	objections: required(sum),
	postponed: required(sum),
	quarantined: required(sum),
	set_aside: required(sum),
	uncertified: required(sum),
	unverified: required(sum),
});

const proceed = object({
	missing: optional(code),
	objections: optional(code),
	postponed: optional(code),
	quarantined: optional(code),
	uncertified: optional(code),
	unverified: optional(code),
	unwitnessed: optional(code),
});

const candidates = required(array(id, 1, FIELDS_PER_FORM_MAX));
const outcome = either('kind', {
	elected: object({ candidate: required(id), kind: kind('elected') }),
	runoff: object({ candidates, kind: kind('runoff') }),
	tie: object({ by: required(id), candidates, kind: kind('tie') }),
	refer: object({ kind: kind('refer'), to: required(named) }),
	special: object({ code: required(named), kind: kind('special') }),
	rerun: object({ kind: kind('rerun') }),
	nobody: object({ kind: kind('nobody') }),
});

const onMark = {
	by,
	contest: required(id),
	counts: required(counts),
	list: required(digest),
	mark: required(digest),
	number: required(integer(1, NUMBER_MAX)),
	proceed: optional(proceed),
	supersedes: optional(object({ reason: required(code), statement: required(digest) })),
	totals: required(sums),
	unwitnessed: optional(array(id, 1, WITNESSES_NAMED_MAX)),
};

export const ACT_SHAPES = {
	'form/original': object({
		attributes: optional(attributes),
		by,
		contest: required(id),
		custody: required(
			object({
				from: required(oneOf('presiding-officer', 'courier', 'store', 'court')),
				seal: required(oneOf('intact', 'broken', 'none', 'unclear')),
			}),
		),
		differs: required(array(id, 0, FIELDS_PER_FORM_MAX)),
		poll: required(poll),
		reading: optional(digest),
		serial: optional(serial),
		station: required(id),
	}),
	'tally/mark': object({ area: required(id), by, contest: required(id), seen: optional(digest) }),
	'collation/certify': object({ ...onMark, area: required(id) }),
	'result/declare': object({
		...onMark,
		outcome: required(outcome),
		seen: optional(digest),
		texts: required(table(/^[a-z]{2,3}$/, digest, TEXTS_MAX)),
	}),
	'result/dissent': object({
		by,
		contest: required(id),
		of: required(digest),
		reason: required(code),
		text: optional(digest),
	}),
	'result/record': object({
		by,
		claimed: optional(object({ outcome: optional(outcome), totals: optional(sums) })),
		contest: required(id),
		document: required(digest),
		mark: optional(digest),
		when: required(seconds),
	}),
};
