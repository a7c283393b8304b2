/**
 * Where a verb writes. Standard output carries the answer, standard error everything about the way there, so that an answer can be piped.
 */
import { writeSync } from 'node:fs';

export interface Output {
	readonly stdout: (text: string) => void;
	readonly stderr: (text: string) => void;
}

/** An exit code: the answer could not be given. */
export const COULD_NOT_RUN = 2;

/**
 * Whoever reads through `head` closes the pipe early: the rest is then written for nobody, and the exit code stays the answer's. An answer that the disk has no room
 * for was not given.
 */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code === 'EPIPE') return;
	saidToNobody(`The answer could not be written (${error.code}): give standard output a place with room for it.\n`);
	process.exit(COULD_NOT_RUN);
});

/** What is said on the way may be lost; the answer still counts. */
process.stderr.on('error', () => undefined);

function saidToNobody(text: string): void {
	try {
		writeSync(2, text);
	} catch {
		// Standard error is closed as well: the exit code is all that is left.
	}
}

export const processOutput: Output = {
	stdout: (text) => void process.stdout.write(text),
	stderr: (text) => void process.stderr.write(text),
};

export interface Answering extends Output {
	/** To be called once, with the exit code. */
	readonly end: (code: number) => void;
}

/**
 * With `--json` there is exactly one JSON document on standard output, whatever happens: where no answer could be given, `{"error": …}` says why, in the words that
 * standard error has too.
 */
export function answering(output: Output, json: boolean): Answering {
	let answered = false;
	let said = '';
	return {
		stdout: (text) => {
			answered = true;
			output.stdout(text);
		},
		stderr: (text) => {
			said += text;
			output.stderr(text);
		},
		end: (code) => {
			process.exitCode = code;
			if (json && !answered && code === COULD_NOT_RUN)
				output.stdout(`${JSON.stringify({ error: said.trim() }, undefined, '\t')}\n`);
		},
	};
}
