/** How far a count has come: every form in, certified, declared; each step as its officers take it, over HTTP. */
import type { Mode } from '@matokeo/core/election/types.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { PAPERS } from '@matokeo/verifier/testing/lawfulLog.ts';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { type Count, openCount, type Parts, type Said } from './count.ts';

/** Opened, and everybody enrolled. */
export async function opened(mode: Mode = 'official', parts: Parts = {}): Promise<Count> {
	const count = await openCount(mode, parts);
	await count.say({ type: 'election/open', origin: ORIGIN }, 'authority/1', 'authority/2');
	await count.take(speech.enrolment(count.of, count.speak));
	return count;
}

/** Every form is in but those of `missing`, each read twice. */
async function counted(mode: Mode = 'official', missing: readonly string[] = [], parts: Parts = {}): Promise<Count> {
	const count = await opened(mode, parts);
	await count.returned(
		Object.entries(PAPERS).flatMap(([station, figures]) => (missing.includes(station) ? [] : [{ station, figures }])),
	);
	return count;
}

/** Regions and land marked, seen by witnesses, and certified by their officers. */
export async function certified(
	mode: Mode = 'official',
	missing: readonly string[] = [],
	parts: Parts = {},
): Promise<Count> {
	const count = await counted(mode, missing, parts);
	const marks = { north: await count.mark('north', 'ro/north'), south: await count.mark('south', 'ro/south') };
	await count.witnessed();
	for (const area of ['north', 'south'] as const)
		await count.say(await count.draft(marks[area], 'certificate'), `ro/${area}`);
	const land = await count.mark('land', 'ro/1');
	await count.witnessed();
	await count.say(await count.draft(land, 'certificate'), 'ro/1');
	return count;
}

export async function declared(
	mode: Mode = 'official',
	missing: readonly string[] = [],
	parts: Parts = {},
): Promise<Count & { readonly declaration: Said }> {
	const count = await certified(mode, missing, parts);
	const declaration = await declare(count);
	return { ...count, declaration };
}

/** A new mark of the land, seen by witnesses, and what the authority says on it. */
export async function declare(count: Count, ...by: readonly string[]): Promise<Said> {
	const mark = await count.mark('land', 'authority/1');
	await count.witnessed();
	const said = await count.say(await count.draft(mark, 'declaration'), ...(by.length === 0 ? speech.CHAIRS : by));
	await count.witnessed();
	return said;
}
