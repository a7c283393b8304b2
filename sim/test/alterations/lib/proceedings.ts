/** Alterations of what was certified, declared, objected to and ordered: rows of the database, files that are published, and statements that an operator with the log's key puts in although the rules refuse them. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { type Note, suite } from '@matokeo/verifier/testing/smallLog.ts';
import Database from 'better-sqlite3';
import { offsetIn, type Subject } from './alteration.ts';
import { JUDGMENT, type LawfulServer, TEXT } from './lawfulServer.ts';
import { put } from './rehearsed.ts';

export type AlterRow = (of: LawfulServer, dir: string) => Subject;

/** A statement of SQL that must change something; what it is about. */
const row =
	(sql: (of: LawfulServer) => string, about: (of: LawfulServer) => Subject = () => ({})): AlterRow =>
	(of, dir) => {
		const db = new Database(join(dir, 'matokeo.sqlite'));
		try {
			if (db.prepare(sql(of)).run().changes === 0) throw new Error('it changed nothing');
		} finally {
			db.close();
		}
		return about(of);
	};

const statement =
	(name: keyof LawfulServer['said'], station?: string) =>
	({ said }: LawfulServer): Subject => ({ statement: said[name].id, ...(station === undefined ? {} : { station }) });

function replaced(table: string, name: keyof LawfulServer['said'], from: string, to: string) {
	return ({ said }: LawfulServer): string =>
		`UPDATE ${table} SET json = replace(json, '${from}', '${to}') WHERE key = '${said[name].id}' AND json LIKE '%${from}%'`;
}

const ofContest =
	(path: string, contest = 'president') =>
	(): string =>
		`UPDATE contest SET json = json_remove(json, '$.${path}') WHERE key = '${contest}' AND json_extract(json, '$.${path}') IS NOT NULL`;

export const ROWS: Readonly<Record<string, AlterRow>> = {
	'total in a certificate': row(
		({ said }) =>
			`UPDATE statement SET note = CAST(replace(CAST(note AS TEXT), '"alba":1260', '"alba":1360') AS BLOB) WHERE id = X'${said.certificate.id}' AND CAST(note AS TEXT) LIKE '%"alba":1260%'`,
		statement('certificate'),
	),
	// The sheet of the land lists stations that are not counted alone: votes stand with its areas.
	'vote in a sheet': row(replaced('sheet', 'mark', '[1260,', '[1261,'), statement('mark')),
	'missing station out of a mark': row(replaced('mark', 'mark', '"missing":1', '"missing":0'), statement('mark')),
	'text of a declaration': row(
		({ said }) =>
			`UPDATE mark SET json = json_set(json, '$.texts.en', '${'ab'.repeat(32)}') WHERE key = '${said.mark.id}'`,
		statement('mark'),
	),
	'outcome of a mark': row(
		({ said }) => `UPDATE mark SET json = json_set(json, '$.outcome.candidate', 'benta') WHERE key = '${said.mark.id}'`,
		statement('mark'),
	),
	'objection deleted': row(
		({ said }) => `DELETE FROM objection WHERE key = '${said.objection.id}'`,
		statement('objection', '004'),
	),
	'objection answered in the database': row(
		replaced('objection', 'objection', '"state":"open"', '"state":"dismissed"'),
		statement('objection', '004'),
	),
	'order ended in the database': row(
		replaced('"order"', 'annulment', '"state":"in-force"', '"state":"ended"'),
		statement('annulment'),
	),
	'annulment taken out': row(ofContest('annulled')),
	'certificate superseded in the database': row(
		({ said }) =>
			`UPDATE act SET json = json_set(json, '$.until', '${said.mark.id}') WHERE key = '${said.certificate.id}'`,
		statement('certificate'),
	),
	'dissent deleted': row(({ said }) => `DELETE FROM act WHERE key = '${said.dissent.id}'`, statement('dissent')),
	'collated total': row(
		() =>
			`UPDATE collation SET json = replace(json, '[1260,', '[1360,') WHERE key = 'president|land' AND json LIKE '%[1260,%'`,
	),
	'what a witness saw': row(() => `UPDATE witnessing SET json = json_set(json, '$.before', 1) WHERE key = '0'`),
	'pause taken out': row(ofContest('pauses', '')),
	'declaration out of the history': row(() => `DELETE FROM event WHERE type = 'result/declare'`),
};

