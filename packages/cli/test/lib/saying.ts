/** A small election whose authority and one officer have key files, and `matokeo say` run on it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORITY, smallElection, testKey } from '@matokeo/core/testing/smallElection.ts';
import { sealKey } from '../../src/keys/keyFile.ts';
import { isStatementType } from '../../src/say/catalogue.ts';
import { runSay, type SayOptions } from '../../src/verbs/say.ts';
import { newFolder, said } from './said.ts';

export const small = smallElection();
const PASSPHRASE = 'open sesame, please';
const places = { packageDir: '', keys: '' };

/** Before the first `say`. */
export async function prepareSaying(): Promise<void> {
	places.packageDir = newFolder(small.files);
	places.keys = newFolder();
	writeFileSync(join(places.keys, 'passphrase'), `${PASSPHRASE}\n`);
	for (const name of [...AUTHORITY, 'po/001']) {
		const sealed = await sealKey(testKey(name), { kind: 'passphrase', passphrase: PASSPHRASE }, 4);
		if (sealed.ok) writeFileSync(keyFile(name), sealed.value);
	}
}

export function keyFile(name: string): string {
	return join(places.keys, name.replace('/', '-'));
}

export async function say(type: string | undefined, options: Partial<SayOptions>) {
	const text = said();
	const passphrase = options.keyFiles === undefined ? [] : [join(places.keys, 'passphrase')];
	const code = await runSay(type !== undefined && isStatementType(type) ? type : undefined, text.out, {
		packageDir: places.packageDir,
		keyFiles: [],
		passphraseFiles: passphrase,
		rehearsalNames: [],
		settings: [],
		images: [],
		yes: true,
		...options,
	});
	return { code, stdout: text.stdout(), stderr: text.stderr() };
}

export const STATUS = {
	keyFiles: [] as readonly string[],
	settings: ['contest=president', 'reason=rain', 'station=001', 'status=delayed'],
};

export function byOfficer() {
	return { ...STATUS, keyFiles: [keyFile('po/001')] };
}
