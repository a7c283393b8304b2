/** Whom a start asks, and how often (D28): those who gave no answer once more, as long as that could make a quorum of them. */
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { describe, expect, it } from 'vitest';
import type { AskWitness } from '../../src/witnesses/answers.ts';
import { rosterOf } from '../../src/witnesses/roster.ts';
import { askAtStart } from '../../src/witnesses/start.ts';
import { election, suite } from '../lib/world.ts';

const trust = trustOf(contextOf(suite, election));
const NOTHING_SEEN = { status: 404, type: 'text/plain', body: new Uint8Array(0) };

function rosterAt(names: readonly string[]) {
	const roster = rosterOf(suite, election, new Map(names.map((name) => [name, `http://127.0.0.1/${name}`])));
	if (!roster.ok) throw new Error(roster.error);
	return roster.value;
}

const all = rosterAt([]).witnesses.map(({ name }) => name);

/** Each answers from this round on; `asked` counts the questions to each. */
function party(from: Readonly<Record<string, number>>) {
	const asked = new Map<string, number>();
	let round = 1;
	const ask: AskWitness = async ({ name }) => {
		asked.set(name, (asked.get(name) ?? 0) + 1);
		if (round >= (from[name] ?? 1)) return NOTHING_SEEN;
		throw new Error('it cannot be reached');
	};
	const again = async (): Promise<void> => {
		round++;
	};
	return { ask, asked, again, rounds: () => round };
}

describe('D28 asking at the start', () => {
	it('D28 asks once where a quorum answers at once', async () => {
		const { ask, again, rounds, asked } = party({});
		const start = await askAtStart(suite, trust, rosterAt(all), ask, again);
		expect([start.enough, start.answered, rounds()]).toEqual([true, all, 1]);
		expect([...asked.values()]).toEqual(all.map(() => 1));
	});

	it('D28 asks those who gave no answer again, and nobody else, until there is a quorum', async () => {
		const late = Object.fromEntries(all.slice(1).map((name) => [name, 3]));
		const { ask, again, rounds, asked } = party(late);
		const start = await askAtStart(suite, trust, rosterAt(all), ask, again);
		expect([start.enough, start.answered, [...start.silent], rounds()]).toEqual([true, all, [], 3]);
		expect(asked.get(all[0] ?? '')).toBe(1);
		expect(asked.get(all[1] ?? '')).toBe(3);
	});

	it('D28 gives up after four rounds, and says who was silent', async () => {
		const never = Object.fromEntries(all.map((name) => [name, 99]));
		const { ask, again, rounds } = party(never);
		const start = await askAtStart(suite, trust, rosterAt(all), ask, again);
		expect([start.enough, start.answered, [...start.silent.keys()], rounds()]).toEqual([false, [], all, 4]);
	});

	it('D28 waits for nobody where all of them together would be too few, or nobody is asked', async () => {
		const one = party(Object.fromEntries(all.map((name) => [name, 99])));
		await askAtStart(suite, trust, rosterAt(all.slice(0, 1)), one.ask, one.again);
		const none = party({});
		const start = await askAtStart(suite, trust, rosterAt([]), none.ask, none.again);
		expect([one.rounds(), none.rounds(), start.enough]).toEqual([1, 1, false]);
	});

	it('D28 asks each once where nobody waits', async () => {
		const { ask, asked } = party(Object.fromEntries(all.map((name) => [name, 2])));
		const start = await askAtStart(suite, trust, rosterAt(all), ask);
		expect([start.enough, [...asked.values()]]).toEqual([false, all.map(() => 1)]);
	});
});
