/** Small tables as strangers hand them in: a true one, and others that are like it but for one thing. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '@matokeo/cli/output.ts';
import { type CompareOptions, runCompare } from '@matokeo/cli/verbs/compare.ts';

export const ROWS = 60;
export const HEADINGS = ['station', 'area', 'Achieng', 'Barasa', 'Chebet', 'Blank'];

export type Row = readonly string[];

/** Numbers without any order in them, the same on every machine. */
function votes(station: number, candidate: number): number {
	return ((station * 37 + candidate * 101 + ((station * station * (candidate + 3)) % 211)) % 300) + candidate * 20;
}

export const TRUE_ROWS: readonly Row[] = Array.from({ length: ROWS }, (_, at) => [
	String(at + 1).padStart(4, '0'),
	`Ward ${at % 5}`,
	...[0, 1, 2, 3].map((candidate) => String(votes(at + 1, candidate))),
]);

/** Numbers of another election under the same codes. */
export const OTHER_ROWS: readonly Row[] = TRUE_ROWS.map(([code = '', area = ''], at) => [
	code,
	area,
	...[0, 1, 2, 3].map((candidate) => String(votes(at * 7 + 13, candidate + 2))),
]);

export function csv(headings: Row, rows: readonly Row[]): string {
	const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	return [headings, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

export interface Said {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** A place for tables, and the command on two of them. */
export function tables() {
	const folder = mkdtempSync(join(tmpdir(), 'matokeo-tables-'));
	const put = (name: string, content: string | Uint8Array): string => {
		const path = join(folder, name);
		writeFileSync(path, content);
		return path;
	};
	const compare = async (a: string, b: string, options: CompareOptions = {}): Promise<Said> => {
		const said = { stdout: '', stderr: '' };
		const out: Output = {
			stdout: (text) => {
				said.stdout += text;
			},
			stderr: (text) => {
				said.stderr += text;
			},
		};
		const code = await runCompare(a, b, out, options);
		return { code, ...said };
	};
	return { folder, put, compare, plain: () => put('true.csv', csv(HEADINGS, TRUE_ROWS)) };
}
