/** The shape of `access/digest` (S45). */
import { by, seconds } from './commonShapes.ts';
import { ACCESS_LINES_MAX, BLOB_BYTES_MAX } from './limits.ts';
import { array, digest, integer, object, oneOf, optional, required } from './shape.ts';

export const ACCESS_SHAPES = {
	'access/digest': object({
		by,
		files: required(
			array(
				object({
					book: required(oneOf('requests', 'operations')),
					lines: required(integer(0, ACCESS_LINES_MAX)),
					sha256: required(digest),
					size: required(integer(0, BLOB_BYTES_MAX)),
				}),
				1,
				2,
			),
		),
		from: required(seconds),
		seen: optional(digest),
		until: required(seconds),
	}),
};
