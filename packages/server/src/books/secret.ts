/** The secret of a period's pseudonyms (`spec/scrutiny.md`, Y5): beside the books, for the server's own account only, in no pack. Whoever has it can test whether a certain address was there; nobody else can. */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printPeriod } from '@matokeo/verifier/books/period.ts';

const SECRET = /^[0-9a-f]{64}$/;

/** Made when it is not there. Where it can be neither read nor kept it is good for this process alone: a pseudonym less that can be followed, and no request lost. */
export function periodSecret(dir: string, from: number): string {
	const path = join(dir, 'books', printPeriod(from), 'source.secret');
	const made = randomBytes(32).toString('hex');
	const kept = secretAt(path);
	if (kept !== undefined) return kept;
	try {
		// What lies there is no secret: a full disk kept an empty file of one.
		rmSync(path, { force: true });
		writeFileSync(path, `${made}\n`, { flag: 'wx', mode: 0o600 });
		return made;
	} catch {
		return secretAt(path) ?? made;
	}
}

function secretAt(path: string): string | undefined {
	try {
		const kept = readFileSync(path, 'utf8').trim();
		return SECRET.test(kept) ? kept : undefined;
	} catch {
		return undefined;
	}
}
