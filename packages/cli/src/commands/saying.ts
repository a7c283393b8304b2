/** Names, options and help of `matokeo say`. */

import type { StatementType } from '@matokeo/core/record/statement.ts';
import { InvalidArgumentError } from 'commander';
import { collected, number, serverUrl } from '../options.ts';
import { helpOf, isStatementType, listOfTypes } from '../say/catalogue.ts';
import type { runSay } from '../verbs/say.ts';
import { sourcesOf } from './keys.ts';
import type { Verbs } from './verbs.ts';

interface SayFlags {
	readonly key?: readonly string[];
	readonly rehearsalKey?: readonly string[];
	readonly passphraseFile?: readonly string[];
	readonly identity?: string;
	readonly package: string;
	readonly body?: string;
	readonly set?: readonly string[];
	readonly image?: readonly string[];
	readonly text?: readonly string[];
	readonly document?: readonly string[];
	readonly by?: readonly string[];
	readonly in?: string;
	readonly out?: string;
	readonly send?: URL;
	readonly waitWitnessed?: number;
	readonly yes?: true;
	readonly example?: true;
}

export function addSay({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('say')
		.argument('[type]', 'what to say, such as form/capture; without it --help lists all', statementType)
		.requiredOption('--package <dir>', 'folder of the election package')
		.option('--key <file>', 'key file of a signer; repeatable', collected)
		.option(
			'--rehearsal-key <name>',
			"in a rehearsal: sign with this name's public rehearsal key; repeatable",
			collected,
		)
		.option(
			'--passphrase-file <file>',
			'file whose first line is the passphrase: one for all keys, or one for each, in their order',
			collected,
		)
		.option('--identity <file>', 'age identity, for key files that were encrypted to a recipient')
		.option('--body <file>', 'the body as JSON; - reads standard input')
		.option('--set <path=text>', 'set a member; path:=json for numbers, lists and objects; repeatable', collected)
		.option(
			'--image <kind=file>',
			"name an image by its file's digest and size, and send it after the capture; repeatable",
			collected,
		)
		.option(
			'--text <file>',
			'name a text of yours: it is salted into FILE.salted, so that nobody can guess it from its digest, and sent after the statement',
			collected,
		)
		.option(
			'--document <file>',
			'name a document, a piece of evidence (PDF, image) or the table of a count, and send it after the statement',
			collected,
		)
		.option('--by <names>', 'all who will sign, with commas, when not all keys are here', names)
		.option('--in <file>', 'sign or send a note that somebody passed on')
		.option('--out <file>', 'write the note here; never written over')
		.option('--send <url>', 'send it to this server and keep the receipt', serverUrl)
		.option(
			'--wait-witnessed <seconds>',
			'ask, for so long, for the receipt that the quorum of witnesses vouches for, and keep it too',
			number(60, 0, 3_600),
		)
		.option('--yes', 'sign without asking')
		.option('--example', 'print an example body for this package, and sign nothing')
		.description('write, show, sign, pass on and send a statement')
		.addHelpText('after', helpText)
		.action(async (type: StatementType | undefined, flags: SayFlags) =>
			finish(await (await import('../verbs/say.ts')).runSay(type, output, optionsFrom(flags))),
		);
}

function optionsFrom(flags: SayFlags): Parameters<typeof runSay>[2] {
	const { key, rehearsalKey, passphraseFile, identity, set, image, text, document, ...rest } = flags;
	const { package: packageDir, ...others } = rest;
	return sourcesOf({
		...others,
		packageDir,
		keyFiles: key ?? [],
		rehearsalNames: rehearsalKey ?? [],
		passphraseFiles: passphraseFile ?? [],
		settings: set ?? [],
		images: image ?? [],
		texts: text ?? [],
		documents: document ?? [],
		stdin: standardInput,
		...(identity === undefined ? {} : { identityFile: identity }),
	});
}

function statementType(text: string): StatementType {
	if (isStatementType(text)) return text;
	throw new InvalidArgumentError(`Expected one of these:\n${listOfTypes()}`);
}

function names(text: string): readonly string[] {
	return text.split(',').map((name) => name.trim());
}

/** With a type before `--help`: that type's members. */
function helpText(): string {
	const type = process.argv.find(isStatementType);
	if (type !== undefined)
		return `\n${helpOf(type)}\n\nAn example to fill in: matokeo say ${type} --package DIR --example`;
	return `
Statements:
${listOfTypes()}

  matokeo say TYPE --help                      what belongs into the body of one
  matokeo say TYPE --package DIR --example     its body, with this package's own fields

Text is text and numbers are numbers: --set station=1001 sets text, --set figures.mas:=117 a number.
Several signers: the first fixes all names with --by a,b and writes --out FILE; the next signs --in FILE.
What is signed is shown first, exactly and in words. The receipt is checked and kept beside the note.`;
}

/** Read to its end; the caller's limit is a leaf's, and a person's own file is no attack. */
async function standardInput(): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}
