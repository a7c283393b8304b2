/** Alterations by an operator who signs everything anew with the log's key, and folders that somebody made on their own: what only the rules, the anchor or something kept from before can find. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { commitmentOf, type Transcription } from '@matokeo/core/record/commitment.ts';
import { printLeaf } from '@matokeo/core/record/leaf.ts';
import type { FormCapture, FormRuling } from '@matokeo/core/record/statement.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Alter, Alterations, Altering, Subject } from './alteration.ts';
import { forgedElection } from './forgedElection.ts';
import { checkpointOf, keyOf, logSays, receiptFor, resign, say, signedCheckpoint } from './forging.ts';
import { about, type Entry, only, put, type Rehearsed, rehearsed, stationId, suite } from './rehearsed.ts';

/** One whose officer and form agree, one on which a returning officer has ruled, and the neighbour of the first. */
const PLAIN = stationId(12);
const RULED = stationId(19);
const NEIGHBOUR = stationId(13);

const notesOf = ({ entries }: Rehearsed): Uint8Array[] => entries.map(({ bytes }) => bytes);

function capture(of: Rehearsed, station = PLAIN): Entry & { readonly statement: FormCapture } {
	return only(about(of, 'form/capture', station));
}

interface Replacement {
	readonly id: string;
	readonly bytes: Uint8Array;
}

/** The log with one statement in place of another. */
function replaced({ of, folder }: Altering, { index }: Entry, by: Replacement, station: string): Subject {
	resign(of, folder, notesOf(of).with(index, by.bytes));
	return { station, statement: by.id, index };
}

/** The log with more at its end; the first of it is what is named, or the one at `at`. */
function added({ of, folder }: Altering, more: readonly Replacement[], station?: string, at = 0): Subject {
	resign(of, folder, [...notesOf(of), ...more.map(({ bytes }) => bytes)]);
	const subject = { statement: only(more, at).id, index: of.entries.length + at };
	return station === undefined ? subject : { ...subject, station };
}

/** Without the type's own member: what `say` takes. */
function unsaid<T extends { readonly by: readonly string[] }>(statement: T): Omit<T, 'by'> {
	const { by: _, ...rest } = statement;
	return rest;
}

function transcription(salt: string): Transcription {
	const figures = { registered: 700, 'c1-1': 113, 'c1-2': 90, 'c1-3': 80, 'c1-4': 10, rejected: 5 };
	return { attributes: {}, figures, legibility: 'good', salt: suite.sha256Hex(utf8Encode(salt)) };
}

function readingBy(of: Rehearsed, clerk: string, of_: Entry): Replacement {
	const commitment = commitmentOf(suite, of_.id, clerk, transcription(clerk));
	return say(of, { type: 'form/reading', capture: of_.id, commitment }, clerk);
}

/** The clerk who reads the first of all forms: not the one of the station in these cases. */
function readers(of: Rehearsed, station: string): readonly string[] {
	return about(of, 'form/reading', station).map(({ statement }) => only(statement.by));
}

function strangerTo(of: Rehearsed, station: string): string {
	const known = readers(of, station);
	return only(['clerk/001', 'clerk/002', 'clerk/003'].filter((name) => !known.includes(name)));
}

/** All that was ever said about a station. */
function everything(of: Rehearsed, station: string): ReadonlySet<number> {
	const types = ['form/capture', 'form/reading', 'reading/open', 'form/ruling'] as const;
	return new Set(types.flatMap((type) => about(of, type, station).map(({ index }) => index)));
}

/** The log as if nothing had ever come from a station. */
function withoutStation({ of, folder }: Altering, station: string): void {
	const gone = everything(of, station);
	const { sha256 } = only(capture(of, station).statement.images);
	rmSync(join(folder, 'blob', sha256.slice(0, 2), sha256));
	resign(of, folder, unwitnessed(notesOf(of).filter((_, index) => !gone.has(index))));
}

/** Whoever rewrites the log leaves out what it says its witnesses saw: that would not fit any more, and be void. */
function unwitnessed(notes: readonly Uint8Array[]): readonly Uint8Array[] {
	return notes.filter((bytes) => !Buffer.from(bytes).toString('latin1').startsWith('matokeo/v1 log/witnessed\n'));
}

const captureWith =
	(change: (of: Rehearsed, statement: Omit<FormCapture, 'by'>) => Replacement): Alter =>
	(altering) => {
		const one = capture(altering.of);
		return replaced(altering, one, change(altering.of, unsaid(one.statement)), PLAIN);
	};

const rulingWith =
	(change: (of: Rehearsed, statement: Omit<FormRuling, 'by'>, officer: string) => Replacement): Alter =>
	(altering) => {
		const one = only(about(altering.of, 'form/ruling', RULED));
		return replaced(altering, one, change(altering.of, unsaid(one.statement), only(one.statement.by)), RULED);
	};

