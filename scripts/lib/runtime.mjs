/**
 * The one version of Node that this project runs on, found wherever it is: first the copy that npm installed for this machine,
 * then the Node that is running, then nothing but a sentence that says what to do (docs/decisions/0001-node-from-npm.md).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `24.13.0` is the first 24 on which all we use has been seen to work; 26 has not been tried. */
const OLDEST = { major: 24, minor: 13, patch: 0 };

/**
 * True for `v24.13.0` up to any other 24.
 * @param {string} version
 */
export function fits(version) {
	const match = /^v([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})$/.exec(version);
	if (match === null) return false;
	const [major, minor, patch] = [Number(match[1]), Number(match[2]), Number(match[3])];
	if (major !== OLDEST.major) return false;
	return minor > OLDEST.minor || (minor === OLDEST.minor && patch >= OLDEST.patch);
}

/**
 * Where npm puts Node for a machine: the packages have one name for each system and processor.
 * @param {string} root
 * @param {string} platform
 * @param {string} arch
 */
function fromNpm(root, platform, arch) {
	const system = platform === 'win32' ? 'win' : platform;
	return join(root, 'node_modules', `node-${system}-${arch}`, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * The version that a binary says it has; empty when it does not run here (another C library, another processor).
 * @param {string} binary
 */
function versionOf(binary) {
	return spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/**
 * The path of a Node that fits. Throws with what came and what a person can do.
 * @param {string} root
 * @param {string} platform
 * @param {string} arch
 */
export function findNode(root, platform = process.platform, arch = process.arch) {
	const installed = fromNpm(root, platform, arch);
	if (existsSync(installed) && fits(versionOf(installed))) return installed;
	if (fits(process.version)) return process.execPath;
	throw new Error(
		`Node ${Object.values(OLDEST).join('.')} or a later Node 24 is needed; this is ${process.version} on ${platform} ${arch}, and npm has ` +
			`none for this machine that runs. Install Node 24 (nodejs.org, or a version manager: .nvmrc names it), then try again`,
	);
}
