/**
 * Makes the committed files of this example from the folder of the portal's data: `node examples/kenya-2017/make.ts FOLDER [OUT]`. Run once, and again only when
 * the package changes on purpose; `sim/test/kenyaPackage.test.ts` checks that the committed files are what this makes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleFiles } from './make/files.ts';
import { readSource } from './make/source.ts';

const [folder, out = import.meta.dirname] = process.argv.slice(2);
if (folder === undefined) {
	process.stderr.write('Say where the portal’s data are: node examples/kenya-2017/make.ts FOLDER [OUT]\n');
	process.exit(2);
}
for (const [path, file] of exampleFiles(readSource(folder))) {
	const target = join(out, path);
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, file);
	process.stdout.write(`${path} ${file.length} bytes\n`);
}
