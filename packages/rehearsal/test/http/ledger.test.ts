/** The sender's book: what a receipt and a refusal must hold to be believed (L25, D10, D12), and what is found when the published log is read at the end. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { signNote } from '@matokeo/core/log/note.ts';
import { parseProof, printProof } from '@matokeo/core/log/proof.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Answer } from '@matokeo/server/app/answer.ts';
import {
	capture,
	election,
	enrolment,
	imageOf,
	keyOf,
	newFolder,
	type Opened,
	openIn,
	opening,
	presidential,
	removeFolders,
	type Spoken,
	signer,
	suite,
} from '@matokeo/server/testing/world.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/http/audit.ts';
import { openLedger } from '../../src/http/ledger.ts';
import type { WireAnswer } from '../../src/http/wire.ts';

afterEach(removeFolders);

type Acknowledged = Extract<WireAnswer, { kind: 'receipt' | 'logged' }>;
type Refused = Extract<WireAnswer, { kind: 'refused' }>;

const FORM = capture('001', imageOf('001'), presidential(50, 40, 30, 2));
const OTHER = capture('002', imageOf('002'), presidential(5, 4, 3, 2));

function sent(opened: Opened, one: Spoken): Answer {
	const [answer] = opened.log.append([one.bytes]);
	if (answer === undefined) throw new Error('a note has an answer');
	return answer;
}

function acknowledged(opened: Opened, one: Spoken): Acknowledged {
	const answer = sent(opened, one);
	if (answer.kind === 'refused' || answer.kind === 'later') throw new Error(answer.why);
	const { kind, id, index } = answer;
	const provable = { id, index, size: opened.log.size(), proof: answer.proof() };
	return kind === 'receipt'
		? { kind, ...provable }
		: { kind: 'logged', ...provable, note: Buffer.from(answer.note).toString() };
}

function begun(): Opened {
	const opened = openIn(newFolder());
	opened.log.append([opening().bytes, enrolment().bytes]);
	return opened;
}

/** The same receipt under a checkpoint that somebody else made. */
function under(answer: Acknowledged, checkpoint: Uint8Array): Acknowledged {
	const proof = parseProof(utf8Encode(answer.proof));
	if (!proof.ok) throw new Error(proof.error);
	return { ...answer, proof: Buffer.from(printProof({ ...proof.value, checkpoint })).toString() };
}

describe('a receipt', () => {
	it('is believed when it leads to a root that the log has signed, also when the note was logged before', () => {
		const opened = begun();
		const ledger = openLedger(suite, election);
		expect(ledger.acknowledged(FORM, acknowledged(opened, FORM))).toBe(true);
		expect(ledger.acknowledged(FORM, acknowledged(opened, FORM))).toBe(true);
		expect(ledger.faults().count).toBe(0);
		opened.log.close();
	});

	it.each<[string, (answer: Acknowledged, other: Acknowledged) => Acknowledged]>([
		['names another statement', (answer) => ({ ...answer, id: OTHER.id })],
		['says another index than its proof', (answer) => ({ ...answer, index: answer.index + 1 })],
		['proves another entry', (answer, other) => ({ ...answer, index: other.index, proof: other.proof })],
		[
			'has one changed hash',
			(answer) => ({ ...answer, proof: answer.proof.replace(/^[A-Za-z0-9+/]{5}(?=[A-Za-z0-9+/]{38}=$)/m, 'AAAAA') }),
		],
		['is no proof file', (answer) => ({ ...answer, proof: 'c2sp.org/tlog-proof@v2\n' })],
		[
			'shows another note as logged',
			(answer) => ({ ...answer, kind: 'logged', note: Buffer.from(OTHER.bytes).toString() }),
		],
		[
			'is under a checkpoint of another key',
			(answer) => {
				const { name, keyId } = keyOf('po/001');
				const stranger = { name, keyId, sign: () => new Uint8Array(64) };
				const checkpoint = { origin: election.log.origin, size: 5, root: new Uint8Array(32), extensions: [] };
				return under(answer, signCheckpoint(checkpoint, [stranger]));
			},
		],
		[
			'is under a true checkpoint that does not hold it',
			(answer) => {
				const checkpoint = { origin: election.log.origin, size: answer.size, root: new Uint8Array(32), extensions: [] };
				return under(answer, signCheckpoint(checkpoint, [signer]));
			},
		],
	])('that %s is a fault', (_what, alter) => {
		const opened = begun();
		const other = acknowledged(opened, OTHER);
		const answer = acknowledged(opened, FORM);
		const ledger = openLedger(suite, election);
		const altered = alter(answer, other);
		expect(altered).not.toEqual(answer);
		expect(ledger.acknowledged(FORM, altered)).toBe(false);
		expect(ledger.faults().count).toBe(1);
		opened.log.close();
	});

	it('from a log that says two things of one size is a fork', () => {
		const [one, other] = [begun(), begun()];
		const ledger = openLedger(suite, election);
		expect(ledger.acknowledged(FORM, acknowledged(one, FORM))).toBe(true);
		expect(ledger.acknowledged(OTHER, acknowledged(other, OTHER))).toBe(false);
		expect(ledger.faults().first[0]).toContain('fork');
		one.log.close();
		other.log.close();
	});
});

