/**
 * What ran and what it is made of (Y9, Y10): every file of the program that makes this pack, with its SHA-256; what others have made, from the lock file, with version, licence and integrity digest; the Node that runs it; and which program each start
 * of the server said it was. That a process runs what lies on the disk no program can prove of itself: the notice of attestation is somebody's word for it.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import { LOCK_FILE, programRoot, readProgram } from '@matokeo/server/main/program.ts';
import { membersOf, readJson, wordOf } from '@matokeo/verifier/pack/foreign.ts';
import { startsIn } from './bookFiles.ts';
import { type Cell, MOMENT, moment, table } from './cells.ts';
import type { PackFile } from './packFile.ts';

export interface BuildFiles {
	readonly files: readonly PackFile[];
	readonly program: string;
	readonly version: string;
}

export async function buildFiles(dir: string): Promise<BuildFiles> {
	const root = programRoot();
	const { version, digest, files } = readProgram(root);
	const lock = readFileSync(join(root, LOCK_FILE));
	const node = {
		version: process.version,
		platform: process.platform,
		arch: process.arch,
		sha256: await digestOf(process.execPath),
	};
	const starts = startsIn(dir);
	const build = { version, program: digest, files: files.length, lock: sha256(lock), node };
	return {
		version,
		program: digest,
		files: [
			{ path: 'build/build.json', content: `${JSON.stringify(build, null, '\t')}\n` },
			{ path: 'build/program.sha256', content: files.map(({ path, sha256: own }) => `${own}  ${path}\n`).join('') },
			{ path: 'build/dependencies.csv', content: table(DEPENDENCY_COLUMNS, dependencyLines(lock.toString('utf8'))) },
			{
				path: 'build/starts.csv',
				content: table(
					START_COLUMNS,
					starts.map((start) => startLine(start, digest)),
				),
			},
		],
	};
}

const DEPENDENCY_COLUMNS = ['name', 'version', 'licence', 'integrity', 'only_for_development'];
const START_COLUMNS = [
	...MOMENT('time'),
	'version',
	'program',
	'same_as_here',
	'node',
	'configuration',
	'package',
	'log_size',
];

function* dependencyLines(lock: string): Generator<readonly Cell[]> {
	for (const [path, value] of membersOf(readJson(lock)?.get('packages'))) {
		const entry = membersOf(value);
		// Links are the packages of this program itself, whose files are listed one by one.
		if (!path.startsWith('node_modules/') || entry.get('link') === true) continue;
		const name = path.split('node_modules/').at(-1) ?? '';
		const dev = entry.get('dev') === true ? 'yes' : 'no';
		yield [name, wordOf(entry.get('version')), wordOf(entry.get('license')), wordOf(entry.get('integrity')), dev];
	}
}

function startLine(start: JsonObject, digest: string): readonly Cell[] {
	const { time, version, program, node, configuration, size } = start;
	const same = program === digest ? 'yes' : 'no';
	const when = moment(typeof time === 'number' ? time : undefined);
	return [
		...when,
		word(version),
		word(program),
		same,
		word(node),
		word(configuration),
		word(start['package']),
		word(size),
	];
}

async function digestOf(path: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(path), hash);
	return hash.digest('hex');
}

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

function word(value: JsonObject[string] | undefined): string | undefined {
	return value === undefined || typeof value === 'object' ? undefined : String(value);
}
