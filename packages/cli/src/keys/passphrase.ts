/**
 * Where passphrases and age identities come from: typed without echo, or out of a file. Never out of the command's words, which every user of the machine can see and the shell remembers.
 */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { readGiven } from '../given.ts';

/** Asks a person. Absent where nobody sits. */
export interface Prompt {
	/** The line that was typed, not shown; `undefined` when the person stopped. */
	readonly secret: (question: string) => Promise<string | undefined>;
	/** The line that was typed, shown. */
	readonly line: (question: string) => Promise<string | undefined>;
}

/** What may be used, in order: files that were named, then a person who is asked. */
export interface SecretSources {
	readonly passphraseFile?: string;
	readonly identityFile?: string;
	readonly prompt?: Prompt;
}

/** With scrypt at a second per guess, ten random letters and digits outlast an election. */
const PASSPHRASE_LEAST = 10;
const SECRET_BYTES_MAX = 4096;

/** The terminal that we were started from; `undefined` when standard input is none. */
export function terminalPrompt(): Prompt | undefined {
	if (!process.stdin.isTTY) return undefined;
	return { secret: (question) => ask(question, true), line: (question) => ask(question, false) };
}

async function ask(question: string, hidden: boolean): Promise<string | undefined> {
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const reader = createInterface({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true });
	const stopped = new AbortController();
	reader.on('SIGINT', () => stopped.abort());
	reader.on('close', () => stopped.abort());
	// Only now: from here on the terminal shows nothing of what is typed by itself.
	if (hidden) process.stderr.write(question);
	try {
		return await reader.question(hidden ? '' : question, { signal: stopped.signal });
	} catch {
		return undefined;
	} finally {
		reader.close();
		if (hidden) process.stderr.write('\n');
	}
}

/** For opening a file. */
export async function passphraseFor(path: string, sources: SecretSources): Promise<Result<string>> {
	if (sources.passphraseFile !== undefined) return fromFile(sources.passphraseFile);
	const typed = await sources.prompt?.secret(`Passphrase of ${path}: `);
	if (typed !== undefined) return ok(typed);
	return err(
		sources.prompt === undefined
			? `"${path}" needs its passphrase, and nobody can be asked here: name a file that holds it with --passphrase-file.`
			: 'Stopped: no passphrase was given.',
	);
}

/** For closing a new file: long enough, and typed twice. */
export async function newPassphrase(sources: SecretSources): Promise<Result<string>> {
	if (sources.passphraseFile !== undefined) {
		const given = await fromFile(sources.passphraseFile);
		return given.ok ? longEnough(given.value) : given;
	}
	if (sources.prompt === undefined)
		return err(
			'A new key file needs a passphrase, and nobody can be asked here: name a file that holds it with --passphrase-file, or encrypt to --recipient age1….',
		);
	const first = await sources.prompt.secret(`New passphrase (at least ${PASSPHRASE_LEAST} characters): `);
	if (first === undefined) return err('Stopped: nothing was written.');
	const fits = longEnough(first);
	if (!fits.ok) return fits;
	const second = await sources.prompt.secret('The same once more: ');
	if (second === undefined) return err('Stopped: nothing was written.');
	return first === second ? fits : err('The two passphrases differ: nothing was written. Try again.');
}

export function identityFor(path: string, { identityFile }: SecretSources): Result<string> {
	if (identityFile === undefined)
		return err(
			`"${path}" was encrypted to an age recipient: name the file with its identity (AGE-SECRET-KEY-1…) with --identity.`,
		);
	const read = readGiven(identityFile, SECRET_BYTES_MAX);
	if (!read.ok) return read;
	const line = utf8Decode(read.value)
		?.split('\n')
		.find((one) => one.startsWith('AGE-SECRET-KEY-'));
	return line === undefined
		? err(`"${identityFile}" holds no age identity: expected a line that begins with AGE-SECRET-KEY-1.`)
		: ok(line.trimEnd());
}

function longEnough(passphrase: string): Result<string> {
	if ([...passphrase].length >= PASSPHRASE_LEAST) return ok(passphrase);
	return err(
		`The passphrase is too short: whoever gets the file could guess it. Take at least ${PASSPHRASE_LEAST} characters, better five random words. Nothing was written.`,
	);
}

/** The first line of the file, as it stands. */
async function fromFile(path: string): Promise<Result<string>> {
	const read = readGiven(path, SECRET_BYTES_MAX);
	if (!read.ok) return read;
	const [line = ''] = (utf8Decode(read.value) ?? '').split(/\r?\n/);
	return line === '' ? err(`"${path}" holds no passphrase: its first line is empty or no text.`) : ok(line);
}
