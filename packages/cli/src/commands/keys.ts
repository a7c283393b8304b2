/** Names, options and help of `matokeo key`: making and showing a person's key. */
import { type SecretSources, terminalPrompt } from '../keys/passphrase.ts';
import { collected } from '../options.ts';
import type { KeyNewOptions } from '../verbs/keyNew.ts';
import type { Verbs } from './verbs.ts';

/** The files that were named, and a person where there is one. */
export function sourcesOf<T extends SecretSources>(flags: T): T & SecretSources {
	const prompt = terminalPrompt();
	return prompt === undefined ? flags : { ...flags, prompt };
}

export function addKey({ matokeo, output, finish }: Verbs): void {
	const key = matokeo.command('key').description('keys that people sign with, in encrypted files');
	key
		.command('new')
		.argument('<name>', 'the name under which it signs, such as presiding/1001')
		.requiredOption('--out <file>', 'a new file; nothing is ever written over')
		.option('--passphrase-file <file>', 'file whose first line is the passphrase; else it is asked for, unseen')
		.option('--recipient <age1…>', 'encrypt to this age recipient, instead of under a passphrase')
		.option('--witness', 'a key for `matokeo witness`: it cosigns checkpoints and nothing else')
		.description('make a key (Ed25519) and write it encrypted (age)')
		.addHelpText('after', NEW)
		.action(async (name: string, flags: KeyNewOptions) =>
			finish(await (await import('../verbs/keyNew.ts')).runKeyNew(name, output, sourcesOf(flags))),
		);
	key
		.command('show')
		.argument('<file>', 'a file that `matokeo key new` wrote')
		.option('--passphrase-file <file>', 'file whose first line is the passphrase; else it is asked for, unseen')
		.option('--identity <file>', 'age identity, for a file that was encrypted to a recipient')
		.option(
			'--enrol <role>',
			'print the JSON object for a key/enrol statement, in this role: presiding-officer, receiving-officer, returning-officer, clerk, agent or observer',
		)
		.option('--holder <pseudonym>', 'with --enrol: one pseudonym per person, such as holder/4711')
		.option(
			'--scope <name=id>',
			'with --enrol: where it may speak (station=, area=, contest=, party=); repeatable',
			collected,
		)
		.description('print the public half of a key; never the secret')
		.action(async (file: string, flags: ShowFlags) => {
			const { identity, ...others } = flags;
			const sources = identity === undefined ? others : { ...others, identityFile: identity };
			finish(await (await import('../verbs/keyShow.ts')).runKeyShow(file, output, sourcesOf(sources)));
		});
}

interface ShowFlags {
	readonly passphraseFile?: string;
	readonly identity?: string;
	readonly enrol?: string;
	readonly holder?: string;
	readonly scope?: readonly string[];
}

const NEW = `
The passphrase is never taken from the command line, where others on the machine could read it.
The public key goes to those who enrol; the file and its passphrase stay with you, in two places.`;
