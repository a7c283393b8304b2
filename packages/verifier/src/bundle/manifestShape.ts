/** The shape of `bundle.json` (B3): its members and their bounds, in one place. */
import {
	array,
	digest,
	either,
	id,
	integer,
	object,
	oneOf,
	optional,
	required,
	type Shape,
	text,
} from '@matokeo/core/record/shape.ts';
import { BUNDLE_ENTRIES_MAX } from './limits.ts';

/** Sentences on what a maker of a bundle found wrong with the log; the first of them. */
export const PROBLEMS_TOLD_MAX = 100;

const size = integer(0, Number.MAX_SAFE_INTEGER);
const kind = (word: string) => required(oneOf(word));
const flag: Shape = (value, at) => (typeof value === 'boolean' ? undefined : `${at} must be true or false`);

const subject = either('kind', {
	station: object({ kind: kind('station'), station: required(id), contest: optional(id) }),
	area: object({ kind: kind('area'), area: required(id), contest: required(id) }),
	objection: object({ kind: kind('objection'), objection: required(digest) }),
	declaration: object({ kind: kind('declaration'), declaration: required(digest) }),
});

export const shapeOfManifest: Shape = object({
	format: required(text(/^/)),
	subject: required(subject),
	election: required(object({ id: required(id), package: required(digest), mode: required(id) })),
	log: required(
		object({
			origin: required(text(/^[\x21-\x7e]{1,200}$/)),
			size: required(size),
			root: required(text(/^[A-Za-z0-9+/]{43}=$/)),
		}),
	),
	verified: required(flag),
	problems: required(array(text(/^[^\p{Cc}\p{Cf}\u2028\u2029]{1,2000}$/u), 0, PROBLEMS_TOLD_MAX)),
	statements: required(
		array(
			object({ index: required(size), id: required(digest), type: required(text(/^[a-z]+\/[a-z]+$/)) }),
			0,
			BUNDLE_ENTRIES_MAX,
		),
	),
	left_out: required(
		array(
			object({ sha256: required(digest), why: required(oneOf('withheld', 'sealed', 'never-held', 'absent')) }),
			0,
			BUNDLE_ENTRIES_MAX,
		),
	),
	files: required(
		array(
			object({ path: required(text(/^[A-Za-z0-9._~/-]{1,240}$/)), sha256: required(digest), size: required(size) }),
			0,
			BUNDLE_ENTRIES_MAX,
		),
	),
});
