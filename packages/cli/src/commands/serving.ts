/** Names, options and help of the verbs that bring an election to the public: `matokeo serve` and `matokeo publish`. */
import { InvalidArgumentError, Option } from 'commander';
import { collected, number } from '../options.ts';
import type { LogLevel } from '../serve/running.ts';
import { sourcesOf } from './keys.ts';
import { PORT, PORT_MAX } from './ports.ts';
import type { Verbs } from './verbs.ts';

interface ServeFlags {
	readonly host: string;
	readonly port: number;
	readonly key?: string;
	readonly passphraseFile?: string;
	readonly identity?: string;
	readonly trustProxy?: readonly string[];
	readonly logLevel: LogLevel;
	readonly publishPages?: true;
	readonly witness?: readonly (readonly [string, string])[];
}

export function addServe({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('serve')
		.argument('<dir>', 'folder of a log, or a new one with an election package in "package"')
		.option('--port <number>', 'port; 0 takes any that is free', number(PORT, 0, PORT_MAX), PORT)
		.option('--host <address>', 'address to listen on; 0.0.0.0 for all of this machine', '127.0.0.1')
		.option('--key <file>', "the log's key file; a rehearsal needs none")
		.option('--passphrase-file <file>', 'file whose first line is its passphrase; else it is asked for, unseen')
		.option('--identity <file>', 'age identity, if the key file was encrypted to a recipient')
		.option('--publish-pages', 'keep the pages as static files in public/ as well')
		.option(
			'--trust-proxy <address>',
			"address or network of a proxy in front, whose word for a sender's address is taken; repeatable",
			collected,
		)
		.option(
			'--witness <name=url>',
			'where a witness of the package is reached, instead of where its policy says; repeatable',
			witnessAddresses,
		)
		.addOption(
			new Option('--log-level <level>', 'what is written to standard error, as JSON lines')
				.choices(['silent', 'error', 'warn', 'info'])
				.default('warn'),
		)
		.description('serve an election: take statements, publish the log and the pages')
		.action(async (dir: string, { identity, trustProxy, witness, ...flags }: ServeFlags) =>
			finish(
				await (await import('../verbs/serve.ts')).runServe(dir, output, {
					...sourcesOf(identity === undefined ? flags : { ...flags, identityFile: identity }),
					trustProxy: trustProxy ?? [],
					witnesses: new Map(witness),
				}),
			),
		);
}

/** One more `name=url`; whether the package names it is for the server to say. */
function witnessAddresses(
	text: string,
	before: readonly (readonly [string, string])[] | undefined,
): readonly (readonly [string, string])[] {
	const [, name, url] = /^([^=\s]{1,256})=(https?:\/\/\S{1,1000})$/.exec(text) ?? [];
	if (name === undefined || url === undefined)
		throw new InvalidArgumentError(
			'Expected the policy’s name of a witness and its address, such as witness/court=http://localhost:8711.',
		);
	return [...(before ?? []), [name, url]];
}

export function addPublish({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('publish')
		.argument('<dir>', "a server's folder")
		.option('--out <site>', 'another folder, with a copy of the log; else public/')
		.option('--whole', 'make every page again, not only what statements touched since the last time')
		.description('write the pages and their data as static files, for any web server')
		.action(async (dir: string, flags: { out?: string; whole?: true }) =>
			finish(await (await import('../verbs/publish.ts')).runPublish(dir, output, flags)),
		);
}
