/**
 * Plays the histories of `vectors/histories/`: lists of steps, each a statement by somebody with references to earlier ones in place of ids, and the
 * rule that refuses it if one does. After every step the auditor runs, and a refused one has changed no row.
 */
import { readFileSync } from 'node:fs';
import type { Mode } from '../../../src/election/types.ts';
import type { Figures, Statement } from '../../../src/record/statement.ts';
import type { JsonObject } from '../../../src/std/canonical.ts';
import { audit } from './auditor.ts';
import { newLedger, proceedingProblems } from './proceedingsAuditor.ts';
import { type Names, type Read, resolve } from './references.ts';
import { type Answer, bring, newWorld, say, type Tampering, type World } from './world.ts';

export interface Step {
	/** The name under which later steps refer to this statement. */
	readonly as?: string;
	readonly by?: readonly string[];
	/** `type` and the members of the body but `by`. */
	readonly say?: JsonObject;
	/** Sends the note of an earlier step again, byte for byte. */
	readonly again?: string;
	readonly refused?: string;
	/** Stands in what the refusal says. */
	readonly because?: string;
	readonly tampering?: Tampering;
	/** The refused note stands in the log nevertheless: a void leaf. */
	readonly void?: true;
}

export interface Case {
	readonly name: string;
	/** The steps begin with index 0, not where the prelude ends. */
	readonly from?: 'nothing';
	/** The package in another mode than *rehearsal*. */
	readonly mode?: Mode;
	readonly readings?: Readonly<Record<string, Read>>;
	readonly steps: readonly Step[];
	/** contest|station|poll → what must stand in the row of that return; `"-"`: no such member. */
	readonly returns?: JsonObject;
	/** contest|area → counts and figures that must stand in that total. */
	readonly totals?: Readonly<Record<string, Expected>>;
	/** `table key` → members that must stand in that row; `"-"`: no such member. */
	readonly rows?: JsonObject;
	/** Name of a mark → members of its sheet. */
	readonly sheets?: JsonObject;
	/** What is published as declared of a contest, and whether something was in time. */
	readonly declared?: JsonObject;
	readonly lateness?: readonly Lateness[];
}

export interface Lateness {
	readonly of: string;
	readonly clock: string;
	/** What the clock runs from, where it does not run from a fixed time. */
	readonly from?: string;
	readonly is: JsonObject;
}

export type Expected = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

export interface HistoryFile {
	readonly about: string;
	/** The file whose first case comes before the steps of each case here; `prelude.json` unless another is named. */
	readonly follows?: string;
	readonly figures?: Readonly<Record<string, Figures>>;
	readonly cases: readonly Case[];
}

const FOLDER = new URL('../../../../../vectors/', import.meta.url);

export function readVectors<T>(path: string): T {
	return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}

export interface Played {
	readonly world: World;
	readonly names: Names;
	/** Everything that went otherwise than the history says. */
	readonly problems: readonly string[];
}

const begun = new Map<string, Played>();

/** The first case of a file of beginnings, played once for each mode. */
function beginning(name: string, mode: Mode = 'rehearsal'): Played {
	const known = begun.get(`${name} ${mode}`);
	if (known !== undefined) return known;
	const file = readVectors<HistoryFile>(`histories/${name}`);
	const played = playCase(file, { ...(file.cases[0] ?? { name: 'none', steps: [] }), mode });
	begun.set(`${name} ${mode}`, played);
	return played;
}

/** Opened, ticked, and everybody enrolled whom the histories need. */
export function openedWorld(mode?: Mode): World {
	const { world } = beginning('prelude.json', mode);
	return { ...world, rows: world.rows.copy() };
}

/** Most returns of both contests verified, most originals of the council seen. */
export function countedWorld(): World {
	return { rows: beginning('counted.json').world.rows.copy() };
}

export function playCase(history: HistoryFile, one: Case): Played {
	const { follows = 'prelude.json', figures } = history;
	if (one.from === 'nothing') return play(newWorld(one.mode), namesOf(figures ?? {}, one), one);
	const before = beginning(follows, one.mode);
	const world = { ...before.world, rows: before.world.rows.copy() };
	const names = namesOf({ ...before.names.figures, ...figures }, one, before.names);
	const played = play(world, names, one);
	return { ...played, problems: [...before.problems, ...played.problems] };
}

function namesOf(figures: Names['figures'], { readings = {} }: Case, before?: Names): Names {
	return { ids: new Map(before?.ids), notes: new Map(before?.notes), figures, readings };
}

function play(world: World, names: Names, one: Case): Played {
	const problems: string[] = [];
	const ledger = newLedger();
	for (const [place, step] of one.steps.entries()) {
		const before = world.rows.contents();
		const answer = take(world, names, step);
		const where = `step ${place + 1} (${step.as ?? JSON.stringify(step.say?.['type'] ?? 'again')})`;
		problems.push(...wrong(step, answer).map((problem) => `${where}: ${problem}`));
		const audited = [...audit(world.rows), ...proceedingProblems(world, ledger)];
		problems.push(...audited.map((problem) => `${where}: ${problem}`));
		if (answer.refusal !== undefined && JSON.stringify(world.rows.contents()) !== JSON.stringify(before))
			problems.push(`${where}: a refused statement changed rows`);
		if (step.void === true) world.rows.voided(answer.bytes);
		if (step.as === undefined || answer.id === '') continue;
		names.ids.set(step.as, answer.id);
		names.notes.set(step.as, answer.bytes);
	}
	return { world, names, problems };
}

function take(world: World, names: Names, step: Step): Answer {
	if (step.again !== undefined) return bring(world, names.notes.get(step.again) ?? new Uint8Array(), () => true);
	const body = resolve(world, names, step.say ?? {}) as JsonObject;
	const statement = { ...body, by: [...(step.by ?? [])] } as unknown as Statement;
	return say(world, statement, step.tampering);
}

function wrong({ refused, because = '' }: Step, { refusal }: Answer): readonly string[] {
	if (refused === undefined) return refusal === undefined ? [] : [`refused by ${refusal.rule}: ${refusal.why}`];
	if (refusal === undefined) return [`accepted, although ${refused} refuses it`];
	if (refusal.rule !== refused) return [`refused by ${refusal.rule} and not by ${refused}: ${refusal.why}`];
	return refusal.why.includes(because) ? [] : [`the refusal lacks "${because}": ${refusal.why}`];
}
