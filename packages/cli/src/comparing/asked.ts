/** What somebody asks of a comparison, as the command line has it; and one side of it, before anybody knows what its columns mean. */
import { readSync } from 'node:fs';
import { basename } from 'node:path';
import type { LogStage } from '@matokeo/compare/report/report.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { inWords, readGiven } from '../given.ts';
import type { Output } from '../output.ts';
import { isLog, type LogSide, openLogSide } from './logSide.ts';
import { SOURCE_LIMITS, unpacked } from './unpack.ts';

export interface Asked {
	readonly contest?: string;
	readonly stage?: LogStage;
	/** Id of a level of areas. */
	readonly level?: string;
	/** Folder of an election package. */
	readonly package?: string;
	/** A file, or the name of a known layout, for both sides or for one. */
	readonly mapping?: string;
	readonly mappingA?: string;
	readonly mappingB?: string;
	/** 64 hex digits. */
	readonly anchor?: string;
	readonly anchorA?: string;
	readonly anchorB?: string;
	readonly anyHost?: true;
	readonly json?: true;
}

export interface FileSide {
	readonly kind: 'file';
	/** Name without folder and without the ending of a package. */
	readonly name: string;
	readonly bytes: Uint8Array;
}

export type OpenedSide = FileSide | ({ readonly kind: 'log' } & LogSide);

/** Both sides, logs verified and files unpacked; why not, in words. */
export async function openSides(
	a: string,
	b: string,
	asked: Asked,
	out: Output,
): Promise<Result<readonly [OpenedSide, OpenedSide]>> {
	if (a === '-' && b === '-') return err('Only one of the two can be standard input.');
	if (asked.anchor !== undefined && isLog(a) && isLog(b))
		return err('Both sides are logs: say which digest belongs to which, --anchor-a DIGEST and --anchor-b DIGEST.');
	const one = await openSide(a, asked.anchorA ?? asked.anchor, asked, out);
	if (!one.ok) return one;
	const other = await openSide(b, asked.anchorB ?? asked.anchor, asked, out);
	return other.ok ? ok([one.value, other.value]) : other;
}

async function openSide(
	given: string,
	anchor: string | undefined,
	{ anyHost, json }: Asked,
	out: Output,
): Promise<Result<OpenedSide>> {
	if (given !== '-' && isLog(given)) {
		const log = await openLogSide(
			given,
			{
				...(anchor === undefined ? {} : { anchor }),
				...(anyHost === undefined ? {} : { anyHost }),
				quiet: json === true,
			},
			out,
		);
		return log.ok ? ok({ kind: 'log', ...log.value }) : log;
	}
	return openFile(given);
}

/** A table of a stranger, unpacked; `-` is standard input. */
export async function openFile(given: string): Promise<Result<FileSide>> {
	const bytes = given === '-' ? readStandardInput() : readGiven(given, SOURCE_LIMITS.bytesMax);
	if (!bytes.ok) return bytes;
	const name = given === '-' ? 'standard input' : basename(given);
	const inner = await unpacked(name, bytes.value);
	return inner.ok ? ok({ kind: 'file', ...inner.value }) : inner;
}

const PIECE_BYTES = 1_048_576;

function readStandardInput(): Result<Uint8Array> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	try {
		for (;;) {
			const piece = Buffer.alloc(PIECE_BYTES);
			const came = readSync(0, piece);
			if (came === 0) return ok(Buffer.concat(pieces, length));
			length += came;
			if (length > SOURCE_LIMITS.bytesMax)
				return err(`What came on standard input is larger than ${SOURCE_LIMITS.bytesMax} bytes: name a file.`);
			pieces.push(piece.subarray(0, came));
		}
	} catch (error) {
		// The end of a pipe on some systems.
		if (error instanceof Error && 'code' in error && error.code === 'EOF') return ok(Buffer.concat(pieces, length));
		return err(`Standard input cannot be read: ${inWords(error)}.`);
	}
}
