/**
 * Another program's reading of a PDF: poppler's `pdftotext` and `pdfinfo`, which share nothing with what writes ours. Where they are missing, the tests say in one sentence what to install; as
 * root on Debian they do it themselves.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const HOW =
	'These tests read papers with poppler and found no pdftotext: install it (Debian and Ubuntu: "apt-get install poppler-utils") and run them again.';
const APT = '/usr/bin/apt-get';
/** Long enough for a slow mirror; a program that is there takes milliseconds. */
export const INSTALL_MS = 600_000;
const LOCK_SECONDS = 300;
/** Bytes of text of the longest paper here. */
const TEXT_MAX = 64 * 1024 * 1024;

export function needPoppler(): void {
	if (answers()) return;
	if (!canInstall()) throw new Error(HOW);
	const options = ['-y', '--no-install-recommends', '-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`];
	execFileSync(APT, ['update', '-q'], { stdio: 'pipe' });
	execFileSync(APT, ['install', '-q', ...options, 'poppler-utils'], { stdio: 'pipe' });
	if (!answers()) throw new Error(HOW);
}

function answers(): boolean {
	try {
		execFileSync('pdftotext', ['-v'], { stdio: 'pipe' });
		return true;
	} catch {
		return false;
	}
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

/** The text of each page in the order in which it was written, with single spaces. */
export function pagesIn(pdf: Uint8Array): readonly string[] {
	const text = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', '-', '-'], { input: pdf, maxBuffer: TEXT_MAX });
	const pages = text.toString('utf8').split('\f');
	return pages.slice(0, -1).map((page) => page.replace(/\s+/g, ' ').trim());
}

/** The elements by which a screen reader finds its way, each on a line of its own. */
export function structureOf(pdf: Uint8Array): readonly string[] {
	const text = execFileSync('pdfinfo', ['-struct', '-'], { input: pdf, maxBuffer: TEXT_MAX }).toString('utf8');
	return text.split('\n').map((line) => line.trim());
}
