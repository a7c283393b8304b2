/**
 * `matokeo verify --pack FILE`: a scrutiny pack, as a zip or as the folder into which it was unpacked: its files against its list, the log inside, the books against the digests in that log, and its tables against what that log gives. Answers 0 when nothing
 * fails, 1 when something does, 2 when it could not run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { remadeTables } from '@matokeo/dossier/scrutiny/remake.ts';
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { checkPack } from '@matokeo/verifier/pack/checkPack.ts';
import { packText } from '@matokeo/verifier/pack/text.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface VerifyPackOptions {
	/** 64 hex digits. */
	readonly anchor?: string;
	readonly json?: true;
	readonly workers?: number;
}

export async function runVerifyPack(
	path: string,
	out: Output,
	{ anchor, json, workers }: VerifyPackOptions,
): Promise<number> {
	if (!existsSync(path)) {
		out.stderr(`There is nothing called "${path}": check the spelling and the folder you are in.\n`);
		return COULD_NOT_RUN;
	}
	const suite = nativeSuite();
	const files = openBundle(path);
	if (!files.ok) {
		out.stderr(`"${path}" is no scrutiny pack that can be opened: ${files.error}.\n`);
		return COULD_NOT_RUN;
	}
	try {
		const log = join(path, 'log');
		const checked = await checkPack(suite, files.value, {
			...(anchor === undefined ? {} : { anchor }),
			...(workers === undefined ? {} : { workers }),
			...(existsSync(log) ? { log } : {}),
			remake: (folder, manifest) => remadeTables(suite, folder, manifest),
		});
		if (!checked.ok) {
			out.stderr(`"${path}" is no scrutiny pack: ${checked.error}.\n`);
			return COULD_NOT_RUN;
		}
		out.stdout(json === true ? `${JSON.stringify(checked.value, null, '\t')}\n` : packText(checked.value));
		return checked.value.verdict === 'failed' ? 1 : 0;
	} finally {
		files.value.close();
	}
}
