/**
 * The process that is killed: a log in a folder, told by its parent what to do, one line in, one line out. What it has answered on its output its parent holds, and nothing that happens here
 * afterwards can take it back.
 */
import { createPrivateKey, sign } from 'node:crypto';
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadElection } from '@matokeo/core/election/package.ts';
import { base64Decode, base64Encode } from '@matokeo/core/std/bytes.ts';
import type { Answer } from '@matokeo/server/app/answer.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { answersEarly, commitsLate } from './faulty.ts';
import { type Life, readScript, type Said, type Script, type Step } from './script.ts';

const suite = nativeSuite();
const script = readScript(process.argv[2] ?? '');
const packageFiles = new Map(Object.entries(script.package).map(([path, text]) => [path, bytesOf(text)]));
const loaded = loadElection(suite, packageFiles);
if (!loaded.ok) throw new Error('the package of the script has problems');
const election = loaded.value;

function bytesOf(text: string): Uint8Array {
	return base64Decode(text) ?? new Uint8Array(0);
}

function answer(said: Said): void {
	writeSync(1, `${JSON.stringify(said)}\n`);
}

function open({ dir, build, point, times, now }: Life, { logKey }: Script): OpenedLog {
	const { name, keyId, d, x } = logKey;
	const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
	const sqlite = openSqliteStore(join(dir, 'matokeo.sqlite'));
	let left = times;
	const log = openLog({
		dir,
		suite,
		election,
		packageFiles,
		store: build === 'commits-late' ? commitsLate(sqlite) : sqlite,
		signer: { name, keyId, sign: (message) => sign(null, message, key) },
		clock: () => now,
		faults: (at) => {
			if (at === point && --left === 0) process.kill(process.pid, 'SIGKILL');
		},
	});
	return build === 'answers-early' ? answersEarly(suite, log, now) : log;
}

/** Only receipts are told: a step that the log refuses is a fault of the script, and says so. */
async function perform(log: OpenedLog, step: Step): Promise<readonly Answer[]> {
	switch (step.do) {
		case 'append':
			return log.append(step.notes.map(bytesOf));
		case 'hold':
			await log.hold(step.blobs.map(bytesOf));
			return [];
		case 'announce':
			return log.announceHeld();
		case 'deliver':
			return log.deliverOpenings(step.openings).length > 0 ? [] : [];
		case 'open':
			return log.openReadings().map((opened) => opened.answer);
		case 'results':
			log.publishResults();
			return [];
	}
}

function told(log: OpenedLog, answers: readonly Answer[]): Said {
	const refused = answers.find((one) => one.kind === 'refused' || one.kind === 'later');
	if (refused !== undefined) return { said: 'trouble', why: JSON.stringify(refused) };
	const acknowledged = answers.flatMap((one) =>
		one.kind === 'receipt' || one.kind === 'logged' ? [{ id: one.id, index: one.index, size: one.size }] : [],
	);
	return { said: 'done', acknowledged, checkpoint: base64Encode(log.checkpoint()) };
}

let log: OpenedLog | undefined;
// A process that is killed never writes its compiled code down for the next one; so it is done here.
flushCompileCache();
answer({ said: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
	try {
		if (log === undefined) {
			const life = JSON.parse(line) as Life;
			log = open(life, script);
			answer({ said: 'opened', checkpoint: base64Encode(log.checkpoint()) });
		} else {
			const step = script.steps[Number(/^[0-9]{1,6}$/.exec(line)?.[0])];
			if (step === undefined) throw new Error(`there is no step ${line}`);
			answer(told(log, await perform(log, step)));
		}
	} catch (error) {
		answer({ said: 'trouble', why: error instanceof Error ? error.message : String(error) });
	}
}
