/**
 * Writes `package-lock.json` anew from the manifests alone, in an empty folder: beside an existing `node_modules` npm leaves out the packages
 * for other systems, and a fresh clone elsewhere could not be installed (docs/decisions/0002-dependencies.md).
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MANIFESTS = ['.npmrc', 'package.json', 'package-lock.json', 'packages/*/package.json', 'sim/package.json'];

const folder = mkdtempSync(join(tmpdir(), 'matokeo-lock-'));
for (const path of globSync(MANIFESTS, { cwd: ROOT })) {
	mkdirSync(join(folder, dirname(path)), { recursive: true });
	copyFileSync(join(ROOT, path), join(folder, path));
}
const args = ['install', '--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved'];
const done = spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
if (done.status === 0) copyFileSync(join(folder, 'package-lock.json'), join(ROOT, 'package-lock.json'));
rmSync(folder, { recursive: true, force: true });
process.exitCode = done.status ?? 1;
