/**
 * Where a verb writes. Standard output carries the answer, standard error everything about the way there, so that an answer can be piped.
 */
export interface Output {
	readonly stdout: (text: string) => void;
	readonly stderr: (text: string) => void;
}

/** Whoever reads through `head` closes the pipe early: the rest is then written for nobody, and the exit code stays the answer's. */
for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
}

export const processOutput: Output = {
	stdout: (text) => void process.stdout.write(text),
	stderr: (text) => void process.stderr.write(text),
};
