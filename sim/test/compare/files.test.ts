/**
 * `matokeo compare` on what commissions have published, through the command as a person would: Bolivia 2019, Bulgaria 2021, Uganda 2016. The numbers were measured once, and are those of the files. Where
 * `../shared/data` is absent all of it is skipped, as the titles say.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportJson } from '@matokeo/compare/report/reportJson.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOLIVIA, matokeo } from '../lib/matokeo.ts';
import { foundIn, OFFICIAL, SNAPSHOTS } from './lib/bolivia.ts';
import { hasShared, sharedPath } from './lib/shared.ts';

const LONG_MS = 60_000;
const BULGARIA = 'bulgaria2021-protocol-vs-machine/20210711';
const UGANDA = 'uganda2016-polling-station/election-results.csv';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'matokeo-compare-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function compared(...given: readonly string[]): Promise<{ readonly code: number; readonly report: ReportJson }> {
	const ran = await matokeo('compare', ...given, '--json');
	expect(ran.stderr).toBe('');
	return { code: ran.code, report: JSON.parse(ran.stdout) };
}

describe.skipIf(!hasShared(OFFICIAL))('Bolivia 2019 (skipped where ../shared/data is absent)', () => {
	it.each(SNAPSHOTS)(
		'R15 $file beside the official count: $differing differ, $missing are missing',
		async (expected) => {
			const given = [sharedPath(expected.file), sharedPath(OFFICIAL), '--package', join(BOLIVIA, 'package')];
			const { code, report } = await compared(...given);
			expect(foundIn(report, expected.file)).toEqual(expected);
			expect([code, report.verdict]).toEqual([1, { comparable: 'stations', findings: [] }]);
		},
		LONG_MS,
	);

	it.skipIf(!hasShared(BULGARIA))(
		'is another election than Bulgaria 2021: said of the codes, before any number',
		async () => {
			const { code, report } = await compared(sharedPath(OFFICIAL), sharedPath(`${BULGARIA}/41_protocols.csv`));
			expect([code, report.verdict.comparable, report.matched]).toEqual([2, 'no', 0]);
			expect(report.verdict.findings.map((one) => one.code)).toContain('other_codes');
		},
		LONG_MS,
	);

	it(
		'finds without any package which columns belong together, and says the same numbers',
		async () => {
			const [, last] = SNAPSHOTS;
			const { report } = await compared(sharedPath(last?.file ?? ''), sharedPath(OFFICIAL));
			expect(report).toMatchObject({ matched: last?.matched, differing: last?.differing, only_in_b: last?.missing });
			expect(report.effect.without_rule).toBe('no-package');
		},
		LONG_MS,
	);

	it(
		'writes a table, a page and a signed report, which anybody makes again',
		async () => {
			const [first, last] = SNAPSHOTS;
			const at = (name: string) => join(folder, name);
			const sides = [sharedPath(last?.file ?? ''), sharedPath(OFFICIAL)];
			writeFileSync(at('pass'), 'a passphrase for a test\n');
			const secret = ['--passphrase-file', at('pass')];
			const made = await matokeo('key', 'new', 'observer/1', '--out', at('key'), ...secret);
			expect(made.code, made.stderr).toBe(0);
			const written = ['--csv', at('d.csv'), '--html', at('r.html'), '--language', 'es'];
			const signing = ['--sign', at('key'), ...secret, '--out', at('r.note')];
			const ran = await matokeo('compare', ...sides, ...written, ...signing);
			expect(ran.code, ran.stderr).toBe(1);
			const rows = readFileSync(at('d.csv'), 'utf8').trimEnd().split('\n');
			expect(new Set(rows.filter((row) => row.startsWith('differs,')).map((row) => row.split(',')[1])).size).toBe(706);
			expect(rows.filter((row) => row.startsWith('only_in_b,'))).toHaveLength(1_749);
			const page = readFileSync(at('r.html'), 'utf8');
			expect(page).toContain('<html lang="es"');
			expect(page).toContain('32.100');
			const again = await matokeo('compare', ...sides, '--check', at('r.note'));
			expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('The same report')]);
			const other = await matokeo('compare', sharedPath(first?.file ?? ''), sides[1] ?? '', '--check', at('r.note'));
			expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('A is another source')]);
			writeFileSync(at('few.csv'), 'Número Mesa,CC\n1001,129\n1002,75\n1003,91\n');
			const third = await matokeo('compare', at('few.csv'), sides[1] ?? '', '--check', at('r.note'));
			expect([third.code, third.stdout]).toEqual([1, expect.stringContaining('A is another source')]);
			expect(third.stdout).not.toContain('another mapping');
		},
		LONG_MS,
	);
});

describe.skipIf(!hasShared(BULGARIA))('Bulgaria 2021 (skipped where ../shared/data is absent)', () => {
	it(
		'R15 the protocols beside the memory of the machines: 9,580 sections in both, 6 differ',
		async () => {
			const [protocols, machines] = ['50_votes_machine.csv', '50_votes_machine_from_machine_data.csv'];
			const { code, report } = await compared(
				sharedPath(`${BULGARIA}/${protocols}`),
				sharedPath(`${BULGARIA}/${machines}`),
			);
			expect(report).toMatchObject({ matched: 9_580, same: 9_574, differing: 6, only_in_a: 94, only_in_b: 0 });
			expect([code, report.without_pattern]).toEqual([1, 6]);
		},
		LONG_MS,
	);

	it(
		'is another election than Uganda 2016, whose table is read',
		async () => {
			const { code, report } = await compared(sharedPath(UGANDA), sharedPath(`${BULGARIA}/41_protocols.csv`));
			expect([code, report.verdict.comparable, report.matched]).toEqual([2, 'no', 0]);
			expect(report.verdict.findings.map((one) => one.code)).toContain('other_codes');
			expect(report.a.rows).toBe(28_010);
		},
		LONG_MS,
	);
});
