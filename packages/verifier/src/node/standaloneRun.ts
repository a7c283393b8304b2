/** What the verifier as one file does with the words that it is given (B50): which kind of thing they name, and what is printed. It knows no terminal: it answers with text and a code. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { visible } from '../bundle/names.ts';
import { openBundle } from '../bundle/open.ts';
import { MANIFEST_PATH } from '../bundle/paths.ts';
import { bundleText } from '../bundle/text.ts';
import { verifyBundle } from '../bundle/verifyBundle.ts';
import { CHECKPOINT_BYTES_MAX, EVIDENCE_BYTES_MAX } from '../check/limits.ts';
import { parseEvidence } from '../evidence/file.ts';
import { judgeEvidence } from '../evidence/judge.ts';
import { evidenceText } from '../evidence/text.ts';
import { checkPack } from '../pack/checkPack.ts';
import { PACK_MANIFEST } from '../pack/manifest.ts';
import { packText } from '../pack/text.ts';
import { reportText } from '../report/text.ts';
import { verifyFolder } from '../verify.ts';
import { readWhole } from './files.ts';
import { asked, type StandaloneAsked } from './standaloneArguments.ts';

export interface StandaloneAnswer {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

export interface StandaloneParts {
	readonly suite: Suite;
	/** The program of a thread: this one. */
	readonly worker: URL;
	/** Its own bytes. */
	readonly program: Uint8Array;
}

const COULD_NOT_RUN = 2;

export async function runStandalone(words: readonly string[], parts: StandaloneParts): Promise<StandaloneAnswer> {
	const given = asked(words);
	if (given.kind === 'help') return { code: 0, out: given.text, err: '' };
	if (given.kind === 'wrong') return refused(given.why, false);
	try {
		return await lookAt(given, parts);
	} catch (error) {
		return refused(error instanceof Error ? error.message : String(error), given.json);
	}
}

/** With --json there is one JSON document on standard output, whatever happens. */
function refused(why: string, json: boolean): StandaloneAnswer {
	return {
		code: COULD_NOT_RUN,
		out: json ? `${JSON.stringify({ error: why }, null, '\t')}\n` : '',
		err: `${visible(why)}\n`,
	};
}

async function lookAt(given: StandaloneAsked, parts: StandaloneParts): Promise<StandaloneAnswer> {
	const { what, evidence, json } = given;
	if (evidence !== undefined) return lookAtEvidence(evidence, given, parts.suite);
	if (!existsSync(what))
		return refused(`There is nothing called ${what}. Check the spelling and the folder you are in.`, json);
	const isFolder = statSync(what).isDirectory();
	const has = (name: string): boolean => isFolder && existsSync(join(what, name));
	const [isPack, isBundle] = [has(PACK_MANIFEST), has(MANIFEST_PATH)];
	if (isPack && isBundle)
		return refused(
			`There is a ${PACK_MANIFEST} and a ${MANIFEST_PATH} in ${what}: no bundle and no pack has both. Unpack each into an empty folder of its own.`,
			json,
		);
	if (isPack) return lookAtPack(given, parts);
	return isFolder && !isBundle ? lookAtFolder(given, parts) : lookAtBundle(given, parts);
}

function lookAtBundle(
	{ what, anchor, against, json }: StandaloneAsked,
	{ suite, program }: StandaloneParts,
): StandaloneAnswer {
	if (against !== undefined)
		return refused(
			'--against goes with the whole folder of a log. A bundle has its own checkpoint in the file "checkpoint".',
			json,
		);
	const files = openBundle(what);
	if (!files.ok) return refused(`${what} is no bundle that can be opened: ${files.error}.`, json);
	try {
		const report = verifyBundle(suite, files.value, {
			...(anchor === undefined ? {} : { anchor }),
			program: suite.sha256Hex(program),
		});
		if (!report.ok) return refused(`${what} is no bundle: ${report.error}.`, json);
		const out = json ? `${JSON.stringify(report.value, null, '\t')}\n` : bundleText(report.value);
		return { code: report.value.verdict === 'failed' ? 1 : 0, out, err: '' };
	} finally {
		files.value.close();
	}
}

async function lookAtFolder(
	{ what, anchor, against, json }: StandaloneAsked,
	{ worker }: StandaloneParts,
): Promise<StandaloneAnswer> {
	const held = against === undefined ? undefined : readWhole(against, CHECKPOINT_BYTES_MAX);
	if (held?.ok === false) return refused(`${against}: ${held.error.why}.`, json);
	const report = await verifyFolder(what, {
		worker,
		...(anchor === undefined ? {} : { anchor }),
		...(held === undefined ? {} : { against: held.value }),
	});
	if (!report.ok) return refused(report.error, json);
	const out = json ? `${JSON.stringify(report.value, null, '\t')}\n` : reportText(report.value);
	return { code: report.value.verdict === 'failed' ? 1 : 0, out, err: '' };
}

/** A scrutiny pack that was unpacked (Y12). */
async function lookAtPack(
	{ what, anchor, against, json }: StandaloneAsked,
	{ suite, worker }: StandaloneParts,
): Promise<StandaloneAnswer> {
	if (against !== undefined)
		return refused('--against goes with the folder of the log itself: name the folder "log" in the pack.', json);
	const files = openBundle(what);
	if (!files.ok) return refused(`${what} is no pack that can be opened: ${files.error}.`, json);
	try {
		const log = join(what, 'log');
		const checked = await checkPack(suite, files.value, { worker, log, ...(anchor === undefined ? {} : { anchor }) });
		if (!checked.ok) return refused(`${what} is no pack: ${checked.error}.`, json);
		const out = json ? `${JSON.stringify(checked.value, null, '\t')}\n` : packText(checked.value);
		return { code: checked.value.verdict === 'failed' ? 1 : 0, out, err: '' };
	} finally {
		files.value.close();
	}
}

const CODES = { proved: 1, signed: 0, nothing: COULD_NOT_RUN } as const;

function lookAtEvidence(path: string, { anchor, json }: StandaloneAsked, suite: Suite): StandaloneAnswer {
	const read = readWhole(path, EVIDENCE_BYTES_MAX);
	if (!read.ok) return refused(`${path}: ${read.error.why}.`, json);
	const file = parseEvidence(suite, read.value);
	if (!file.ok) return refused(`${path} is no evidence: ${file.error}.`, json);
	const verdict = judgeEvidence(suite, file.value, anchor);
	const out = json ? `${JSON.stringify(verdict, null, '\t')}\n` : evidenceText(file.value, verdict);
	return { code: CODES[verdict.strength], out, err: '' };
}
