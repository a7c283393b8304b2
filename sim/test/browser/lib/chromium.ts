/**
 * The browser of these tests: the Chromium of the system, which nothing here downloads from anywhere but Debian. Where it is missing, the tests say in one sentence what to install; as root on Debian they do it themselves.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const HOW =
	'These tests look at the site in a browser and found no Chromium: install one (Debian and Ubuntu: "apt-get install chromium"), or name its program in the environment as MATOKEO_CHROMIUM, and run them again.';

/** Quiet: no crash reports, no updates, no first-run page, nothing to anybody but the hosts of a test. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const APT = '/usr/bin/apt-get';
/** Long enough for a slow mirror; a browser that is there takes a second. */
export const INSTALL_MS = 600_000;
const LOCK_SECONDS = 300;

export async function openChromium(): Promise<Browser> {
	return chromium.launch({ executablePath: installed(), args: FLAGS, headless: true });
}

function installed(): string {
	const found = foundAt();
	if (found !== undefined) return found;
	if (!canInstall()) throw new Error(HOW);
	// Two files of tests may both find it missing: the second waits for the first, and then has nothing to do.
	const options = ['-y', '--no-install-recommends', '-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`];
	try {
		execFileSync(APT, ['update', '-q'], { stdio: 'pipe' });
		execFileSync(APT, ['install', '-q', ...options, 'chromium', 'fonts-noto-core'], { stdio: 'pipe' });
	} catch (error) {
		throw new Error(
			`${HOW} (apt-get could not: ${error instanceof Error ? error.message.slice(0, 300) : 'no reason given'})`,
		);
	}
	const now = foundAt();
	if (now === undefined) throw new Error(HOW);
	return now;
}

function foundAt(): string | undefined {
	const named = process.env['MATOKEO_CHROMIUM'];
	return [...(named === undefined ? [] : [named]), ...PLACES].find((path) => existsSync(path));
}

/** Root, on a system that has `apt-get`. */
function canInstall(): boolean {
	try {
		accessSync(APT, constants.X_OK);
		return process.getuid?.() === 0;
	} catch {
		return false;
	}
}
