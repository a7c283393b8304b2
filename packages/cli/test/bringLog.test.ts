/** A log brought from a folder that somebody goes on writing in (D21): what comes here is what was verified, or nothing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publish, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { small, smallLog } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { bringLog } from '../src/checking/bringLog.ts';

const log = smallLog();
const grown = publish(log).checkpoint;
let dir = '';
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'matokeo-bring-'));
});
afterEach(() => rmSync(dir, { recursive: true }));
afterAll(removeFolders);

it('a folder that grows once it was verified brings the checkpoint that was verified', async () => {
	const source = publish(log.slice(0, 250));
	// It says so once everything is verified.
	const stdout = (): void => writeFileSync(join(source.dir, 'checkpoint'), grown);
	const bringing = { from: source.dir, anchor: small.election.digest };
	expect(await bringLog(dir, bringing, { stdout, stderr: () => undefined })).toBe(0);
	expect(readFileSync(join(dir, 'public', 'checkpoint'))).toEqual(Buffer.from(source.checkpoint));
});
