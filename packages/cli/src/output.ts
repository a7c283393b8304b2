/**
 * Where a verb writes. Standard output carries the answer, standard error everything about the way there, so that an answer can be piped.
 */
export interface Output {
	readonly stdout: (text: string) => void;
	readonly stderr: (text: string) => void;
}

export const processOutput: Output = {
	stdout: (text) => void process.stdout.write(text),
	stderr: (text) => void process.stderr.write(text),
};
