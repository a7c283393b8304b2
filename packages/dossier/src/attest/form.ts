/**
 * A form of attestation (B42): the words that a law asks of whoever certifies an electronic record, by language, with the law they rest on, and which particulars are asked. Forms are data: some are shipped, and a jurisdiction brings its own as a file. An
 * uncertain citation says "assumption".
 */
import { readdirSync, readFileSync } from 'node:fs';
import { array, id, object, required, type Shape, table, text } from '@matokeo/core/record/shape.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Json, JsonObject } from '@matokeo/core/std/canonical.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { isAttestationLine } from '@matokeo/verifier/bundle/attestation.ts';

export interface FormField {
	readonly id: string;
	/** Language → label. */
	readonly label: Readonly<Record<string, string>>;
	readonly required: boolean;
}

export interface AttestationForm {
	readonly id: string;
	/** Language → on what law the words rest. */
	readonly basis: Readonly<Record<string, string>>;
	readonly fields: readonly FormField[];
	/** Language → the words, one sentence to a line. */
	readonly says: Readonly<Record<string, readonly string[]>>;
}

const FORMAT = 'matokeo-attestation-form/v1';
const FORMS: URL = new URL('forms/', import.meta.url);
const FIELDS_MAX = 40;
const SENTENCES_MAX = 60;
const LANGUAGES_MAX = 20;
const LANGUAGE = /^[a-z]{2,3}$/;

const line: Shape = (value, at) =>
	typeof value === 'string' && isAttestationLine(value)
		? undefined
		: `${at} must be one line of text without control characters`;
const flag: Shape = (value, at) => (typeof value === 'boolean' ? undefined : `${at} must be true or false`);
const byLanguage = (shape: Shape): Shape => table(LANGUAGE, shape, LANGUAGES_MAX);

const shape = object({
	format: required(text(new RegExp(`^${FORMAT}$`))),
	id: required(id),
	basis: required(byLanguage(line)),
	fields: required(
		array(object({ id: required(id), label: required(byLanguage(line)), required: required(flag) }), 1, FIELDS_MAX),
	),
	says: required(byLanguage(array(line, 1, SENTENCES_MAX))),
});

/** Ids of the forms that are shipped. */
export function shippedForms(): readonly string[] {
	return readdirSync(FORMS)
		.map((name) => name.replace(/\.json$/, ''))
		.sort();
}

export function shippedForm(name: string): AttestationForm | undefined {
	if (!shippedForms().includes(name)) return undefined;
	const form = parseForm(readFileSync(new URL(`${name}.json`, FORMS)));
	return form.ok ? form.value : undefined;
}

/** The error says what is wrong with the file. */
export function parseForm(bytes: Uint8Array): Result<AttestationForm> {
	const json = jsonIn(utf8Decode(bytes));
	if (json === undefined) return err('B42: it is no JSON in UTF-8');
	const wrong = shape(json, 'the form');
	if (wrong !== undefined) return err(`B42: ${wrong}`);
	const members = membersOf(json);
	const form = {
		id: word(members['id']),
		basis: words(members['basis']),
		fields: list(members['fields'])
			.map(membersOf)
			.map((field) => ({
				id: word(field['id']),
				label: words(field['label']),
				required: field['required'] === true,
			})),
		says: Object.fromEntries(
			Object.entries(membersOf(members['says'])).map(([language, lines]) => [language, list(lines).map(word)]),
		),
	};
	return sound(form);
}

function sound(form: AttestationForm): Result<AttestationForm> {
	const languages = Object.keys(form.says);
	const lacking = languages.find(
		(language) =>
			![form.basis, ...form.fields.map(({ label }) => label)].every((texts) => texts[language] !== undefined),
	);
	if (languages.length === 0 || lacking !== undefined)
		return err(`B42: every language of "says" needs "basis" and every label; ${lacking ?? 'there is none'} lacks one`);
	const ids = form.fields.map((field) => field.id);
	return new Set(ids).size === ids.length ? ok(form) : err('B42: an id of a field stands twice');
}

function jsonIn(source: string | undefined): Json | undefined {
	try {
		// No value of a form is null: put in another's place, its shape refuses it.
		const value: unknown =
			source === undefined ? undefined : JSON.parse(source, (_name, member: unknown) => member ?? '');
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function membersOf(value: Json | undefined): JsonObject {
	return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}

function list(value: Json | undefined): readonly Json[] {
	return isList(value) ? value : [];
}

function word(value: Json | undefined): string {
	return typeof value === 'string' ? value : '';
}

function words(value: Json | undefined): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(membersOf(value)).map(([name, one]) => [name, word(one)]));
}
