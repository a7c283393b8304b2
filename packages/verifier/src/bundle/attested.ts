/** The attestations in a bundle, held against its captures (B41): signed by the very key that signed those captures, for this election. What a person says of how and when is that person's word, and is shown as such. */
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import type { Signer } from '@matokeo/core/rules/context.ts';
import { hexDecode } from '@matokeo/core/std/bytes.ts';
import { type AttestationLine, parseAttestation, type SignedAttestation } from './attestation.ts';
import type { BundleFiles } from './files.ts';
import type { BundleFindings } from './findings.ts';
import type { Part, PartEntry } from './part.ts';
import { kindOfFile } from './paths.ts';

export interface ShownAttestation {
	readonly file: string;
	/** Name of the key, its office and holder as they were enrolled. */
	readonly by: string;
	readonly office: string;
	readonly captures: readonly string[];
	readonly form: string;
	readonly basis: string;
	readonly lines: readonly AttestationLine[];
	/** Index at which the key was revoked, as far as the bundle shows. */
	readonly revoked?: number;
}

export function checkAttestations(
	files: BundleFiles,
	part: Part,
	findings: BundleFindings,
): readonly ShownAttestation[] {
	const shown: ShownAttestation[] = [];
	const captured = new Map(
		part.entries.flatMap((entry) =>
			entry.leaf.statement.type === 'form/capture' ? [[entry.leaf.id, entry] as const] : [],
		),
	);
	for (const file of files.sizes.keys()) {
		if (kindOfFile(file) !== 'attestation') continue;
		findings.looked('attestations');
		const read = files.read(file);
		const parsed = read.ok ? parseAttestation(read.value) : read;
		const wrong = (came: string): void =>
			findings.found({
				check: 'attestations',
				file,
				rule: 'B41',
				expected: 'words that the key has signed which signed these captures',
				came,
				means:
					'This attestation shows nothing: whoever gave it to you should sign it again, with the key of the captures.',
			});
		if (!parsed.ok) {
			wrong(parsed.error);
			continue;
		}
		const signer = signerOf(part, captured, parsed.value);
		if (typeof signer === 'string') {
			wrong(signer);
			continue;
		}
		const { captures, form, basis, lines } = parsed.value.attestation;
		const until = part.rows.get('key', signer.name)?.until;
		shown.push({
			file,
			by: signer.name,
			office: signer.office,
			captures,
			form,
			basis,
			lines,
			...(until === undefined ? {} : { revoked: until }),
		});
	}
	return shown;
}

/** Who signed both; else what is wrong. */
function signerOf(
	{ context }: Part,
	captured: ReadonlyMap<string, PartEntry>,
	{ attestation, note }: SignedAttestation,
): Signer | string {
	const { election, suite } = context;
	if (attestation.election !== election.id || attestation.package !== election.digest)
		return `an attestation for election ${attestation.election} with the package ${attestation.package}`;
	const [signature] = note.signatures;
	let found: Signer | undefined;
	for (const id of attestation.captures) {
		const capture = captured.get(id);
		if (capture === undefined) return `it speaks of ${id}, which is no capture in this bundle`;
		const signer = capture.said.signers.find(
			({ name, keyId }) => name === signature?.name && keyId === signature.keyId,
		);
		if (signer === undefined)
			return `the key of ${signature?.name ?? 'nobody'} has signed it, and ${capture.leaf.statement.by.join(', ')} the capture ${id}`;
		found = signer;
	}
	const key = found === undefined ? undefined : hexDecode(found.key);
	const holds =
		key !== undefined &&
		signature?.signature.length === 64 &&
		verifySignature(suite, key, note.textBytes, signature.signature);
	return holds && found !== undefined
		? found
		: 'its signature does not fit its words: they were changed, or another key signed';
}
