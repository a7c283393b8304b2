/**
 * The log of the small lawful election, kept in memory statement by statement as a server would: everybody votes, regions certify, the authority declares. What the rules refuse can be put in by force, as an operator
 * who has the log's key would.
 */

import type { Mode } from '@matokeo/core/election/types.ts';
import { leafHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Figures } from '@matokeo/core/record/statement.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { decide, signedBy } from '@matokeo/core/rules/decide.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { fold } from '@matokeo/core/standings/fold.ts';
import { lawfulElection } from '@matokeo/core/testing/lawfulElection.ts';
import { ORIGIN, type SmallElection } from '@matokeo/core/testing/smallElection.ts';
import { memoryRows, type ReplayRows } from '../../src/replay/memoryRows.ts';
import * as speech from './lawfulSpeech.ts';
import { checkpointNote, type Note, presidential, START, suite } from './smallLog.ts';

export interface LawfulLog {
	readonly of: SmallElection;
	readonly rows: ReplayRows;
	readonly notes: Note[];
	/** Bytes that the log holds: images, texts, documents. */
	readonly files: Uint8Array[];
	/** Says it, and fails where the rules refuse it. */
	readonly say: speech.Speaker;
	readonly take: (note: Note) => Note;
	/** Puts it in, whatever the rules say: a void leaf. */
	readonly force: (note: Note) => Note;
	readonly speak: speech.Speaker;
	readonly tick: (seconds: number) => void;
	readonly mark: (area: string) => Note;
	/** Witnesses see everything so far, at that second. */
	readonly witnessed: (seconds: number, witnesses?: readonly string[]) => void;
	readonly hold: (bytes: Uint8Array) => string;
	/** A form, its image and two readings that agree. */
	readonly returned: (station: string, figures: Figures, paper?: Figures) => Note;
}

export const PAPERS: Readonly<Record<string, Figures>> = {
	'001': presidential(300, 90, 30, 5),
	'002': presidential(280, 100, 40, 3),
	'003': presidential(150, 60, 20, 1),
	'004': presidential(140, 90, 10, 2),
	'005': presidential(100, 80, 15, 0),
	'006': presidential(200, 190, 30, 4),
	'007': presidential(160, 120, 20, 2),
	'008': presidential(30, 10, 5, 0),
};
export const THREE = ['witness/court', 'witness/moon', 'witness/news'] as const;

function lawfulLog(mode: Mode = 'official'): LawfulLog {
	const of = lawfulElection(mode);
	const context = contextOf(suite, of.election);
	const baseline = baselineOf(of.election);
	const signed = signedBy(context);
	const notes: Note[] = [];
	const files: Uint8Array[] = [];
	const root = (size: number) =>
		rootOf(
			suite,
			notes.slice(0, size).map(({ bytes }) => leafHash(suite, bytes)),
		);
	const rows = memoryRows((size) => (size <= notes.length ? root(size) : undefined));
	const speak = speech.speakerOf(of);

	function take(note: Note): Note {
		const leaf = parseLeaf(suite, note.bytes);
		if (!leaf.ok) throw new Error(leaf.error.why);
		const said = decide(context, rows, leaf.value, notes.length, signed);
		if (!said.ok) throw new Error(`${said.error.rule}: ${said.error.why}`);
		fold(context, baseline, rows, said.value);
		rows.remember(note.id, notes.length);
		notes.push(note);
		return note;
	}
	const say: speech.Speaker = (statement, ...by) => take(speak(statement, ...by));
	const log: LawfulLog = {
		of,
		rows,
		notes,
		files,
		say,
		take,
		force: (note) => {
			notes.push(note);
			return note;
		},
		speak,
		tick: (seconds) => void say({ type: 'clock/tick', time: START + seconds }, ORIGIN),
		mark: (area) => {
			const { mark } = collationRow(rows, 'president', area);
			return say(
				{ type: 'tally/mark', area, contest: 'president', ...(mark === undefined ? {} : { seen: mark }) },
				ORIGIN,
			);
		},
		witnessed: (seconds, witnesses = THREE) => {
			const checkpoint = checkpointNote(notes.length, root(notes.length), witnesses, ORIGIN, START + seconds);
			say({ type: 'log/witnessed', checkpoint: new TextDecoder().decode(checkpoint) }, ORIGIN);
		},
		hold: (bytes) => {
			files.push(bytes);
			const sha256 = suite.sha256Hex(bytes);
			say({ type: 'blob/held', blobs: [{ sha256, size: bytes.length }] }, ORIGIN);
			return sha256;
		},
		returned: (station, figures, paper = figures) => {
			const form = take(speech.capture(speak, station, figures));
			log.hold(speech.formImage(station));
			const reads = ['clerk/1', 'clerk/2'].map((clerk) => speech.reading(speak, form.id, clerk, paper));
			for (const read of reads) take(read);
			say({ type: 'reading/open', capture: form.id, openings: reads.map(({ opening }) => opening) }, ORIGIN);
			return form;
		},
	};
	say({ type: 'election/open', origin: ORIGIN }, 'authority/1', 'authority/2');
	log.tick(1);
	take(speech.enrolment(of, speak));
	return log;
}

/** Everybody's form but those of `missing`. */
export function counted(mode: Mode = 'official', missing: readonly string[] = []): LawfulLog {
	const log = lawfulLog(mode);
	for (const [station, figures] of Object.entries(PAPERS))
		if (!missing.includes(station)) log.returned(station, figures);
	log.tick(100);
	return log;
}

/** Marks, witnesses, and the certificates of the two regions with anything due, then of the land. */
export function certified(mode: Mode = 'official', missing: readonly string[] = []): LawfulLog {
	const log = counted(mode, missing);
	for (const area of ['north', 'south']) log.mark(area);
	log.tick(110);
	log.witnessed(115);
	for (const area of ['north', 'south']) log.say(speech.certificate(log.of, log.rows, area), `ro/${area}`);
	log.mark('land');
	log.tick(120);
	log.witnessed(125);
	log.say(speech.certificate(log.of, log.rows, 'land'), 'ro/1');
	return log;
}

/** And the authority has declared. */
export function declared(
	mode: Mode = 'official',
	missing: readonly string[] = [],
): LawfulLog & { readonly declaration: Note } {
	const log = certified(mode, missing);
	const declaration = log.say(speech.declaration(log.of, log.rows), ...speech.CHAIRS);
	log.tick(130);
	log.witnessed(135);
	return { ...log, declaration };
}