export type AlterFile = (of: LawfulServer, folder: string) => Subject;

const RESULTS = 'results/president.json';

function rewritten(folder: string, from: string | RegExp, to: string): Subject {
	const text = readFileSync(join(folder, RESULTS), 'utf8');
	const changed = text.replace(from, to);
	if (changed === text) throw new Error(`${RESULTS} does not say that`);
	put(folder, RESULTS, changed);
	return { file: RESULTS };
}

const blobOf = (bytes: Uint8Array): string => {
	const sha256 = suite.sha256Hex(bytes);
	return `blob/${sha256.slice(0, 2)}/${sha256}`;
};

export const PUBLISHED: Readonly<Record<string, AlterFile>> = {
	'declared total': (_of, folder) => rewritten(folder, /(?<before>"declared":\{.*?"alba":)1260/, '$<before>1360'),
	'annulment out of the results': (_of, folder) => rewritten(folder, /"annulled":"[0-9a-f]{64}",/, ''),
	'certificate in a bundle': ({ said, log }, folder) => {
		const path = `tile/entries/000.p/${log.notes.length}`;
		const bytes = readFileSync(join(folder, path));
		const at = bytes.indexOf('"alba":1260', offsetIn(folder, path, said.certificate.bytes));
		bytes[at + 9] = '3'.charCodeAt(0);
		put(folder, path, bytes);
		return { index: log.notes.indexOf(said.certificate) };
	},
	'text of an objection': (_of, folder) => {
		const path = blobOf(TEXT);
		put(folder, path, Buffer.from(readFileSync(join(folder, path), 'utf8').replace('not those', 'those')));
		return { file: path };
	},
	'document of an order': (_of, folder) => {
		rmSync(join(folder, blobOf(JUDGMENT)));
		return { file: blobOf(JUDGMENT) };
	},
};

/** What an operator would put in, on what stands before the annulment or after it. */
export const FORGED: Readonly<Record<string, (of: LawfulServer) => Note>> = {
	'certificate of other totals': ({ log }) => {
		const body = speech.certificate(log.of, log.rows, 'north');
		return log.speak({ ...body, totals: { ...body.totals, alba: 9999 } }, 'ro/north');
	},
	'certificate by another officer': ({ log }) => log.speak(speech.certificate(log.of, log.rows, 'north'), 'ro/south'),
	'declaration by one': ({ log }) => log.speak(speech.declaration(log.of, log.rows), 'authority/1'),
	'declaration of another outcome': ({ log }) =>
		log.speak(
			{ ...speech.declaration(log.of, log.rows), outcome: { kind: 'elected', candidate: 'benta' } },
			...speech.CHAIRS,
		),
	'declaration with a missing station unnamed': ({ log }) => {
		const { proceed: _rules, ...body } = speech.declaration(log.of, log.rows);
		return log.speak(body, ...speech.CHAIRS);
	},
	'declaration after the annulment': ({ log }) => log.speak(speech.declaration(log.of, log.rows), ...speech.CHAIRS),
	'answer by the lodger': ({ log, said }) =>
		log.speak(
			{
				type: 'objection/answer',
				objection: said.objection.id,
				outcome: 'dismissed',
				reason: 'unfounded',
				seen: said.objection.id,
			},
			speech.PARTY_MOON,
		),
	'order by a key that is no court’s': ({ log, said }) =>
		speech.order(log.speak, { kind: 'reinstate', order: said.annulment.id }, JUDGMENT, 'ro/1'),
	'mark by somebody': ({ log }) => log.speak({ type: 'tally/mark', area: 'north', contest: 'president' }, 'ro/north'),
};
