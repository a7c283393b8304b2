/** Names, options and help of `matokeo scrutiny`. */
import { PARTS, type Part } from '@matokeo/dossier/scrutiny/parts.ts';
import { InvalidArgumentError } from 'commander';
import type { ScrutinyOptions } from '../verbs/scrutiny.ts';
import type { Verbs } from './verbs.ts';

export function addScrutiny({ matokeo, output, finish }: Verbs): void {
	matokeo
		.command('scrutiny')
		.argument('<dir>', "a server's folder: database, books and public/; the server may run")
		.requiredOption('--out <file-or-dir>', 'a new file that ends in .zip, or a new or empty folder')
		.option('--part <name>', `only this part; repeatable: ${PARTS.join(', ')}`, onePart)
		.option('--no-log', 'leave the log out: smaller, and nothing in it can be held against the log without it')
		.option('--images', 'take the public images along; they are most of the bytes')
		.option('--json', 'what was made as JSON')
		.description("a scrutiny pack: everything that a server's folder can show, to be read without it")
		.action(async (dir: string, options: ScrutinyOptions) =>
			finish(await (await import('../verbs/scrutiny.ts')).runScrutiny(dir, output, options)),
		);
}

function onePart(text: string, before: readonly Part[] | undefined): readonly Part[] {
	const part = PARTS.find((one) => one === text);
	if (part === undefined) throw new InvalidArgumentError(`Expected one of ${PARTS.join(', ')}.`);
	return [...(before ?? []), part];
}
