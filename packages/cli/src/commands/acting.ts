/** Names, options and help of the verbs from counting to declaring: `gate`, `mark`, `certify`, `declare`. */
import type { Command } from 'commander';
import { collected, number, serverUrl } from '../options.ts';
import type { ActOptions } from '../verbs/act.ts';
import { sourcesOf } from './keys.ts';
import type { Verbs } from './verbs.ts';

interface KeyFlags {
	readonly package: string;
	readonly key?: readonly string[];
	readonly rehearsalKey?: readonly string[];
	readonly passphraseFile?: readonly string[];
	readonly identity?: string;
}

interface PlaceFlags {
	readonly contest: string;
	readonly area?: string;
}

export function addActs({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('gate')
		.argument('<url>', 'address of the server', serverUrl)
		.requiredOption('--contest <id>', 'the contest')
		.option('--area <id>', 'the area; left out: the whole contest')
		.option('--json', 'the gate as JSON')
		.description('say what stands between a contest and its certificate or declaration')
		.addHelpText('after', GATE)
		.action(async (url: URL, flags: PlaceFlags & { readonly json?: true }) =>
			finish(await (await import('../verbs/gate.ts')).runGate({ url }, output, flags)),
		);
	withKeys(matokeo.command('mark').argument('<url>', 'address of the server', serverUrl))
		.requiredOption('--contest <id>', 'the contest')
		.option('--area <id>', 'the area; left out: the whole contest')
		.description('have the log freeze a contest in an area, for its certificate or declaration')
		.addHelpText('after', MARK)
		.action(async (url: URL, { contest, area, ...flags }: PlaceFlags & KeyFlags) => {
			const place = { contest, ...(area === undefined ? {} : { area }) };
			finish(await (await import('../verbs/mark.ts')).runMark({ url }, output, { ...keysFrom(flags), ...place }));
		});
	signing(matokeo.command('certify').option('--area <id>', 'the area; left out: the whole contest'))
		.description('certify the collation of an area on its latest mark: show, sign, send')
		.addHelpText('after', CERTIFY)
		.action(async (url: URL, flags: ActFlags) =>
			finish(await (await import('../verbs/act.ts')).runAct('certificate', { url }, output, actFrom(flags))),
		);
	signing(matokeo.command('declare'))
		.description('declare the result of a contest on its latest mark: show, sign, pass on, send')
		.addHelpText('after', DECLARE)
		.action(async (url: URL, flags: ActFlags) =>
			finish(await (await import('../verbs/act.ts')).runAct('declaration', { url }, output, actFrom(flags))),
		);
}

function withKeys(command: Command): Command {
	return command
		.requiredOption('--package <dir>', 'folder of the election package')
		.option('--key <file>', 'key file; repeatable where several sign', collected)
		.option(
			'--rehearsal-key <name>',
			"in a rehearsal: sign with this name's public rehearsal key; repeatable",
			collected,
		)
		.option(
			'--passphrase-file <file>',
			'file whose first line is the passphrase: one for all keys, or one for each',
			collected,
		)
		.option('--identity <file>', 'age identity, for key files that were encrypted to a recipient');
}

interface ActFlags extends KeyFlags {
	readonly contest?: string;
	readonly area?: string;
	readonly proceed?: readonly string[];
	readonly reason?: string;
	readonly by?: readonly string[];
	readonly in?: string;
	readonly out?: string;
	readonly wait?: number;
	readonly waitWitnessed?: number;
	readonly yes?: true;
}

function signing(command: Command): Command {
	return withKeys(command.argument('<url>', 'address of the server', serverUrl))
		.option('--contest <id>', 'the contest; not needed with --in')
		.option('--proceed <class=code>', 'what stands open, and the rule that permits to go on; repeatable', collected)
		.option('--reason <code>', 'why the one in force is superseded')
		.option('--by <names>', 'all who will sign, with commas, when not all keys are here', names)
		.option('--in <file>', 'sign the note that somebody passed on')
		.option('--out <file>', 'write the note here; never written over')
		.option('--wait <seconds>', 'wait so long for the gate to open', number(900, 0, 86_400))
		.option(
			'--wait-witnessed <seconds>',
			'ask so long for the receipt that the witnesses vouch for',
			number(60, 0, 3_600),
		)
		.option('--yes', 'sign without asking');
}

function names(text: string): readonly string[] {
	return text.split(',').map((name) => name.trim());
}

function keysFrom({ key, rehearsalKey, passphraseFile, identity, package: packageDir }: KeyFlags) {
	return sourcesOf({
		packageDir,
		keyFiles: key ?? [],
		rehearsalNames: rehearsalKey ?? [],
		passphraseFiles: passphraseFile ?? [],
		...(identity === undefined ? {} : { identityFile: identity }),
	});
}

function actFrom(flags: ActFlags): ActOptions {
	const {
		package: _package,
		key: _key,
		rehearsalKey: _names,
		passphraseFile: _files,
		identity: _one,
		...others
	} = flags;
	return { ...others, ...keysFrom(flags) };
}

const GATE = `
Everybody may ask. Each condition is met, not met, or to be met by what the signers name; every open item is named.
It ends with 0 when something can be signed now, and with 1 when nothing can.`;

const MARK = `
The returning officer of the area asks, and for the whole contest the authority too. No number is handed in: the log
freezes what its statements give. Asked again when nothing has changed, it answers with the same mark.`;

const CERTIFY = `
Signed by the returning officer of this very area. Every number comes from the mark; you name only the rules that
permit to go on where something stands open (--proceed missing=CODE), and why an earlier certificate is superseded.
Without --proceed it says what must be named, and which rules the package has.`;

const DECLARE = `
Signed by whom the package names: the officer, the chair, or a quorum. A quorum passes one note along:
  matokeo declare URL --contest C --package DIR --by a,b --key A      the first writes and signs it
  matokeo declare URL --package DIR --in NOTE --key B                 the next sees the same, and signs
Each signer sees the gate, the generated text and every number. When nobody is missing it is sent.`;
