/**
 * `npm run demo`: Bolivia's election of 2019 as a rehearsal, played from the published figures, then verified as a stranger would verify it. Options keep their
 * meaning when the plain command later serves pages.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MANIFEST } from '@matokeo/core/election/manifest.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { duration } from '../progress.ts';
import { openPackageFolder } from './electionCheck.ts';
import { runRehearse } from './rehearse.ts';
import { runVerify } from './verify.ts';

export interface DemoOptions {
	readonly until?: number;
	readonly out?: string;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples', 'bolivia-2019');
const DEFAULT_OUT = join(ROOT, 'out', 'demo');
/** 20 October 2019, 20:00 in La Paz: when the first preliminary figures came in. */
const START = 1_571_616_000;

export async function runDemo(out: Output, options: DemoOptions): Promise<number> {
	const began = performance.now();
	const dir = options.out ?? DEFAULT_OUT;
	if (options.out === undefined && existsSync(DEFAULT_OUT)) rmSync(DEFAULT_OUT, { recursive: true });
	out.stdout(`${OPENING}\n`);
	const played = await runRehearse(join(EXAMPLE, 'package'), out, {
		reports: join(EXAMPLE, 'reports.csv'),
		forms: join(EXAMPLE, 'forms.csv'),
		...(options.until === undefined ? {} : { until: options.until }),
		seed: 'bolivia-2019',
		out: dir,
		clerks: 60,
		misreads: 2,
		start: START,
	});
	if (played !== 0) return played;
	const folder = await openPackageFolder(join(EXAMPLE, 'package'), out);
	const manifest = folder?.files.get(MANIFEST);
	if (manifest === undefined) return COULD_NOT_RUN;
	const anchor = nativeSuite().sha256Hex(manifest);
	out.stdout(`\nNow as a stranger: a folder, and the digest that was printed before polling.\n\n`);
	const verified = await runVerify(join(dir, 'public'), out, { anchor });
	out.stdout(closing(dir, anchor, performance.now() - began));
	return verified;
}

const OPENING = `Matokeo: Bolivia 2019, re-enacted from published figures. A REHEARSAL, not a result of any authority.
Officers' reports are the preliminary transmission (TREP), which operators transcribed and officers did not sign; the forms carry the
figures of the official count. Keys, officers, clerks, images, times and rulings are synthetic. The election was annulled by law in November 2019.
`;

function closing(dir: string, anchor: string, milliseconds: number): string {
	return `
Done in ${duration(milliseconds)}. What to try next (in this folder, with "npm run -s matokeo --"):

  see what is published           ls ${dir}/public
  verify it again, as JSON        npm run -s matokeo -- verify ${dir}/public --anchor ${anchor} --json
  without the anchor              npm run -s matokeo -- verify ${dir}/public
  compare database, log, images   npm run -s matokeo -- fsck ${dir}
  stop where publication stopped  npm run demo -- --until 28975
  change something and see        any byte of any file under ${dir}/public, or a row in ${dir}/matokeo.sqlite; then verify and fsck
`;
}
