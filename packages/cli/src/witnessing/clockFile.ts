/** The time of a rehearsal that plays another day, out of a file that the rehearsal writes: UTC seconds on one line. */
import { readFileSync } from 'node:fs';
import { parseSize } from '@matokeo/core/log/decimal.ts';
import { Trouble } from '@matokeo/witness/witness/trouble.ts';

/** Reads the file each time it is asked. Throws `Trouble` when there is no time in it: nothing is signed then. */
export function clockFromFile(path: string): () => number {
	return () => {
		const text = read(path);
		const seconds = text.endsWith('\n') ? parseSize(text.slice(0, -1)) : undefined;
		if (seconds === undefined)
			throw new Trouble(`${path} holds no time: expected UTC seconds on one line, as a rehearsal writes them.`);
		return seconds;
	};
}

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
