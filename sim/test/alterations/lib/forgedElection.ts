/** Somebody's own election under the same name: the same package but for the keys, all of them the forger's, and the whole night played through the real server. Only the anchor tells it from the true one. */
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { parseVerifierKey, printVerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { type RehearsalKey, rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { memoryStore } from '@matokeo/server/storage/memoryStore.ts';
import { playSynthetic } from '../../../src/synthetic/play.ts';
import { type Rehearsed, suite } from './rehearsed.ts';

const VKEY = /[a-z0-9./-]+\+[0-9a-f]{8}\+(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{44})/g;

function forgersKey(name: string): RehearsalKey {
	return rehearsalKey(suite, 'a forgery', name);
}

function forgedLine(line: string): string {
	const key = parseVerifierKey(suite, line);
	if (!key.ok) throw new Error(key.error);
	const { name, algorithm } = key.value;
	return printVerifierKey(verifierKey(suite, name, algorithm, forgersKey(name).publicKey));
}

/** Into an empty folder, as a server fills it. */
export async function forgedElection({ files }: Rehearsed, dir: string): Promise<void> {
	const forged = new Map(
		[...files]
			.filter(([path]) => path !== MANIFEST)
			.map(([path, bytes]) => [path, utf8Encode(Buffer.from(bytes).toString().replace(VKEY, forgedLine))]),
	);
	forged.set(MANIFEST, makeManifest(suite, forged).bytes);
	const election = loadElection(suite, forged);
	if (!election.ok) throw new Error(JSON.stringify(election.error.slice(0, 3)));
	const { origin } = election.value.log;
	const clock = clockFrom(1_571_616_000);
	const parts = { dir, suite, election: election.value, packageFiles: forged, store: memoryStore() };
	const log = openLog({ ...parts, signer: forgersKey(origin), clock: clock.now });
	await playSynthetic(suite, election.value, inProcess(log), forgersKey);
	log.close();
}
