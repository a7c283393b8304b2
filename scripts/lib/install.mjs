/**
 * Whether `node_modules` holds what `package-lock.json` names, and `npm ci` when it does not. It compares the two lists and never
 * the clock's word on the files, which a checkout changes. Runs on whatever Node the machine has (18 or later).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One entry of a lock file: what npm wrote about one package.
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, peer?: boolean, os?: string | string[],
 *   cpu?: string | string[], libc?: string | string[] }} Entry
 */

/**
 * The entries of a lock file by place, or `undefined` where there is no lock file to read.
 * @param {string} file
 * @returns {Record<string, Entry> | undefined}
 */
function packagesOf(file) {
	if (!existsSync(file)) return undefined;
	const lock = /** @type {{ packages: Record<string, Entry> }} */ (JSON.parse(readFileSync(file, 'utf8')));
	return lock.packages;
}

/**
 * npm leaves out what is optional and made for another machine, and what only that needs, which names no machine at all. So an
 * optional package has to be there only when it names this system and this processor.
 * @param {Entry} entry
 * @param {string} platform
 * @param {string} arch
 */
function mayBeAbsent(entry, platform, arch) {
	if (entry.optional !== true) return false;
	const made = [entry.os].flat().includes(platform) && [entry.cpu].flat().includes(arch);
	return !made || entry.libc !== undefined || entry.peer === true;
}

/**
 * The first place where the installed packages differ from the wanted ones; `undefined` when they agree.
 * @param {Record<string, Entry>} wanted
 * @param {Record<string, Entry> | undefined} installed
 * @param {string} platform
 * @param {string} arch
 * @returns {string | undefined}
 */
export function firstDifference(wanted, installed, platform = process.platform, arch = process.arch) {
	if (installed === undefined) return 'node_modules';
	for (const [place, entry] of Object.entries(wanted)) {
		if (!place.startsWith('node_modules/')) continue;
		const found = installed[place];
		if (found === undefined) {
			if (!mayBeAbsent(entry, platform, arch)) return place;
		} else if (found.version !== entry.version || found.integrity !== entry.integrity) return place;
	}
	return undefined;
}

/**
 * Makes `node_modules` agree with the lock file. Throws with what to do when npm could not.
 * @param {string} root
 */
export function install(root) {
	const wanted = packagesOf(join(root, 'package-lock.json'));
	if (wanted === undefined) throw new Error('package-lock.json is missing: get the whole repository, then try again');
	const difference = firstDifference(wanted, packagesOf(join(root, 'node_modules', '.package-lock.json')));
	if (difference === undefined) return;
	process.stderr.write(`Installing what package-lock.json names (npm ci; ${difference} differs)\n`);
	const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
	// The npm that started us, under the Node that started it: the Node in node_modules is about to be replaced.
	const { npm_execpath: npm, npm_node_execpath: node } = process.env;
	/** @type {import('node:child_process').SpawnSyncOptionsWithStringEncoding} */
	const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
	const done =
		npm !== undefined && node !== undefined
			? spawnSync(node, [npm, ...args], options)
			: spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
	if (done.status === 0) return;
	process.stderr.write(done.stdout ?? '');
	const why = done.error === undefined ? `exit code ${done.status}` : done.error.message;
	throw new Error(
		`npm ci did not finish (${why}). Check the connection to the npm registry, then run the same command again`,
	);
}
