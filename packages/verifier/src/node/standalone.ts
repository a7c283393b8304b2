/**
 * The verifier as one file, `verify.mjs` (B50): for whoever has Node and nothing else. It verifies a published folder, a bundle (packed or unpacked), a scrutiny pack or a file of evidence, by the same functions as `matokeo verify`, and ends with the same codes: 0 nothing
 * fails, 1 something fails and is named, 2 it could not run. It opens no port and starts itself again for the threads of a large log.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { plainSuite } from './plainSuite.ts';
import { runStandalone } from './standaloneRun.ts';
import { workHere } from './workHere.ts';

const HERE: URL = new URL(import.meta.url);

/** The first version with everything that is used here. */
const NODE_LEAST = 22;

const majorOf = (version: string): number => Number(/^([0-9]{1,4})\./.exec(version)?.[1]);

if (majorOf(process.versions.node) < NODE_LEAST) {
	process.stderr.write(
		`This needs Node ${NODE_LEAST} or later; this is ${process.versions.node}. Get it from https://nodejs.org/\n`,
	);
	process.exitCode = 2;
} else if (isMainThread) {
	const path = fileURLToPath(HERE);
	const program = existsSync(path) ? readFileSync(path) : new Uint8Array(0);
	const answer = await runStandalone(process.argv.slice(2), { suite: plainSuite(), worker: HERE, program });
	process.exitCode = answer.code;
	if (answer.out !== '') process.stdout.write(answer.out);
	if (answer.err !== '') process.stderr.write(answer.err);
} else workHere(plainSuite());
