/** What a bundle leaves to be believed, whatever its verdict (B36). Said every time. */
import type { BundleReport } from './report.ts';

export function notShown({
	anchored,
	election,
	cosignatures,
	subject,
	blobs,
	program,
	attestations,
	sums,
}: BundleReport): readonly string[] {
	const lines: string[] = [];
	if (!anchored)
		lines.push(
			`Whose election this is. Compare the package digest${election === undefined ? '' : ` ${election.package}`} with the one that was printed, gazetted or broadcast before polling: --anchor DIGEST.`,
		);
	lines.push(
		`That nothing else was said of this. A bundle holds a part of the log: a statement that was left out, such as a ruling after the last one here, is not missed unless a later one names it. Only the whole log shows that there is no other: verify it${election === undefined ? '' : ` (its checkpoint must continue this one: --against checkpoint)`}.`,
		'That each statement here is one that the log’s rules admit: if the revocation of its key, or whatever else makes it void in the whole log, was left out, it looks here as if it counted.',
		`That everybody was shown this same log, beyond the word of ${cosignatures === undefined || cosignatures.counted.length === 0 ? 'nobody: no witness has cosigned this checkpoint' : `the witnesses who cosigned it (${cosignatures.counted.join(', ')})`}.`,
		'Who holds a key. A signature shows that a key was used, not by whom, nor that its holder was free to refuse.',
		'That the forms are the ones filled in at the polling stations. Images show paper; compare them with copies that agents and observers kept.',
		'That the times are right. They are those of the clock of the log; witnesses bound them from outside. Each is that of the last tick in this bundle before it: if a later tick was left out, it was said later than it seems here.',
		'That pages, papers and this bundle’s README say what the statements say. They were made by whoever made the bundle, may hold programs that a browser runs, and are signed by nobody; the figures in this report come from the statements.',
	);
	if (subject.kind === 'declaration' || sums.some(({ recomputed }) => recomputed === 'no'))
		lines.push('That totals add up from all polling stations. That takes all their statements: verify the whole log.');
	if (blobs.leftOut.some(({ why }) => why !== 'never-held'))
		lines.push(
			'What is on the images and documents that are not in it. Their digests are in the log, so they cannot be exchanged later.',
		);
	if (attestations.length > 0)
		lines.push(
			'That the particulars in an attestation are true. The key is the one of the captures; name, device and circumstances are the signer’s own word, and so is it that a law asks for these words.',
		);
	if (program !== undefined)
		lines.push(
			program.same === true
				? `That the program that has looked is honest. It is the one in this bundle (SHA-256 ${program.sha256}): get it from somebody else as well, and compare.`
				: `What verify.mjs in this bundle does (SHA-256 ${program.sha256}). It was not run. Compare the digest with that of a copy from somebody whom you trust.`,
		);
	return lines;
}
