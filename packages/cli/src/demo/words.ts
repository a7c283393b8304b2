/** What the demo says: at its beginning, when it opens, at its end. */
import { grouped } from '@matokeo/core/result/describe.ts';
import type { Party } from '../company/company.ts';
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
	readonly witnesses: readonly Party[];
	readonly mirror?: Party;
}

export function openedWords(opened: Opened): string {
	const { url, dir, anchor, forms, toCome, formsPerSecond } = opened;
	const going =
		toCome === 0
			? 'Nothing more comes in.'
			: `The other ${grouped(toCome)} come in now, ${formsPerSecond} a second (--speed), in about ${duration((toCome / formsPerSecond) * 1000)}.`;
	return `
${grouped(forms)} forms are in. ${going}

  look at it      ${url}/
  the anchor      ${anchor}
                  (the digest of the rules: printed on paper before polling, in a real election)
${companyWords(opened)}
What to try:

  find a station     ${url}/en/find.html     type 1001, follow its form, its history, its proof
  how it ends        ${url}/en/contest/president/declaration.html     when all forms are in: certificates, declaration, objections, the law that annuls it
  follow its numbers npm run -s matokeo -- verify ${dir}/public --anchor ${anchor} --declaration president
  what is in its way npm run -s matokeo -- gate ${url}/ --contest president
  verify it all      npm run -s matokeo -- verify ${dir}/public --anchor ${anchor}
  another figure     npm run -s matokeo -- compare examples/bolivia-2019/counts/trep-first.csv ${url}/ --anchor ${anchor}
  for a court        npm run -s matokeo -- bundle ${url}/ --station 1001 --anchor ${anchor} --out ${dir}-station.zip
  open the servers   npm run -s matokeo -- scrutiny ${dir} --out ${dir}-pack.zip
  alter a vote       npm run -s tamper -- ${dir} --station 1001     (in another terminal, past everything)
  see it found       npm run -s matokeo -- fsck ${dir}
  repair it          stop the demo, then: npm run -s matokeo -- rebuild ${dir}
  see it go wrong    npm run drill     (a witness dies, one lies, an old copy is put back, two logs are shown)
  serve it again     npm run -s matokeo -- serve ${dir}
  stop               Ctrl-C

`;
}

function companyWords({ witnesses, mirror, url }: Opened): string {
	const lines = witnesses.map(({ name, url: at, pid }) => `${name.padEnd(18)} ${at}/   kill ${pid}`);
	const beside = lines.map((line, place) => `  ${(place === 0 ? 'witnesses' : '').padEnd(15)} ${line}`);
	if (lines.length > 0)
		beside.push(`                  killed or alive, each is named on every page: ${url}/en/about.html#witnesses`);
	if (mirror !== undefined)
		beside.push(`  a mirror        ${mirror.url}/mirror.html   verifies everything again by itself, and serves it`);
	return beside.length === 0 ? '' : `${beside.join('\n')}\n`;
}

export function closing(dir: string, anchor: string, milliseconds: number): string {
	return `
Done in ${duration(milliseconds)}. What to try next (in this folder, with "npm run -s matokeo --"):

  see what is published           ls ${dir}/public
  look at the pages               npm run -s matokeo -- serve ${dir}
  verify it again, as JSON        npm run -s matokeo -- verify ${dir}/public --anchor ${anchor} --json
  without the anchor              npm run -s matokeo -- verify ${dir}/public
  compare database, log, images   npm run -s matokeo -- fsck ${dir}
  another figure, compared        npm run -s matokeo -- compare examples/bolivia-2019/counts/trep-first.csv ${dir}/public --anchor ${anchor}
  one station, for a court        npm run -s matokeo -- bundle ${dir}/public --station 1001 --anchor ${anchor} --out ${dir}-station.zip
  the servers, for an expert      npm run -s matokeo -- scrutiny ${dir} --out ${dir}-pack.zip
  alter a vote, and see it found  npm run -s tamper -- ${dir}; then fsck
  stop where publication stopped  npm run demo -- --until 28975
`;
}
