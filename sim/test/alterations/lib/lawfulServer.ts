/**
 * A server's folder of the lawful election: forms, certificates, a declaration, a dissent, an objection that is open, one that a court has upheld, an order that annulled the contest, a pause. Made once, of the statements
 * that their authors sign; every case alters a copy.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { lawfulElection } from '@matokeo/core/testing/lawfulElection.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { declared, type LawfulLog } from '@matokeo/verifier/testing/lawfulLog.ts';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { keyBehind, type Note, START, signBy, suite } from '@matokeo/verifier/testing/smallLog.ts';
import { newFolder } from './rehearsed.ts';

export const TEXT = utf8Encode(`${'5a'.repeat(32)}\nThe figures of 004 are not those of the form.\n`);
export const JUDGMENT = utf8Encode(`${'c3'.repeat(32)}\nThe election is annulled.\n`);

export interface LawfulServer {
	readonly dir: string;
	readonly log: LawfulLog;
	/** What was said, by the names that cases use. */
	readonly said: Readonly<
		Record<'declaration' | 'dissent' | 'objection' | 'petition' | 'annulment' | 'pause' | 'certificate' | 'mark', Note>
	>;
}

export function lawfulServer(): LawfulServer {
	const log = declared('official', ['005']);
	const { say, take, speak } = log;
	const dissent = say(
		{ type: 'result/dissent', contest: 'president', of: log.declaration.id, reason: 'not-verified' },
		'authority/3',
	);
	const objection = say(
		{
			type: 'objection/lodge',
			contest: 'president',
			ground: 'wrong-figures',
			target: { kind: 'return', poll: 1, station: '004' },
			text: suite.sha256Hex(TEXT),
		},
		speech.PARTY_MOON,
	);
	log.hold(TEXT);
	const petition = say(
		{ type: 'objection/lodge', contest: 'president', ground: 'petition', target: { kind: 'contest' } },
		speech.PARTY_SUN,
	);
	say(
		{ type: 'objection/answer', objection: petition.id, outcome: 'upheld', reason: 'founded', seen: petition.id },
		'court/supreme',
	);
	const annulment = take(speech.order(speak, { kind: 'annul', contest: 'president' }, JUDGMENT));
	log.hold(JUDGMENT);
	const pause = say(
		{ type: 'notice/file', notice: { kind: 'pause', at: START, reason: 'maintenance', surface: 'portal' } },
		'registrar/1',
		'registrar/2',
	);
	const only = (type: string): Note => {
		const one = log.notes.findLast(({ tag }) => tag === type);
		if (one === undefined) throw new Error(`there is no ${type}`);
		return one;
	};
	const dir = newFolder('lawful');
	return {
		dir,
		log,
		said: {
			declaration: log.declaration,
			dissent,
			objection,
			petition,
			annulment,
			pause,
			certificate: only('collation/certify'),
			mark: only('tally/mark'),
		},
	};
}

/** Hands every statement to a log of the server's, at the time at which it was said. */
export async function keep({ dir, log }: LawfulServer): Promise<void> {
	const { election, files } = lawfulElection('official');
	let now = START + 1;
	const { name, keyId } = keyBehind(ORIGIN);
	const signer = { name, keyId, sign: (message: Uint8Array) => signBy(ORIGIN, message) };
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const server = openLog({ dir, suite, election, packageFiles: files, signer, clock: () => now, store });
	await server.hold(log.files);
	for (const note of log.notes) {
		const leaf = parseLeaf(suite, note.bytes);
		if (leaf.ok && leaf.value.statement.type === 'clock/tick') now = leaf.value.statement.time;
		const [answer] = server.append([note.bytes]);
		if (answer?.kind !== 'receipt' && answer?.kind !== 'logged')
			throw new Error(`${note.tag}: ${answer?.kind === 'refused' ? answer.why : answer?.kind}`);
	}
	server.publishResults();
	server.close();
}

export function copyOf({ dir }: LawfulServer): string {
	const copy = newFolder('altered');
	cpSync(dir, copy, { recursive: true });
	return copy;
}
