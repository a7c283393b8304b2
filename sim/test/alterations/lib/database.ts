/** Alterations behind the server's back: rows of its database, the database as a file, and the images that it holds. */
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Alter, type Alterations, flip, type Subject } from './alteration.ts';
import { about, only, type Rehearsed, rehearsed, stationId } from './rehearsed.ts';

const FILE = 'matokeo.sqlite';
const STATION = stationId(12);
const KEY = `contest-1|${STATION}|1`;

const capture = (of: Rehearsed) => only(about(of, 'form/capture', STATION));
const lastOn = (of: Rehearsed) => only(about(of, 'reading/open', STATION));

function heldImage(of: Rehearsed): string {
	const { sha256 } = only(capture(of).statement.images);
	return `blob/${sha256.slice(0, 2)}/${sha256}`;
}

/** Statements of SQL; each must change something. */
function change(dir: string, ...statements: readonly string[]): void {
	const db = new Database(join(dir, FILE));
	try {
		for (const sql of statements) if (db.prepare(sql).run().changes === 0) throw new Error(`${sql} changed nothing`);
	} finally {
		db.close();
	}
}

/** Changes rows that are about the station's return, whose last statement is the opening of its readings. */
const onReturn =
	(sql: string): Alter =>
	({ of, dir }) => {
		change(dir, sql);
		return { station: STATION, statement: lastOn(of).id };
	};

const onCapture =
	(sql: (of: Rehearsed) => string): Alter =>
	({ of, dir }) => {
		change(dir, sql(of));
		return { station: STATION, statement: capture(of).id };
	};

const elsewhere =
	(...sql: readonly string[]): Alter =>
	({ dir }) => {
		change(dir, ...sql);
		return {};
	};

function stray(dir: string, position: number): Subject {
	const statement = 'ab'.repeat(32);
	change(
		dir,
		`INSERT INTO statement (position, id, leaf_hash, note) SELECT ${position}, X'${statement}', leaf_hash, note FROM statement WHERE position = 5`,
	);
	return { statement };
}

/** The file alone, or nothing: what SQLite keeps beside it goes too. */
function file(dir: string, make: (path: string) => void): void {
	const db = new Database(join(dir, FILE));
	db.pragma('wal_checkpoint(TRUNCATE)');
	db.close();
	make(join(dir, FILE));
}

