/** Files that must be whole or not there (M22, M30): also on a disk that takes only a part of them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MODULE = new URL('../../src/mirror/durable.ts', import.meta.url).href;

it('a file of which the disk takes only a part is trouble, and does not get its name', () => {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-durable-'));
	const script = `
		process.on('SIGXFSZ', () => undefined);
		const { writeDurably } = await import(${JSON.stringify(MODULE)});
		try { writeDurably(${JSON.stringify(join(dir, 'file'))}, new Uint8Array(100_000)); console.log('written'); }
		catch (error) { console.log(error.code); }`;
	// No file of the process may have more than 20 blocks: the first write is cut, the next one fails.
	const bounded = ['-c', 'ulimit -f 20; exec "$0" --input-type=module -e "$1"', process.execPath, script];
	const { stdout } = spawnSync('bash', bounded, { encoding: 'utf8' });
	expect([stdout.trim(), readdirSync(dir)]).toEqual(['EFBIG', ['file.new']]);
	rmSync(dir, { recursive: true });
});
