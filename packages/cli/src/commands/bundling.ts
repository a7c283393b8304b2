/** Names, options and help of what is handed to a court: evidence bundles, attestations, the verifier as one file. */
import { collected, digest } from '../options.ts';
import type { AttestOptions } from '../verbs/attest.ts';
import type { BundleOptions } from '../verbs/bundle.ts';
import type { Verbs } from './verbs.ts';

export function addBundles({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('bundle')
		.argument('<folder>', "what a log publishes, a copy of it, a server's folder; or the address of a log or a mirror")
		.requiredOption('--out <file>', 'the new zip to write')
		.option('--station <id>', 'about one polling station: everything that was said of its returns')
		.option('--contest <id>', 'with --station or --area: of this contest')
		.option(
			'--area <id>',
			'about one area, with --contest: its certificates, its sheet, and the statements of every station in it',
		)
		.option('--objection <id>', 'about one objection, its answers and what it is about')
		.option('--declaration <id>', 'about a declaration; or the id of its contest: the one in force')
		.option(
			'--attestation <file>',
			'put in a signed attestation, as `matokeo attest` makes them; repeatable',
			collected,
		)
		.option('--anchor <digest>', 'the package digest that was published before polling', digest)
		.option('--as-it-is', 'bundle a log that does not verify too; the bundle says so, and why')
		.option('--any-host', 'with an address: follow it where it redirects to another host')
		.option('--json', 'what was written, as JSON')
		.description('an evidence bundle: one zip that a court can check with Node and nothing else')
		.action(async (folder: string, options: BundleOptions) =>
			finish(await (await import('../verbs/bundle.ts')).runBundle(folder, output, options)),
		)
		.addHelpText('after', BUNDLE_HELP);
	matokeo
		.command('attest')
		.requiredOption('--capture <id>', 'id of a capture that you took; repeatable', collected)
		.requiredOption('--package <dir>', 'folder of the election package')
		.requiredOption('--out <file>', 'the new file to write')
		.option('--key <file>', 'your key file: the key that signed the captures')
		.option('--passphrase-file <file>', 'file whose first line is the passphrase; else it is asked for, unseen')
		.option('--identity <file>', 'age identity, for a key file that was encrypted to a recipient')
		.option('--rehearsal-key <name>', 'in a rehearsal: sign with the rehearsal’s own key of that name')
		.option('--form <id-or-file>', 'the words: a form that is shipped, or a file with one', 'plain')
		.option('--language <code>', 'of the words', 'en')
		.option('--name <text>', 'your full name, as it is to stand')
		.option('--particular <id=text>', 'another particular that the form asks for; repeatable', collected)
		.description('say, signed, that you took the photographs of these captures: for a court')
		.action(async (options: AttestOptions) =>
			finish(await (await import('../verbs/attest.ts')).runAttest(output, options)),
		)
		.addHelpText('after', ATTEST_HELP);
	matokeo
		.command('verifier')
		.requiredOption('--out <file>', 'the new file to write')
		.option('--json', 'its digest, as JSON')
		.description('write the verifier as one file, for whoever has Node and nothing else')
		.action(async (options: { out: string; json?: true }) =>
			finish(await (await import('../verbs/verifierFile.ts')).runVerifierFile(output, options)),
		);
}

const BUNDLE_HELP = `
The whole log is verified first; one that fails is not bundled. What is sealed or withheld is not put in, and is named with the reason.
  matokeo bundle https://results.example/ --station 001001000100101 --contest president --out station.zip
  matokeo verify --bundle station.zip --anchor DIGEST`;

const ATTEST_HELP = `
Forms: plain (no statute), kenya-evidence-act-106b (its citation says "assumption"); others as files of the same shape.
Your particulars stand in this file only, and never in the log. Whoever gets the file can read them.`;
