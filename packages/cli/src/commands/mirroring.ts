/** Names, options and help of `matokeo mirror`. */

import { parseImagePolicy } from '@matokeo/witness/mirror/images.ts';
import { InvalidArgumentError } from 'commander';
import { collected, digest, number, serverUrl } from '../options.ts';
import type { MirrorFlags } from '../verbs/mirror.ts';
import { sourcesOf } from './keys.ts';
import { PORT, PORT_MAX } from './ports.ts';
import type { Verbs } from './verbs.ts';

/** Beyond this no disk of today reaches. Gigabytes. */
const IMAGES_GB_MAX = 1_000_000;
const IMAGES_GB = 100;
const SECONDS_MAX = 86_400;

interface Given extends Omit<MirrorFlags, 'identityFile'> {
	readonly identity?: string;
}

export function addMirror({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('mirror')
		.argument('<url>', 'the log, a static copy of it, or another mirror', serverUrl)
		.argument('<dir>', 'folder for the copy; what lies there is verified again from its beginning')
		.option('--anchor <digest>', 'the package digest that was published before polling', digest)
		.option('--name <words>', 'who runs this mirror, as its pages and its evidence say; else the name of this machine')
		.option(
			'--images <which>',
			'published images to keep: all (unless you say), none, or ids of areas with commas',
			imagePolicy,
		)
		.option('--images-max <GB>', 'keep no more of them than this', number(IMAGES_GB, 0, IMAGES_GB_MAX), IMAGES_GB)
		.option('--also <url>', 'another mirror, a copy or a witness whose checkpoints are compared; repeatable', alsoUrl)
		.option('--once', 'catch up, say how it stands, and end')
		.option('--no-serve', 'serve nothing: follow and keep')
		.option('--port <number>', 'port to serve on; 0 takes any that is free', number(PORT, 0, PORT_MAX), PORT)
		.option('--host <address>', 'address to listen on; 0.0.0.0 for all of this machine', '127.0.0.1')
		.option(
			'--trust-proxy <address>',
			"proxy in front, whose word for a sender's address is taken; repeatable",
			collected,
		)
		.option('--key <file>', "the mirror's own key: with it statements are kept for senders")
		.option('--passphrase-file <file>', 'file whose first line is its passphrase; else it is asked for, unseen')
		.option('--identity <file>', 'age identity, if the key file was encrypted to a recipient')
		.option('--rehearsal-key <name>', 'in a rehearsal: give its word with this name’s public rehearsal key')
		.option('--poll <seconds>', 'how often the source is asked', number(2, 1, SECONDS_MAX), 2)
		.option(
			'--stale <seconds>',
			'how long a smaller state may be an old copy on the way',
			number(60, 0, SECONDS_MAX),
			60,
		)
		.option('--despite <file>', 'go on in spite of this evidence file; repeatable', collected)
		.description('follow a log: verify everything as it comes, keep it, serve it, and prove when it lies')
		.addHelpText('after', HELP)
		.action(async (url: URL, dir: string, { identity, ...flags }: Given) =>
			finish(
				await (await import('../verbs/mirror.ts')).runMirrorVerb(
					url,
					dir,
					output,
					sourcesOf(identity === undefined ? flags : { ...flags, identityFile: identity }),
				),
			),
		);
}

function imagePolicy(text: string) {
	const policy = parseImagePolicy(text);
	if (policy !== undefined) return policy;
	throw new InvalidArgumentError('Expected all, none, or ids of areas with commas between, such as nairobi,mombasa.');
}

function alsoUrl(text: string, before: readonly URL[] | undefined): readonly URL[] {
	return [...(before ?? []), serverUrl(text)];
}

const HELP = `
Bring --anchor: without it nobody vouches that this is the election you mean, and the mirror says so.
When the log contradicts itself the mirror stops following, prints SECURITY with both signed checkpoints and the proof, and keeps
them as DIR/evidence/….evidence.json, which \`matokeo verify --evidence FILE\` confirms with nothing else. It goes on serving what it verified.
--once ends with 0 (caught up, all well), 1 (SECURITY, or something found that is not in order) or 2 (the source gave no answer that helps).
docs/runbook.md, "Running a mirror", says how to keep one running and what to do when it stops.`;
