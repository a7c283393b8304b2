/** Bundles of a published folder, made as the command makes them, and changed as a stranger would. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { base64Decode } from '@matokeo/core/std/bytes.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { Subject } from '@matokeo/verifier/bundle/manifest.ts';
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import type { BundleReport } from '@matokeo/verifier/bundle/report.ts';
import { verifyBundle } from '@matokeo/verifier/bundle/verifyBundle.ts';
import type { Run } from '@matokeo/verifier/check/run.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { newFolder } from '@matokeo/verifier/testing/publish.ts';
import { suite } from '@matokeo/verifier/testing/smallLog.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { type MadeBundle, makeBundle } from '../../src/bundle/makeBundle.ts';
import { keptEvents } from '../../src/bundle/record.ts';
import { buildVerifier, type VerifierFile } from '../../src/standalone/build.ts';

export interface MadeFrom {
	readonly attestations?: readonly Uint8Array[];
	/** The log is taken although it does not verify. */
	readonly asItIs?: boolean;
	readonly target?: string;
	readonly program?: VerifierFile;
}

let built: Promise<VerifierFile> | undefined;

function programOnce(): Promise<VerifierFile> {
	built ??= buildVerifier();
	return built;
}

/** The result, and where the zip lies. */
export async function bundleOf(
	folder: string,
	subject: Subject,
	from: MadeFrom = {},
): Promise<{ readonly path: string; readonly made: Result<MadeBundle> }> {
	let run: Run | undefined;
	const events = keptEvents(subject.kind === 'station' ? subject.station : undefined);
	const report = await verifyFolder(folder, {
		workers: 0,
		listening: { observe: events.observe },
		onReplayed: (replayed) => {
			run = replayed;
		},
	});
	if (!report.ok || run === undefined) throw new Error(report.ok ? 'not replayed' : report.error);
	const problems = report.value.verdict === 'failed' ? report.value.checks.flatMap((check) => check.problems) : [];
	if (problems.length > 0 && from.asItIs !== true) throw new Error(problems.map(({ came }) => came).join('; '));
	const path = from.target ?? join(newFolder(), 'bundle.zip');
	const { files } = await readPackageFolder(join(folder, 'package'));
	const made = await makeBundle(
		{
			run,
			folder,
			subject,
			events,
			packageFiles: files,
			checkpoint: readFileSync(join(folder, 'checkpoint')),
			root: base64Decode(report.value.log?.root ?? '') ?? new Uint8Array(32),
			attestations: from.attestations ?? [],
			problems: problems.map(({ check, came }) => `${check}: ${came}`),
			program: from.program ?? (await programOnce()),
			file: () => undefined,
		},
		path,
	);
	return { path, made };
}

export function looked(path: string, anchor?: string): BundleReport {
	const files = openBundle(path);
	if (!files.ok) throw new Error(files.error);
	const report = verifyBundle(suite, files.value, anchor === undefined ? {} : { anchor });
	files.value.close();
	if (!report.ok) throw new Error(report.error);
	return report.value;
}

/** Unpacked into a new folder, as somebody who gets it would. */
export function unpacked(path: string): string {
	const files = openBundle(path);
	if (!files.ok) throw new Error(files.error);
	const dir = newFolder();
	for (const name of files.value.sizes.keys()) {
		const read = files.value.read(name);
		if (!read.ok) throw new Error(read.error);
		mkdirSync(dirname(join(dir, name)), { recursive: true });
		writeFileSync(join(dir, name), read.value);
	}
	files.value.close();
	return dir;
}

/** Puts other bytes in the place of a file, and what is true of them into bundle.json, so that nothing there tells. */
export function exchange(dir: string, path: string, bytes: Uint8Array): void {
	writeFileSync(join(dir, path), bytes);
	const list = readFileSync(join(dir, 'bundle.json'), 'utf8');
	const line = new RegExp(`("path":"${path.replace(/[.]/g, '\\.')}","sha256":")[0-9a-f]{64}(","size":)[0-9]+`);
	const changed = list.replace(line, `$1${suite.sha256Hex(bytes)}$2${bytes.length}`);
	if (changed === list) throw new Error(`${path} is not listed, or has these bytes already`);
	writeFileSync(join(dir, 'bundle.json'), changed);
}

/** Takes files out of an unpacked bundle, and their lines out of bundle.json, so that nothing there tells. */
export function without(dir: string, gone: (line: string) => boolean, paths: readonly string[]): void {
	for (const path of paths) rmSync(join(dir, path));
	const lines = readFileSync(join(dir, 'bundle.json'), 'utf8').split('\n');
	const kept = lines.filter((line) => !gone(line) && !paths.some((path) => line.includes(`"path":"${path}"`)));
	const text = kept.join('\n').replace(/,\n\t\]/g, '\n\t]');
	writeFileSync(join(dir, 'bundle.json'), text);
}

/** Puts a file in, and its line into bundle.json, so that nothing there tells. */
export function putIn(dir: string, file: string, bytes: Uint8Array): void {
	const manifest = readFileSync(join(dir, 'bundle.json'), 'utf8');
	const row = `{"path":"${file}","sha256":"${suite.sha256Hex(bytes)}","size":${bytes.length}}`;
	const rows = [...manifest.matchAll(/\{"path":.*\}/g)].map(([one]) => one);
	const sorted = [...rows, row].sort((a, b) => (JSON.parse(a).path < JSON.parse(b).path ? -1 : 1));
	const head = manifest.slice(0, manifest.indexOf('\t"files": ['));
	writeFileSync(join(dir, 'bundle.json'), `${head}\t"files": [\n\t\t${sorted.join(',\n\t\t')}\n\t]\n}\n`);
	writeFileSync(join(dir, file), bytes);
}

/** Puts a statement in, with its proof, as `putIn` does. */
export function putStatement(
	dir: string,
	{ index, id, type }: { readonly index: number; readonly id: string; readonly type: string },
	note: Uint8Array,
	proof: Uint8Array,
): void {
	putIn(dir, `statements/${index}.note`, note);
	putIn(dir, `statements/${index}.tlog-proof`, proof);
	const list = readFileSync(join(dir, 'bundle.json'), 'utf8');
	const row = `\t\t{"id":"${id}","index":${index},"type":"${type}"}`;
	const rows = [...list.matchAll(/^\t\t\{"id":.*?\}/gm)].map(([one]) => one);
	const [from, last] = [list.indexOf(rows[0] ?? ''), rows.at(-1) ?? ''];
	const sorted = [...rows, row].sort((a, b) => JSON.parse(a).index - JSON.parse(b).index).join(',\n');
	writeFileSync(
		join(dir, 'bundle.json'),
		`${list.slice(0, from)}${sorted}${list.slice(list.indexOf(last) + last.length)}`,
	);
}
