/**
 * What happens after the forms are in, told step by step (R10): each step is said by the people whose task it is and goes into the log through the same door as on election night. It ends with what the story ends
 * with, be that a declaration or the order that annuls it.
 */
import { unreachable } from '@matokeo/core/std/result.ts';
import type { RehearsalClock } from '../play/clock.ts';
import type { KeyOf } from '../play/opening.ts';
import type { Frozen } from '../play/port.ts';
import type { Stage } from '../play/stage.ts';
import { collate, declare } from './collating.ts';
import { answer, dissent, fileNotice, object, order } from './filing.ts';
import { lodge } from './lodging.ts';
import { seeOriginal, seeOriginals } from './originals.ts';
import type { Step, Story, Told } from './story.ts';
import { type Telling, telling } from './telling.ts';

export interface Proceeded {
	readonly originals: number;
	readonly marks: number;
	readonly certificates: number;
	readonly declarations: number;
	readonly dissents: number;
	readonly objections: number;
	readonly answers: number;
	readonly notices: number;
	readonly orders: number;
	readonly counts: number;
	/** Milliseconds in which areas were marked and certificates said, witnesses not counted. */
	readonly markMs: number;
	readonly certifyMs: number;
}

export const NOTHING_PROCEEDED: Proceeded = {
	originals: 0,
	marks: 0,
	certificates: 0,
	declarations: 0,
	dissents: 0,
	objections: 0,
	answers: 0,
	notices: 0,
	orders: 0,
	counts: 0,
	markMs: 0,
	certifyMs: 0,
};

/** A step that has been taken, for whoever watches. */
export interface Happened {
	readonly told: Told;
	/** UTC seconds by the rehearsal's clock. */
	readonly time: number;
	readonly did: Partial<Proceeded>;
	/** Of a declaration: what it rests on; absent where nothing could be declared yet. */
	readonly declared?: Frozen;
}

/** Whoever watches a story. */
export interface Watching {
	/** Awaited before each step; `stop` ends the story there. */
	readonly before?: () => Promise<'go' | 'stop'>;
	/** After each step, when what it said is published. */
	readonly happened?: (one: Happened) => void;
}

export async function proceed(
	stage: Stage,
	story: Story,
	keyOf: KeyOf,
	clock: RehearsalClock,
	{ before, happened }: Watching = {},
): Promise<Proceeded> {
	const state = telling(stage, keyOf, clock);
	let all = NOTHING_PROCEEDED;
	await stage.log.showWitnesses();
	for (const told of story.steps) {
		if ((await before?.()) === 'stop') break;
		if (told.at !== undefined && told.at > clock.now()) clock.advance(told.at - clock.now());
		const { did, ...more } = await take(state, told.step);
		await stage.log.announce();
		await stage.log.showWitnesses();
		if (told.step.kind !== 'collation') state.fresh.clear();
		all = plus(all, did);
		happened?.({ told, time: clock.now(), did, ...more });
	}
	return all;
}

type Taken = Pick<Happened, 'did' | 'declared'>;

async function take(state: Telling, step: Step): Promise<Taken> {
	switch (step.kind) {
		case 'originals':
			return { did: { originals: await seeOriginals(state, step.share) } };
		case 'original':
			await seeOriginal(state, step);
			return { did: { originals: 1 } };
		case 'objection':
			await object(state, step);
			return { did: { objections: 1 } };
		case 'answer':
			await answer(state, step);
			return { did: { answers: 1 } };
		case 'incident':
		case 'pause':
		case 'resume':
		case 'error':
			await fileNotice(state, step);
			return { did: { notices: 1 } };
		case 'collation':
			return { did: await collate(state, step) };
		case 'declaration': {
			const declared = await declare(state, step);
			if (declared.kind === 'open') return { did: { marks: declared.marks } };
			return { did: { marks: declared.marks, declarations: 1 }, declared: declared.frozen };
		}
		case 'dissent':
			await dissent(state, step);
			return { did: { dissents: 1 } };
		case 'order':
			await order(state, step);
			return { did: { orders: 1 } };
		case 'count':
			await lodge(state, step);
			return { did: { counts: 1 } };
		default:
			return unreachable(step);
	}
}

function plus(all: Proceeded, did: Partial<Proceeded>): Proceeded {
	const sum = (name: keyof Proceeded) => all[name] + (did[name] ?? 0);
	return {
		originals: sum('originals'),
		marks: sum('marks'),
		certificates: sum('certificates'),
		declarations: sum('declarations'),
		dissents: sum('dissents'),
		objections: sum('objections'),
		answers: sum('answers'),
		notices: sum('notices'),
		orders: sum('orders'),
		counts: sum('counts'),
		markMs: sum('markMs'),
		certifyMs: sum('certifyMs'),
	};
}
