/** Fills a form of attestation (B42): its words in one language, and the particulars that its signer gives. Particulars of a person stand in this file alone and never in a log. */
import type { Election } from '@matokeo/core/election/types.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type Attestation, isAttestationLine } from '@matokeo/verifier/bundle/attestation.ts';
import { ATTESTED_CAPTURES_MAX } from '@matokeo/verifier/bundle/limits.ts';
import type { AttestationForm } from './form.ts';

export interface Filling {
	readonly captures: readonly string[];
	readonly language: string;
	/** Field id → what the signer says. */
	readonly particulars: ReadonlyMap<string, string>;
}

/** The error says what is missing or cannot stand in an attestation, and what to give. */
export function fillForm(
	{ id, digest }: Pick<Election, 'id' | 'digest'>,
	form: AttestationForm,
	{ captures, language, particulars }: Filling,
): Result<Attestation> {
	const says = form.says[language];
	const basis = form.basis[language];
	if (says === undefined || basis === undefined)
		return err(`The form "${form.id}" has no words in "${language}"; it has ${Object.keys(form.says).join(', ')}.`);
	const wrong = captures.find((capture) => !/^[0-9a-f]{64}$/.test(capture));
	if (wrong !== undefined)
		return err(
			`"${wrong}" is no id of a capture: expected its 64 digits, as the receipt and the station's page have them.`,
		);
	const sorted = [...new Set(captures)].sort();
	if (sorted.length === 0 || sorted.length > ATTESTED_CAPTURES_MAX)
		return err(`Name the captures that are attested with --capture ID, 1 to ${ATTESTED_CAPTURES_MAX} of them.`);
	const known = new Set(form.fields.map((field) => field.id));
	const unknown = [...particulars.keys()].find((name) => !known.has(name));
	if (unknown !== undefined)
		return err(`The form "${form.id}" does not ask for "${unknown}"; it asks for ${[...known].join(', ')}.`);
	const missing = form.fields.filter((field) => field.required && !particulars.has(field.id));
	if (missing.length > 0)
		return err(
			`The form "${form.id}" also needs: ${missing.map((field) => `--particular "${field.id}=…" (${field.label[language] ?? ''})`).join(', ')}.`,
		);
	const answers = form.fields.flatMap((field) => {
		const value = particulars.get(field.id);
		return value === undefined ? [] : [`${field.label[language] ?? field.id}: ${value}`];
	});
	const unfit = answers.find((answer) => !isAttestationLine(answer));
	if (unfit !== undefined)
		return err(
			`"${unfit.slice(0, 60)}" cannot stand in an attestation: write one line of plain text, without line breaks.`,
		);
	return ok({
		election: id,
		package: digest,
		form: form.id,
		language,
		basis,
		captures: sorted,
		lines: [
			...says.map((sentence) => ({ kind: 'says', text: sentence }) as const),
			...answers.map((answer) => ({ kind: 'answer', text: answer }) as const),
		],
	});
}
