/**
 * A signed report (K45): a signed note that names both sources by their digests, how they were laid side by side, the five numbers, and the digest of the whole report. Whoever has the two sources makes the
 * report again and sees whether it is the same. The signature says who made it, and nothing of which source is right.
 */
import { parseVerifierKey, printVerifierKey, type VerifierKey } from '@matokeo/core/log/keys.ts';
import { type NoteSigner, parseNote, signNote, verifyNote } from '@matokeo/core/log/note.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Report, ReportSource } from './report.ts';
import { REPORT_FORMAT, reportJson } from './reportJson.ts';

/** How the sources were laid side by side; '-' where nothing was asked for. Mappings by the SHA-256 of their printed form, '-' for a log or a format that needs none. */
export interface ReportSettings {
	readonly contest: string;
	readonly stage: string;
	readonly level: string;
	readonly mapping_a: string;
	readonly mapping_b: string;
}

const NUMBERS = ['matched', 'same', 'differing', 'only_in_a', 'only_in_b'] as const;
const SETTINGS = ['contest', 'stage', 'level', 'mapping_a', 'mapping_b'] as const;

/** The lines of the note by their first words. */
export interface SignedReport {
	/** SHA-256 and size of each source: bytes of a file, statements of a log. */
	readonly a: { readonly digest: string; readonly size: number };
	readonly b: { readonly digest: string; readonly size: number };
	readonly settings: ReportSettings;
	readonly numbers: Readonly<Record<(typeof NUMBERS)[number], number>>;
	/** SHA-256 of the report as JSON, without what only names the sources. */
	readonly report: string;
	/** The public half of the key that signed, as the note itself names it. */
	readonly key: VerifierKey;
}

export function printSignedReport(
	suite: Suite,
	report: Report,
	settings: ReportSettings,
	key: VerifierKey,
	signer: NoteSigner,
): Uint8Array {
	const { a, b } = report.sources;
	const lines = [
		REPORT_FORMAT,
		`a ${a.digest} ${sizeOf(a)}`,
		`b ${b.digest} ${sizeOf(b)}`,
		...SETTINGS.map((name) => `${name} ${settings[name]}`),
		...NUMBERS.map((name) => `${name} ${report.comparison[name]}`),
		`report ${reportDigest(suite, report)}`,
		`key ${printVerifierKey(key)}`,
	];
	return signNote(`${lines.join('\n')}\n`, [signer]);
}

/** The same whatever the files are called and wherever they lie, and whether or not an anchor was brought. */
function reportDigest(suite: Suite, report: Report): string {
	const { comparison, sources } = report;
	const unnamed: Report = {
		...report,
		comparison: { ...comparison, a: { ...comparison.a, title: 'A' }, b: { ...comparison.b, title: 'B' } },
		sources: { a: withoutName(sources.a, 'A'), b: withoutName(sources.b, 'B') },
	};
	return suite.sha256Hex(utf8Encode(JSON.stringify(reportJson(unnamed))));
}

function withoutName(source: ReportSource, name: string): ReportSource {
	return source.kind === 'log' ? { ...source, name, anchored: false } : { ...source, name };
}

function sizeOf(source: ReportSource): number {
	return source.kind === 'log' ? source.size : source.bytes;
}

const DIGEST = '[0-9a-f]{64}';
const COUNT = '(0|[1-9][0-9]{0,14})';

/** Reads a note and checks the signature by the key that it names; whose key that is, the reader has to know. */
export function parseSignedReport(suite: Suite, bytes: Uint8Array): Result<SignedReport> {
	const note = parseNote(bytes);
	if (!note.ok) return note;
	const lines = note.value.text.trimEnd().split('\n');
	const patterns = [
		new RegExp(`^${REPORT_FORMAT}$`),
		new RegExp(`^a (${DIGEST}) ${COUNT}$`),
		new RegExp(`^b (${DIGEST}) ${COUNT}$`),
		...SETTINGS.map((name) => new RegExp(`^${name} ([a-z0-9._/-]{1,64})$`)),
		...NUMBERS.map((name) => new RegExp(`^${name} ${COUNT}$`)),
		new RegExp(`^report (${DIGEST})$`),
		/^key (\S{1,200})$/,
	];
	const found = patterns.map((pattern, at) => pattern.exec(lines[at] ?? ''));
	const wrong = found.indexOf(null);
	if (wrong >= 0 || lines.length !== patterns.length)
		return err(
			`K45: line ${wrong >= 0 ? wrong + 1 : patterns.length + 1} is not that of a signed report, which \`matokeo compare --sign\` writes`,
		);
	const word = (at: number, group = 1): string => found[at]?.[group] ?? '';
	const key = parseVerifierKey(suite, word(patterns.length - 1));
	if (!key.ok) return key;
	const signed = verifyNote(suite, note.value, [key.value]);
	if (!signed.ok) return signed;
	const [contest, stage, level, mapping_a, mapping_b] = [word(3), word(4), word(5), word(6), word(7)];
	const [matched, same, differing, only_in_a, only_in_b] = [8, 9, 10, 11, 12].map((at) => Number(word(at)));
	return ok({
		a: { digest: word(1), size: Number(word(1, 2)) },
		b: { digest: word(2), size: Number(word(2, 2)) },
		settings: { contest, stage, level, mapping_a, mapping_b },
		numbers: {
			matched: matched ?? 0,
			same: same ?? 0,
			differing: differing ?? 0,
			only_in_a: only_in_a ?? 0,
			only_in_b: only_in_b ?? 0,
		},
		report: word(13),
		key: key.value,
	});
}

/** In what a report that was made again differs from a signed one, in words; nothing when it is the same. */
export function differencesFrom(suite: Suite, signed: SignedReport, report: Report): readonly string[] {
	const { comparison, sources } = report;
	const wrongSource = (['a', 'b'] as const).flatMap((side) => {
		const [held, made] = [signed[side], sources[side]];
		if (held.digest === made.digest && held.size === sizeOf(made)) return [];
		return [
			`${side.toUpperCase()} is another source: the report is of ${held.digest} (size ${held.size}), this is ${made.digest} (size ${sizeOf(made)})`,
		];
	});
	if (wrongSource.length > 0) return wrongSource;
	const numbers = NUMBERS.flatMap((name) =>
		signed.numbers[name] === comparison[name]
			? []
			: [`${name}: the report says ${signed.numbers[name]}, this comparison ${comparison[name]}`],
	);
	if (numbers.length > 0) return numbers;
	return signed.report === reportDigest(suite, report)
		? []
		: [
				'the five numbers are the same and something else in the report is not: another mapping, package or version of this program',
			];
}
