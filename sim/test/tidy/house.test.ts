/** What a fresh clone rests on: the launcher's three decisions, the lock file, and versions that are exact. */
import { describe, expect, it } from 'vitest';
import { countRun } from '../../../scripts/lib/counts.ts';
import { firstDifference } from '../../../scripts/lib/install.mjs';
import { fits } from '../../../scripts/lib/runtime.mjs';
import { read, texts } from './lib/tree.ts';

interface Locked {
	readonly version?: string;
	readonly resolved?: string;
	readonly integrity?: string;
	readonly link?: boolean;
	readonly hasInstallScript?: boolean;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

type Lock = Readonly<Record<string, Locked>>;

function lockProblems(packages: Lock): readonly string[] {
	return Object.entries(packages).flatMap(([place, entry]) => {
		if (!place.includes('node_modules/')) return [];
		const problems: string[] = [];
		if (entry.resolved?.includes('://') === true) problems.push(`${place} names a host`);
		if (entry.link !== true && entry.integrity?.startsWith('sha512-') !== true) problems.push(`${place} has no digest`);
		if (entry.hasInstallScript === true) problems.push(`${place} runs code when it is installed`);
		for (const name of Object.keys(entry.optionalDependencies ?? {})) {
			const found = packages[`${place}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
			if (found === undefined) problems.push(`${place} needs ${name}, which is missing`);
		}
		return problems;
	});
}

function dependenciesOf(manifest: Manifest): readonly (readonly [string, string])[] {
	const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
	return kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
}

/** Dependencies that no row of the decision names with this version. */
function unexplained(manifest: Manifest, decision: string): readonly string[] {
	const rows = decision.split('\n').filter((line) => line.startsWith('| '));
	const foreign = dependenciesOf(manifest).filter(([name]) => !name.startsWith('@matokeo/'));
	const named = ([name, version]: readonly [string, string]): boolean =>
		rows.some((row) => row.split(/[\s,|]+/).includes(name) && row.includes(version));
	return foreign.filter((one) => !named(one)).map(([name, version]) => `${name} ${version}`);
}

/** Dependencies whose version is a range. */
function looseVersions(manifest: Manifest): readonly string[] {
	return dependenciesOf(manifest)
		.filter(([, version]) => !/^[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z.]+)?$/.test(version))
		.map(([name]) => name);
}

describe('tidy: house', () => {
	it('the lock file is complete for every system, has a digest for each archive, and names no host', () => {
		const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Lock };
		expect(lockProblems(lock.packages)).toEqual([]);
	});

	it('sees each fault of a lock file', () => {
		const digest = 'sha512-AA';
		const packages = {
			'': { version: '1.0.0' },
			'node_modules/a': { integrity: digest, resolved: 'https://example.org/a.tgz' },
			'node_modules/b': {},
			'node_modules/c': { integrity: digest, hasInstallScript: true },
			'node_modules/d': { integrity: digest, optionalDependencies: { e: '1.0.0', a: '1.0.0' } },
			'node_modules/f': { link: true, resolved: 'packages/f' },
		};
		expect(lockProblems(packages).map((problem) => problem.slice(13, 14))).toEqual(['a', 'b', 'c', 'd']);
	});

	it('every version is exact', () => {
		const manifests = texts(/^(packages\/[^/]+\/|sim\/)?package\.json$/);
		expect(manifests.flatMap(({ text }) => looseVersions(JSON.parse(text) as Manifest))).toEqual([]);
		expect(looseVersions({ dependencies: { a: '^1.0.0', b: '1.0.0', c: '*', d: '1.0.0-beta.2' } })).toEqual(['a', 'c']);
	});

	it('every dependency has a row with its version and reason in decision 0002', () => {
		const decision = read('docs/decisions/0002-dependencies.md');
		const manifests = texts(/^(packages\/[^/]+\/|sim\/)?package\.json$/);
		expect(manifests.flatMap(({ text }) => unexplained(JSON.parse(text) as Manifest, decision))).toEqual([]);
		const planted = { dependencies: { fastify: '5.0.0', vitest: '5.1.1' }, devDependencies: { knip: '0.0.1' } };
		expect(unexplained(planted, decision)).toEqual(['fastify 5.0.0', 'knip 0.0.1']);
	});

	it('only Node 24 from 24.13.0 on will do', () => {
		const wanted = ['v24.13.0', 'v24.13.1', 'v24.21.0'];
		const refused = ['v24.12.9', 'v20.20.2', 'v26.0.0', 'v24.13', '24.13.0', 'v24.13.0-nightly', ''];
		expect([...wanted, ...refused].filter(fits)).toEqual(wanted);
	});

	it('installs when a package is missing, has another version or other bytes, and not when it is for another machine', () => {
		const a = { version: '1.0.0', integrity: 'x' };
		const mac = { ...a, optional: true, os: ['darwin'], cpu: ['arm64'] };
		const none = { ...a, optional: true };
		const wanted = { '': {}, 'node_modules/a': a, 'node_modules/mac': mac, 'node_modules/none': none, sim: {} };
		expect(firstDifference(wanted, undefined, 'linux', 'x64')).toBe('node_modules');
		expect(firstDifference(wanted, {}, 'linux', 'x64')).toBe('node_modules/a');
		expect(firstDifference(wanted, { 'node_modules/a': { ...a, version: '1.0.1' } }, 'linux', 'x64')).toBe(
			'node_modules/a',
		);
		expect(firstDifference(wanted, { 'node_modules/a': { ...a, integrity: 'y' } }, 'linux', 'x64')).toBe(
			'node_modules/a',
		);
		expect(firstDifference(wanted, { 'node_modules/a': a }, 'linux', 'x64')).toBeUndefined();
		expect(firstDifference(wanted, { 'node_modules/a': a }, 'darwin', 'arm64')).toBe('node_modules/mac');
	});

	it('counts what no test can tell: a file that could not be loaded, a crash, a run of nothing', () => {
		const file = (status: string, ...tests: readonly string[]) => ({
			status,
			assertionResults: tests.map((one) => ({ status: one })),
		});
		const report = (
			numPassedTests: number,
			numFailedTests: number,
			...testResults: readonly ReturnType<typeof file>[]
		) => ({
			numPassedTests,
			numFailedTests,
			testResults,
		});
		expect(countRun(report(2, 0, file('passed', 'passed', 'passed')), 0)).toEqual({ passed: 2, failed: 0 });
		expect(countRun(report(1, 1, file('failed', 'passed', 'failed')), 1)).toEqual({ passed: 1, failed: 1 });
		expect(countRun(report(1, 0, file('failed'), file('passed', 'passed')), 1)).toEqual({ passed: 1, failed: 1 });
		expect(countRun(report(1, 0, file('passed', 'passed')), 1)).toEqual({ passed: 1, failed: 1 });
		expect(countRun(report(0, 0), 0)).toEqual({ passed: 0, failed: 1 });
		expect(countRun(undefined, 1)).toEqual({ passed: 0, failed: 1 });
	});
});