const raised = (statement: Omit<FormCapture, 'by'>): Omit<FormCapture, 'by'> => ({
	...statement,
	figures: { ...statement.figures, 'c1-1': 699 },
});

/** The same with a space that canonical JSON does not have, signed by its author all the same. */
function respelled(of: Rehearsed, { bytes }: Entry, signer: string): Replacement {
	const text = Buffer.from(bytes).toString().split('\n\n')[0]?.replace('"poll":1', '"poll": 1') ?? '';
	const whole = utf8Encode(`${text}\n`);
	const { name, keyId, sign } = keyOf(of, signer);
	return { id: suite.sha256Hex(whole), bytes: printLeaf(whole, [{ name, keyId, signature: sign(whole) }]) };
}

/** Every statement here is void. */
export const VOID: Alterations = {
	'statement re-spelled': (altering) => {
		const one = capture(altering.of);
		return replaced(altering, one, respelled(altering.of, one, `presiding/${PLAIN}`), PLAIN);
	},
	"figures changed and signed with another's key": captureWith((of, statement) => {
		const [own, other] = [keyOf(of, `presiding/${PLAIN}`), keyOf(of, `presiding/${NEIGHBOUR}`)];
		return say(of, raised(statement), { ...own, sign: other.sign });
	}),
	'figures changed and signed by a key that nobody enrolled': captureWith((of, statement) =>
		say(of, raised(statement), { ...keyOf(of, 'forger'), name: `presiding/${PLAIN}` }),
	),
	'figures signed by the officer of another station': captureWith((of, statement) =>
		say(of, raised(statement), `presiding/${NEIGHBOUR}`),
	),
	'statement replayed from a rehearsal': async (altering) => {
		const other = await rehearsed(71);
		const { bytes, id } = capture(other);
		return added(altering, [{ id, bytes }], PLAIN);
	},
	'statement of another election': captureWith((of, statement) => {
		const other = { ...of, election: { ...of.election, id: 'elsewhere' } };
		return say(other, statement, keyOf(of, `presiding/${PLAIN}`));
	}),
	'statement logged twice': (altering) => added(altering, [capture(altering.of)], PLAIN),
	'bytes that are no statement': (altering) => {
		const { statement: _, ...subject } = added(altering, [{ id: '', bytes: utf8Encode('hello') }]);
		return subject;
	},
	'clerk who touched the form': (altering) => {
		const [first, second] = about(altering.of, 'form/reading', PLAIN);
		const again = readingBy(altering.of, only(first?.statement.by ?? []), capture(altering.of));
		return replaced(altering, only([second].flatMap((one) => one ?? [])), again, PLAIN);
	},
	'officer who reads the own form': (altering) =>
		added(altering, [readingBy(altering.of, `presiding/${PLAIN}`, capture(altering.of))], PLAIN),
	'ruling without authority': rulingWith((of, statement) => say(of, statement, `presiding/${RULED}`)),
	'ruling by the officer of another area': rulingWith((of, statement) => say(of, statement, 'returning/001a')),
	'ruling that has not seen the last': rulingWith((of, statement, officer) => {
		const seen = only(about(of, 'form/reading', RULED), 1).id;
		return say(of, { ...statement, seen }, officer);
	}),
	'ruling for a reading of another station': rulingWith((of, statement, officer) => {
		const reading = only(about(of, 'form/reading', PLAIN)).id;
		return say(of, { ...statement, decision: { kind: 'accept-reading', reading } }, officer);
	}),
	'opening that does not match': (altering) => {
		const { of } = altering;
		const one = only(about(of, 'reading/open', PLAIN));
		const openings = one.statement.openings.map((opening) => ({
			...opening,
			figures: { ...opening.figures, 'c1-1': 650 },
		}));
		return replaced(altering, one, logSays(of, { ...unsaid(one.statement), openings }), PLAIN);
	},
	'revoked key': (altering) => {
		const { of } = altering;
		const clerk = strangerTo(of, PLAIN);
		const revoke = say(of, { type: 'key/revoke', key: clerk, reason: 'assumption' }, 'registrar/1', 'registrar/2');
		return added(altering, [revoke, readingBy(of, clerk, capture(of))], PLAIN, 1);
	},
	'enrolment by one registrar': (altering) => {
		const key = Buffer.from(keyOf(altering.of, 'clerk/900').publicKey).toString('base64');
		const keys = [{ holder: 'holder/clerk/900', key, name: 'clerk/900', role: 'clerk', scope: {} }] as const;
		return added(altering, [say(altering.of, { type: 'key/enrol', keys }, 'registrar/1')]);
	},
	'clock that goes back': (altering) =>
		added(altering, [logSays(altering.of, { type: 'clock/tick', time: 1_500_000_000 })]),
	'reading before its capture': (altering) => {
		const { of, folder } = altering;
		const [one, reading] = [capture(of), only(about(of, 'form/reading', PLAIN))];
		resign(of, folder, notesOf(of).with(one.index, reading.bytes).with(reading.index, one.bytes));
		return { statement: reading.id, index: one.index };
	},
	'capture dropped, its readings left': (altering) => {
		const { of, folder } = altering;
		const one = capture(of);
		resign(of, folder, notesOf(of).toSpliced(one.index, 1));
		return { statement: only(about(of, 'form/reading', PLAIN)).id };
	},
};