export const ROWS: Alterations = {
	'vote in a return': onReturn(
		`UPDATE "return" SET json = replace(json, '[700,113,90,', '[700,114,90,') WHERE key = '${KEY}'`,
	),
	'discrepancy hidden': ({ of, dir }) => {
		const station = stationId(19);
		change(dir, `UPDATE "return" SET json = json_remove(json, '$.differences') WHERE key = 'contest-1|${station}|1'`);
		return { station, statement: only(about(of, 'form/ruling', station)).id };
	},
	'return deleted': ({ of, dir }) => {
		change(dir, `DELETE FROM "return" WHERE key = '${KEY}'`);
		return { station: STATION, statement: lastOn(of).id };
	},
	'return that nobody sent': ({ dir }) => {
		change(
			dir,
			`INSERT INTO "return" (key, json) SELECT 'contest-1|${STATION}|2', json FROM "return" WHERE key = '${KEY}'`,
		);
		return { station: STATION };
	},
	'vote in a total': elsewhere(
		`UPDATE area_total SET json = replace(json, '"verified":[', '"verified":[1') WHERE key = 'contest-1|all'`,
	),
	'totals deleted': elsewhere('DELETE FROM area_total'),
	'vote in a statement': onCapture(
		(of) =>
			`UPDATE statement SET note = CAST(replace(CAST(note AS TEXT), '"c1-1":113', '"c1-1":114') AS BLOB) WHERE position = ${capture(of).index}`,
	),
	'statement deleted': onCapture((of) => `DELETE FROM statement WHERE position = ${capture(of).index}`),
	'statements swapped': ({ of, dir }) => {
		const { index, id } = capture(of);
		change(
			dir,
			`UPDATE statement SET position = -1 WHERE position = ${index}`,
			`UPDATE statement SET position = ${index} WHERE position = ${index + 1}`,
			`UPDATE statement SET position = ${index + 1} WHERE position = -1`,
		);
		return { station: STATION, statement: id };
	},
	'statement under another id': onCapture(
		(of) => `UPDATE statement SET id = zeroblob(32) WHERE position = ${capture(of).index}`,
	),
	'leaf hash': onCapture((of) => `UPDATE statement SET leaf_hash = zeroblob(32) WHERE position = ${capture(of).index}`),
	'root in the head': elsewhere('UPDATE head SET root = zeroblob(32)'),
	'head put back': elsewhere(
		`UPDATE head SET size = size - 1`,
		'DELETE FROM statement WHERE position = (SELECT max(position) FROM statement)',
	),
	'right edge': elsewhere(`UPDATE head SET range = replace(range, substr(range, -20, 10), 'AAAAAAAAAA')`),
	'capture of another station': ({ of, dir }) => {
		const { id } = capture(of);
		change(dir, `UPDATE capture SET json = replace(json, '${STATION}', '${stationId(13)}') WHERE key = '${id}'`);
		return { station: STATION, statement: id };
	},
	'clerk made returning officer': elsewhere(
		`UPDATE key SET json = replace(json, '"role":"clerk"', '"role":"returning-officer"') WHERE key = 'clerk/001'`,
	),
	'image unheld': ({ of, dir }) => {
		const { sha256 } = only(capture(of).statement.images);
		change(dir, `UPDATE blob SET json = json_remove(json, '$.held') WHERE key = '${sha256}'`);
		return {};
	},
	'clock in the database': elsewhere(`UPDATE log_state SET json = replace(json, '"time":15', '"time":16')`),
	'history rewritten': ({ dir }) => {
		change(
			dir,
			`UPDATE event SET json = replace(json, '"differs":"open"', '"differs":"no"') WHERE station = '${stationId(19)}'`,
		);
		return { station: stationId(19) };
	},
	'history shortened': ({ dir }) => {
		change(dir, `DELETE FROM event WHERE station = '${STATION}' AND type = 'reading/open'`);
		return { station: STATION };
	},
	'history of what never was': ({ dir }) => {
		change(
			dir,
			`INSERT INTO event SELECT position + 1, contest, station, poll, type, time, arrived, changed, json FROM event WHERE station = '${STATION}' AND type = 'form/capture'`,
		);
		return { station: STATION };
	},
	'statement beyond the end': ({ dir }) => stray(dir, 9_000_000),
	'statement before the beginning': ({ dir }) => stray(dir, -1),
	'head that says too much': elsewhere('UPDATE head SET size = 9007199254740000'),
	'opening that nobody handed in': ({ of, dir }) => {
		const { id } = only(about(of, 'form/reading', STATION));
		change(dir, `INSERT INTO opening (reading, capture, json) VALUES ('${id}', '${capture(of).id}', '{}')`);
		return { station: STATION, statement: id };
	},
};

/** Files that are no database of this log any more: the command could not run, and says what to do. */
export const UNREADABLE: Alterations = {
	'database missing': ({ dir }) => {
		for (const name of readdirSync(dir).filter((one) => one.startsWith(FILE))) rmSync(join(dir, name));
		return {};
	},
	'database emptied': ({ dir }) => {
		file(dir, (path) => truncateSync(path, 0));
		return {};
	},
	'database cut': ({ dir }) => {
		file(dir, (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)));
		return {};
	},
	'database overwritten': ({ dir }) => {
		file(dir, (path) => writeFileSync(path, 'hello\n'.repeat(10_000)));
		return {};
	},
	'table dropped': ({ dir }) => {
		const db = new Database(join(dir, FILE));
		db.exec('DROP TABLE area_total');
		db.close();
		return {};
	},
	'database of another version': ({ dir }) => {
		const db = new Database(join(dir, FILE));
		db.pragma('user_version = 99');
		db.close();
		return {};
	},
};

/** A whole database of another rehearsal. */
export const SWAPPED: Alterations = {
	'database of another rehearsal': async ({ dir }) => {
		const other = await rehearsed(71);
		file(other.dir, (path) => file(dir, (own) => writeFileSync(own, readFileSync(path))));
		return {};
	},
};

export const HELD: Alterations = {
	'byte in a held image': ({ of, dir }) => {
		flip(dir, heldImage(of), 50);
		return { file: heldImage(of), station: STATION, statement: capture(of).id };
	},
	'held image missing': ({ of, dir }) => {
		rmSync(join(dir, heldImage(of)));
		return { file: heldImage(of), station: STATION, statement: capture(of).id };
	},
};