describe('a refusal', () => {
	const far = capture('001', imageOf('a'), undefined, { station: '002' });

	function refused(): Refused {
		const opened = begun();
		const answer = sent(opened, far);
		opened.log.close();
		if (answer.kind !== 'refused' || answer.note === undefined) throw new Error('it must be refused with a note');
		const { kind, rule, why, note } = answer;
		return { kind, rule, why, note: Buffer.from(note).toString() };
	}

	it('is believed when the log has signed it', () => {
		const ledger = openLedger(suite, election);
		expect(ledger.refused(far, refused())).toBe(true);
		expect(ledger.faults().count).toBe(0);
	});

	it.each<[string, (answer: Refused) => Refused]>([
		['comes without a note', ({ kind, rule, why }) => ({ kind, rule, why })],
		['cites another rule than its note', (answer) => ({ ...answer, rule: 'S20' })],
		['is changed', (answer) => ({ ...answer, note: answer.note?.replace('S10', 'S20') ?? '', rule: 'S20' })],
		['is of another statement', (answer) => ({ ...answer, note: refusalOf(OTHER.id) })],
		['is signed, and says something else', (answer) => ({ ...answer, note: noteOf('matokeo/v1 receipt\nx\n{}\n') })],
		['is no note', (answer) => ({ ...answer, note: 'no' })],
	])('that %s is a fault', (_what, alter) => {
		const ledger = openLedger(suite, election);
		expect(ledger.refused(far, alter(refused()))).toBe(false);
		expect(ledger.faults().count).toBe(1);
	});

	function noteOf(text: string): string {
		return Buffer.from(signNote(text, [signer])).toString();
	}

	function refusalOf(id: string): string {
		return noteOf(
			`matokeo/v1 refusal\n${election.id} ${election.digest}\n{"rule":"S10","size":3,"statement":"${id}"}\n`,
		);
	}
});

describe('reading the published log at the end', () => {
	/** As the published folder answers, wherever it is served. */
	const askIn =
		(dir: string) =>
		async ({ path }: { readonly path: string }) => {
			try {
				return { status: 200, headers: {}, body: readFileSync(join(dir, 'public', path)) };
			} catch {
				return { status: 404, headers: {}, body: new Uint8Array(0) };
			}
		};

	async function played() {
		const opened = begun();
		const ledger = openLedger(suite, election);
		for (const one of [FORM, OTHER]) ledger.acknowledged(one, acknowledged(opened, one));
		const [digest = ''] = await opened.log.hold([imageOf('001')]);
		opened.log.announceHeld();
		ledger.handedOver(digest);
		opened.log.close();
		return { ledger, audit: () => auditLog({ suite, election, ask: askIn(opened.dir) }, ledger) };
	}

	it('finds nothing where all is as it was acknowledged', async () => {
		const { ledger, audit } = await played();
		await audit();
		expect(ledger.faults()).toEqual({ count: 0, first: [] });
	});

	it('finds a receipt of another log with the same key', async () => {
		const { ledger, audit } = await played();
		const fork = begun();
		const late = capture('003', imageOf('003'), presidential(1, 1, 1, 1));
		acknowledged(fork, OTHER);
		acknowledged(fork, FORM);
		acknowledged(fork, capture('001', imageOf('x'), undefined));
		ledger.acknowledged(late, acknowledged(fork, late));
		fork.log.close();
		await audit();
		expect(ledger.faults().first.join()).toMatch(/something else stands|is not in the log|not a beginning/);
	});

	it('finds an image that was taken and is not held', async () => {
		const { ledger, audit } = await played();
		ledger.handedOver(suite.sha256Hex(imageOf('002')));
		await audit();
		expect(ledger.faults().first[0]).toContain('does not say that it is held');
	});

	it('finds that nothing is published', async () => {
		const { ledger } = await played();
		await auditLog({ suite, election, ask: askIn(newFolder()) }, ledger);
		expect(ledger.faults().count).toBeGreaterThan(0);
	});
});
