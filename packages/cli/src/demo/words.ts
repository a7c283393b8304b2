/** What the demo says: at its beginning, when it opens, at its end. */
import { grouped } from '@matokeo/core/result/describe.ts';
import { duration } from '../progress.ts';

export const OPENING = `Matokeo: Bolivia 2019, re-enacted from published figures. A REHEARSAL, not a result of any authority.
Officers' reports are the preliminary transmission (TREP), which operators transcribed and officers did not sign; the forms carry the
figures of the official count. Keys, officers, clerks, images, times and rulings are synthetic. The election was annulled by law in November 2019.
`;

export interface Opened {
	readonly url: string;
	readonly dir: string;
	readonly anchor: string;
	readonly forms: number;
	/** Forms that are still to come, 0 when nothing goes on. */
	readonly toCome: number;
	readonly formsPerSecond: number;
}

export function openedWords({ url, dir, anchor, forms, toCome, formsPerSecond }: Opened): string {
	const going =
		toCome === 0
			? 'Nothing more comes in.'
			: `The other ${grouped(toCome)} come in now, ${formsPerSecond} a second (--speed), in about ${duration((toCome / formsPerSecond) * 1000)}.`;
	return `
${grouped(forms)} forms are in. ${going}

  look at it      ${url}/
  the anchor      ${anchor}
                  (the digest of the rules: printed on paper before polling, in a real election)

What to try:

  find a station     ${url}/en/find.html     type 1001, follow its form, its history, its proof
  verify it all      npm run -s matokeo -- verify ${dir}/public --anchor ${anchor}
  alter a vote       npm run -s tamper -- ${dir} --station 1001     (in another terminal, past everything)
  see it found       npm run -s matokeo -- fsck ${dir}
  repair it          stop the demo, then: npm run -s matokeo -- rebuild ${dir}
  serve it again     npm run -s matokeo -- serve ${dir}
  stop               Ctrl-C

`;
}

export function closing(dir: string, anchor: string, milliseconds: number): string {
	return `
Done in ${duration(milliseconds)}. What to try next (in this folder, with "npm run -s matokeo --"):

  see what is published           ls ${dir}/public
  look at the pages               npm run -s matokeo -- serve ${dir}
  verify it again, as JSON        npm run -s matokeo -- verify ${dir}/public --anchor ${anchor} --json
  without the anchor              npm run -s matokeo -- verify ${dir}/public
  compare database, log, images   npm run -s matokeo -- fsck ${dir}
  alter a vote, and see it found  npm run -s tamper -- ${dir}; then fsck
  stop where publication stopped  npm run demo -- --until 28975
`;
}
