/** The schemas of NIST SP 1500-100 v2.0.3 as they were published, which are expected beside the repository; what each says of a report. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '@matokeo/core/std/result.ts';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

export const NIST: string = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'vectors', 'nist-cdf');
export const HAS_NIST: boolean = existsSync(join(NIST, 'err'));

function schema(name: string): string {
	return readFileSync(join(NIST, 'err', name), 'utf8');
}

export type JsonJudge = (report: unknown) => readonly string[];

export function jsonJudge(): JsonJudge {
	// Its references carry a note on what they may point to, which is no word of JSON Schema.
	const ajv = new Ajv.default({ strict: false, allErrors: true });
	addFormats.default(ajv);
	const parsed: unknown = JSON.parse(schema('NIST_V2_election_results_reporting.json'));
	assert(typeof parsed === 'object' && parsed !== null, 'a schema is an object');
	const valid = ajv.compile(parsed);
	return (report) =>
		valid(report) ? [] : (valid.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`);
}

const PAGES = 32_768;

/** Of all documents together; each message names the document by its number. */
export async function xmlProblems(documents: readonly string[]): Promise<readonly string[]> {
	const { errors } = await validateXML({
		xml: documents.map((contents, place) => ({ fileName: `${place}.xml`, contents })),
		schema: [schema('NIST_V2_election_results_reporting.xsd')],
		maxMemoryPages: PAGES,
	});
	return errors.map(({ rawMessage }) => rawMessage);
}
