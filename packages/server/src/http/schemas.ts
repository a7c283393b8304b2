/**
 * The shapes of requests and answers (`spec/api.md`), from which the OpenAPI text is made. Objects are closed, numbers are JSON integers, and nothing is ever turned from one type into
 * another: `null`, `true` and `"521"` are no numbers. What a note or a transcription says is judged by the rules of the log, not here.
 */
import { FIELDS_PER_FORM_MAX } from '@matokeo/core/record/limits.ts';
import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** Half of a surrogate pair has no bytes of its own, so that no signature could be over it. */
const text = z.string().refine((value) => value.isWellFormed(), 'well-formed Unicode');
const digest = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits');
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const name = z.string().regex(/^[a-z0-9._/-]{1,64}$/, '1 to 64 of a-z 0-9 . _ / -');
/** In a path `~` stands for the `/` of an id. */
const fileName = z.string().regex(/^[a-z0-9._~-]{1,64}$/, 'an id, with ~ for /');
const DECIMAL = /^(0|[1-9][0-9]{0,14})$/;
/** A count in a path or a query, in its one spelling. */
const decimal = z
	.string()
	.regex(DECIMAL, 'a count in decimal digits without leading zeroes')
	.transform((digits) => (DECIMAL.test(digits) ? Number(digits) : 0));
const seconds = count.describe('UTC seconds');

export const problem = z
	.strictObject({
		error: z.strictObject({ rule: z.string(), expected: z.string(), got: z.string(), do: z.string() }),
	})
	.describe('Why nothing was done (A2)');

const provable = {
	id: digest.describe('Id of the statement'),
	index: count,
	size: count.describe('Size of the checkpoint in the proof'),
	proof: z.string().describe('C2SP tlog-proof, checkpoint included'),
};

const answer = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('receipt'), ...provable }),
	z.strictObject({
		kind: z.literal('logged'),
		...provable,
		note: z.string().describe('The note as it lies in the log'),
	}),
	z.strictObject({
		kind: z.literal('refused'),
		rule: z.string(),
		why: z.string(),
		note: z.string().optional().describe("The refusal, signed by the log's key"),
	}),
	z.strictObject({ kind: z.literal('later'), why: z.string(), retry_after: count.describe('Seconds') }),
]);

export const statementsBody = z.union([
	z.strictObject({ notes: z.array(text).min(1).max(LIMITS.notesPerRequestMax) }),
	z.instanceof(Uint8Array).describe('One note as text/plain').meta({ type: 'string' }),
]);
export const markBody = z.strictObject({ contest: name, area: name });
export const markAnswer = z.strictObject({ answer });
export const statementsAnswer = z.strictObject({ answers: z.array(answer) });
export type StatementAnswer = z.infer<typeof answer>;

const figure = z.union([count, z.enum(['blank', 'illegible', 'struck'])]);
const transcription = z.strictObject({
	attributes: z.record(name, z.enum(['yes', 'no', 'unclear'])),
	figures: z.record(name, figure).refine((fields) => Object.keys(fields).length <= FIELDS_PER_FORM_MAX),
	legibility: z.enum(['good', 'partial', 'poor']),
	salt: digest,
});
export const openingsBody = z.strictObject({
	openings: z
		.array(z.strictObject({ reading: digest, transcription }))
		.min(1)
		.max(LIMITS.openingsPerRequestMax),
});
const openingAnswer = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('kept'), reading: digest }),
	z.strictObject({ kind: z.literal('refused'), rule: z.string(), why: z.string() }),
	z.strictObject({ kind: z.literal('later'), why: z.string(), retry_after: count }),
]);
export const openingsAnswer = z.strictObject({ answers: z.array(openingAnswer) });
export type OpeningAnswer = z.infer<typeof openingAnswer>;

export const challengeBody = z.strictObject({ key: name });
export const challengeAnswer = z.strictObject({ challenge: z.string() });
export const signInBody = z.strictObject({ note: text });
export const signInAnswer = z.strictObject({ token: z.string(), expires: seconds });
export const sessionAnswer = z.strictObject({ key: name, office: z.string(), expires: seconds });

export const noQuery = z.strictObject({});
export const underQuery = z.strictObject({ under: z.literal('witnessed').optional() });
export const areaQuery = z.strictObject({ area: fileName.optional() });
export const pageQuery = z.strictObject({ page: decimal.optional() });
export const contestPath = z.strictObject({ contest: fileName });
export const areaPath = z.strictObject({ contest: fileName, area: fileName });
export const contestAtPath = z.strictObject({ contest: fileName, size: decimal });
export const stationPath = z.strictObject({ station: fileName });
export const digestPath = z.strictObject({ id: digest });
export const blobPath = z.strictObject({ sha256: digest });
export const indexPath = z.strictObject({ index: decimal });
export const sizePath = z.strictObject({ size: decimal });
export const uploadPath = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) });

export const statementView = z.strictObject({ id: digest, index: count, size: count, note: text, proof: text });
export const headView = z.strictObject({
	size: count,
	root: z.string().describe('Base64'),
	time: seconds.describe("UTC seconds of the log's last tick, 0 before the first"),
	checkpoint: z.string(),
});
export const rootView = z.strictObject({ size: count, root: z.string().describe('Base64') });
export const heldAnswer = z.strictObject({ kind: z.literal('held'), sha256: digest });
export const healthView = z.strictObject({
	live: z.literal(true),
	ready: z.boolean(),
	degraded: z.array(z.string()).describe('In words, for whoever is on duty'),
	size: count,
	waiting: count,
});
/** A view of `packages/portal/src/views/types.ts`; the same bytes as the file of the site. */
export const view = z.record(z.string(), z.unknown());