/** An image of a kind that the package does not publish, captured and held like any other. */
function sealedImage(altering: Altering): { readonly path: string; readonly bytes: Uint8Array } {
	const { of, folder } = altering;
	const bytes = utf8Encode('a sealed image');
	const sha256 = suite.sha256Hex(bytes);
	const images = [{ kind: 'sealed', sha256, size: bytes.length }];
	const { serial: _, ...statement } = unsaid(capture(of).statement);
	const again = say(of, { ...statement, images, kind: 'carbon-copy' }, `presiding/${PLAIN}`);
	const held = logSays(of, { type: 'blob/held', blobs: [{ sha256, size: bytes.length }] });
	resign(of, folder, [...notesOf(of), again.bytes, held.bytes]);
	return { path: `blob/${sha256.slice(0, 2)}/${sha256}`, bytes };
}

/** Sound in themselves, or nearly: what finds them is what lies beside, or what the reader brings. */
export const REWRITTEN: Alterations = {
	'sealed image published': (altering) => {
		const { path, bytes } = sealedImage(altering);
		put(altering.folder, path, bytes);
		return { file: path };
	},
	'withheld image still published': (altering) => {
		const { sha256 } = only(capture(altering.of).statement.images);
		const withhold = { type: 'blob/withhold', reason: 'assumption', sha256 } as const;
		added(altering, [say(altering.of, withhold, 'authority/1', 'authority/2')]);
		return { file: `blob/${sha256.slice(0, 2)}/${sha256}` };
	},
	'station dropped, the log signed again, an earlier checkpoint': (altering) => {
		withoutStation(altering, PLAIN);
		return { kept: checkpointOf(altering.of, notesOf(altering.of).slice(0, 100)) };
	},
	'station dropped, the log signed again, the last checkpoint': (altering) => {
		withoutStation(altering, PLAIN);
		return { kept: checkpointOf(altering.of, notesOf(altering.of)) };
	},
	'station dropped, the log signed again, a receipt': (altering) => {
		withoutStation(altering, PLAIN);
		const { index } = capture(altering.of);
		return { kept: receiptFor(altering.of, notesOf(altering.of).slice(0, 120), index), index };
	},
	'two captures swapped, the log signed again': (altering) => {
		const { of, folder } = altering;
		const [one, other] = [capture(of), capture(of, NEIGHBOUR)];
		const swapped = notesOf(of).with(one.index, other.bytes).with(other.index, one.bytes);
		resign(of, folder, unwitnessed(swapped));
		return { kept: checkpointOf(of, notesOf(of).slice(0, 150)) };
	},
	'log cut back and signed again': (altering) => {
		const { of, folder } = altering;
		resign(of, folder, notesOf(of).slice(0, 280));
		return { kept: checkpointOf(of, notesOf(of)) };
	},
	'forked checkpoint of the same size': (altering) => {
		const { of, folder } = altering;
		const tick = logSays(of, { type: 'clock/tick', time: 1_571_700_000 });
		resign(of, folder, [...notesOf(of).slice(0, -1), tick.bytes]);
		return { kept: checkpointOf(of, notesOf(of)) };
	},
	'checkpoint that another log signed': ({ of }) => ({ kept: checkpointOf(of, notesOf(of), 'registrar/1') }),
	'signed checkpoint of another root': ({ of, folder }) => {
		const root = rootOf(suite, [leafHash(suite, utf8Encode('other'))]);
		put(folder, 'checkpoint', signedCheckpoint(of, of.entries.length, root));
		return { file: 'checkpoint' };
	},
	'checkpoint signed by another key': ({ of, folder }) => {
		put(folder, 'checkpoint', checkpointOf(of, notesOf(of), 'registrar/1'));
		return { file: 'checkpoint' };
	},
	'checkpoint put back to an earlier one': ({ of, folder }) => {
		put(folder, 'checkpoint', checkpointOf(of, notesOf(of).slice(0, 280)));
		return { file: `tile/entries/001.p/${of.entries.length - 256}` };
	},
	'forged folder with keys of its own': async ({ of, folder }) => {
		rmSync(folder, { recursive: true });
		await forgedElection(of, join(folder, '..'));
		return { file: 'package/manifest.sha256' };
	},
};
