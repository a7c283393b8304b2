/** What a verification takes on trust and cannot show (V60). Said every time, whatever the verdict. */
import type { Report } from './report.ts';

export function trustLines({ anchored, election, cosignatures, contests, blobs, log }: Report): readonly string[] {
	const lines: string[] = [];
	if (!anchored)
		lines.push(
			`Whose election this is. Compare the package digest${election === undefined ? '' : ` ${election.package}`} with the one that was printed, gazetted or broadcast before polling: --anchor DIGEST.`,
		);
	lines.push(
		'Who holds a key. A signature shows that a key was used, not by whom, nor that its holder was free to refuse.',
		'That two keys are two people. Two readings that agree show two keys; that two clerks read the form is the registrars’ word.',
		'Statements that never reached the log. A sender who was refused holds a signed refusal, an accepted one a receipt; who holds neither was not heard.',
	);
	lines.push(forkLine(cosignatures));
	lines.push(
		'That the forms are the ones filled in at the polling stations. Images show paper; compare them with copies that agents and observers kept.',
	);
	if (blobs !== undefined && blobs.sealed + blobs.withheld > 0)
		lines.push(
			'What sealed and withheld images show. Their digests are in the log, so they cannot be exchanged later, but you have not seen them.',
		);
	if (Object.keys(contests).length > 0)
		lines.push('What happened in the ballot boxes. This is a check of the record, from the form to the total.');
	if (log !== undefined)
		lines.push(`Times. The log's clock is the operator's; only cosigned checkpoints bound it from outside.`);
	return ['Taken on trust, and not to be shown from a folder', ...lines.map((line) => `  - ${line}`)];
}

function forkLine(quorum: Report['cosignatures']): string {
	const seen = quorum?.counted ?? [];
	const ask = 'Keep this checkpoint and compare it with other people’s: --against FILE.';
	if (seen.length === 0)
		return `That everybody is shown this same log. No witness of the package has cosigned it. ${ask}`;
	return `That everybody is shown this same log, beyond the word of the witnesses who cosigned it (${seen.join(', ')}). ${ask}`;
}
