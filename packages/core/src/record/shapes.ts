/**
 * The shape of each statement's body (S20–S45): one table from type to shape, the only place where a member's name and
 * bounds are written.
 */

import { ACCESS_SHAPES } from './accessShapes.ts';
import { ACT_SHAPES } from './actShapes.ts';
import { attributes, by, count, kind, poll, seconds } from './commonShapes.ts';
import { FILING_SHAPES } from './filingShapes.ts';
import {
	AGENTS_PER_CAPTURE_MAX,
	BLOB_BYTES_MAX,
	BLOBS_PER_STATEMENT_MAX,
	FIELDS_PER_FORM_MAX,
	IMAGES_PER_CAPTURE_MAX,
	KEYS_PER_ENROLMENT_MAX,
	READINGS_PER_CAPTURE_MAX,
} from './limits.ts';
import {
	array,
	code,
	digest,
	either,
	ID,
	id,
	integer,
	object,
	oneOf,
	optional,
	required,
	type Shape,
	table,
	text,
} from './shape.ts';
import type { StatementType } from './statement.ts';

const figure: Shape = (value, at) => {
	if (typeof value === 'number' || value === 'blank' || value === 'illegible' || value === 'struck') return undefined;
	return `${at} must be an integer, "blank", "illegible" or "struck", not ${JSON.stringify(value)}`;
};
const figures = table(ID, figure, FIELDS_PER_FORM_MAX);

const scope = object({ area: optional(id), contest: optional(id), party: optional(id), station: optional(id) });
const enrolledKey = object({
	holder: required(id),
	key: required(text(/^[A-Za-z0-9+/]{43}=$/)),
	name: required(id),
	role: required(
		oneOf('presiding-officer', 'receiving-officer', 'returning-officer', 'clerk', 'agent', 'observer', 'newsroom'),
	),
	scope: required(scope),
});

const amendment = either('kind', {
	candidate: object({
		candidate: required(id),
		contest: required(id),
		kind: kind('candidate'),
		status: required(oneOf('withdrawn', 'deceased', 'disqualified', 'standing')),
		votes: required(oneOf('counted', 'void')),
	}),
	'station-added': object({
		area: required(id),
		kind: kind('station-added'),
		registered: required(count),
		station: required(id),
	}),
	'station-moved': object({ area: required(id), kind: kind('station-moved'), station: required(id) }),
	'station-merged': object({ into: required(id), kind: kind('station-merged'), station: required(id) }),
	register: object({
		kind: kind('register'),
		registered: required(count),
		station: required(id),
		supplementary: optional(count),
	}),
	deadline: object({ kind: kind('deadline'), name: required(id), time: required(seconds) }),
});

const image = object({ kind: required(code), sha256: required(digest), size: required(integer(1, BLOB_BYTES_MAX)) });
const opening = object({
	attributes: required(attributes),
	figures: required(figures),
	legibility: required(oneOf('good', 'partial', 'poor')),
	reading: required(digest),
	salt: required(digest),
});

const decision = either('kind', {
	'accept-reading': object({ kind: kind('accept-reading'), reading: required(digest) }),
	'one-more-reading': object({ capture: required(digest), kind: kind('one-more-reading') }),
	quarantine: object({
		agents: required(oneOf('notified', 'not-notified')),
		kind: kind('quarantine'),
		reason: required(code),
		review: required(seconds),
	}),
	release: object({ kind: kind('release') }),
	'accept-as-written': object({ kind: kind('accept-as-written') }),
	disregard: object({ ground: required(code), kind: kind('disregard') }),
	'admit-original': object({ kind: kind('admit-original'), original: required(digest) }),
});

const capture = object({
	agents: optional(
		array(
			object({ mark: required(oneOf('signed', 'refused', 'absent')), party: required(id) }),
			1,
			AGENTS_PER_CAPTURE_MAX,
		),
	),
	area: optional(id),
	attributes: optional(attributes),
	by,
	contest: required(id),
	figures: optional(figures),
	images: required(array(image, 1, IMAGES_PER_CAPTURE_MAX)),
	kind: required(
		oneOf(
			'original',
			'carbon-copy',
			'agent-copy',
			'posted-copy',
			'replacement',
			'amendment',
			'recount',
			'court',
			'collation',
		),
	),
	poll: required(poll),
	replaces: optional(object({ capture: required(digest), reason: required(code) })),
	route: required(oneOf('own-kit', 'other-kit', 'paper', 'hand-carry', 'court')),
	serial: optional(text(/^[A-Za-z0-9./-]{1,32}$/)),
	station: optional(id),
});

export const SHAPES: Readonly<Record<StatementType, Shape>> = {
	'election/open': object({ by, origin: required(id) }),
	'election/amend': object({ basis: required(code), by, change: required(amendment) }),
	'key/enrol': object({ by, keys: required(array(enrolledKey, 1, KEYS_PER_ENROLMENT_MAX)) }),
	'key/revoke': object({ by, key: required(id), reason: required(code) }),
	'clock/tick': object({ by, time: required(seconds) }),
	'log/witnessed': object({ by, checkpoint: required(text(/^[^\r]{1,16384}$/s)) }),
	'blob/held': object({
		blobs: required(
			array(
				object({ sha256: required(digest), size: required(integer(1, BLOB_BYTES_MAX)) }),
				1,
				BLOBS_PER_STATEMENT_MAX,
			),
		),
		by,
	}),
	'blob/withhold': object({ by, reason: required(code), sha256: required(digest) }),
	'station/status': object({
		by,
		contest: required(id),
		reason: required(code),
		seen: optional(digest),
		station: required(id),
		status: required(
			oneOf('open', 'delayed', 'not-opened', 'return-lost', 'postponed', 'cancelled', 'merged', 're-poll'),
		),
	}),
	'form/capture': capture,
	'form/reading': object({ by, capture: required(digest), commitment: required(digest) }),
	'reading/open': object({
		by,
		capture: required(digest),
		openings: required(array(opening, 1, READINGS_PER_CAPTURE_MAX)),
	}),
	'form/ruling': object({
		by,
		contest: required(id),
		decision: required(decision),
		poll: required(poll),
		seen: required(digest),
		station: required(id),
	}),
	...ACT_SHAPES,
	...FILING_SHAPES,
	...ACCESS_SHAPES,
};
