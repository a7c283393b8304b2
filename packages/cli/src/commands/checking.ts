/** Names, options and help of the verbs that check and repair: packages, published folders, a server's own folder. */
import { digest } from '../options.ts';
import { COULD_NOT_RUN } from '../output.ts';
import type { RebuildOptions } from '../verbs/rebuild.ts';
import type { Verbs } from './verbs.ts';

export function addElection({ matokeo, output, finish }: Verbs): void {
	const election = matokeo
		.command('election')
		.description('election packages: the rules of an election, before polling');
	election
		.command('check')
		.argument('<dir>', 'folder of the package')
		.option('--json', 'problems as JSON')
		.description('report all problems of a package')
		.action(async (dir: string, options: { json?: true }) =>
			finish(await (await import('../verbs/electionCheck.ts')).runElectionCheck(dir, output, options)),
		);
	election
		.command('digest')
		.argument('<dir>', 'folder of the package')
		.option('--write', 'write the manifest that belongs to the files')
		.description('print the anchor: the digest that is published on paper before polling')
		.action(async (dir: string, options: { write?: true }) =>
			finish(await (await import('../verbs/electionDigest.ts')).runElectionDigest(dir, output, options)),
		);
}

interface VerifyFlags {
	readonly anchor?: string;
	readonly against?: string;
	readonly statement?: string;
	readonly declaration?: string;
	readonly saveEvidence?: string;
	readonly evidence?: string;
	readonly bundle?: string;
	readonly pack?: string;
	readonly keep?: string;
	/** `false` with `--no-images`. */
	readonly images?: boolean;
	readonly anyHost?: boolean;
	readonly json?: true;
}

export function addChecks({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('verify')
		.argument('[folder]', 'what a server publishes, or a copy of it; or the address of a log or a mirror, https://…')
		.option('--anchor <digest>', 'the package digest that was published before polling', digest)
		.option('--against <file>', 'a checkpoint, a receipt or a signed refusal that you hold')
		.option('--statement <file>', 'with a refusal: the note that was refused; the rules are asked about it')
		.option(
			'--declaration <what>',
			'a file with the text of a declaration, to compare line by line; or the id of its statement or its contest: every number with its source',
		)
		.option('--save-evidence <file>', 'with --against: a new file for what it proves, which anyone can check')
		.option('--evidence <file>', 'in place of a folder: what a file of evidence proves, from itself alone')
		.option('--pack <file-or-dir>', 'in place of a folder: a scrutiny pack, its log, its books and its tables')
		.option(
			'--bundle <file>',
			'in place of a folder: an evidence bundle, packed or unpacked; beside it only --anchor and --json',
		)
		.option('--keep <dir>', 'with an address: keep what is fetched there, and go on from there another time')
		.option('--no-images', 'with an address: leave the images out; they are most of the bytes')
		.option('--any-host', 'with an address: follow it where it redirects to another host')
		.option('--json', 'the report as JSON')
		.description('recompute the whole election and say what is wrong and what cannot be shown')
		.action(async (folder: string | undefined, options: VerifyFlags) => finish(await verify(folder, options, output)));
	matokeo
		.command('fsck')
		.argument('<dir>', "a server's folder: database, blobs and public/")
		.option('--json', 'the report as JSON')
		.description('compare database, published log and blobs, row by row')
		.action(async (dir: string, options: { json?: true }) =>
			finish(await (await import('../verbs/fsck.ts')).runFsck(dir, output, options)),
		);
	matokeo
		.command('rebuild')
		.argument('<dir>', "a server's folder; the server must not be running")
		.option(
			'--from <url-or-folder>',
			'take the log from a mirror or a copy first, if it verifies and continues what is here',
		)
		.option('--anchor <digest>', 'with --from, on a new machine: the package digest published before polling', digest)
		.description('make the database again from what is published')
		.action(async (dir: string, options: RebuildOptions) =>
			finish(await (await import('../verbs/rebuild.ts')).runRebuild(dir, output, options)),
		);
}

async function verify(
	folder: string | undefined,
	{ evidence, bundle, pack, ...options }: VerifyFlags,
	output: Verbs['output'],
): Promise<number> {
	const files = [evidence, bundle, pack].filter((one) => one !== undefined);
	if (folder !== undefined && files.length === 0)
		return (await import('../verbs/verify.ts')).runVerify(folder, output, options);
	const { anchor, json, images: _usual, ...others } = options;
	if (folder !== undefined || files.length !== 1 || Object.keys(others).length > 0) {
		output.stderr(
			'error: give a folder or an address; or one file with --evidence, --bundle or --pack, beside which only --anchor and --json may stand\n',
		);
		return COULD_NOT_RUN;
	}
	const beside = { ...(anchor === undefined ? {} : { anchor }), ...(json === undefined ? {} : { json }) };
	if (evidence !== undefined)
		return (await import('../verbs/verifyEvidence.ts')).runVerifyEvidence(evidence, output, beside);
	if (bundle !== undefined) return (await import('../verbs/verifyBundle.ts')).runVerifyBundle(bundle, output, beside);
	return (await import('../verbs/verifyPack.ts')).runVerifyPack(pack ?? '', output, beside);
}
