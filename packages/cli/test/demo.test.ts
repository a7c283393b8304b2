/** The demo's pace and its movable log: full waves to where it opens, small ones in time after that, an orderly stop between two of them. */

import type { RehearsalLog } from '@matokeo/rehearsal/play/port.ts';
import { describe, expect, it } from 'vitest';
import { movableLog } from '../src/demo/movableLog.ts';
import { demoPace, type Pacing } from '../src/demo/pacing.ts';
import { openedWords } from '../src/demo/words.ts';

/** A clock that moves when somebody waits, and a stop at a chosen moment. */
function watched(stopAtMs = Number.POSITIVE_INFINITY) {
	let now = 0;
	const asked = Promise.withResolvers<void>();
	const stopping: Pacing['stopping'] = {
		asked: asked.promise,
		isAsked: () => now >= stopAtMs,
		orAsked: async (milliseconds) => {
			now = Math.min(now + Math.max(0, milliseconds), Math.max(now, stopAtMs));
		},
		release: () => undefined,
	};
	return {
		stopping,
		nowMs: () => now,
		spend: (milliseconds: number) => {
			now += milliseconds;
		},
	};
}

const opening = (opened: number[]) => async () => {
	opened.push(opened.length);
	return 'go' as const;
};

describe('the pace of the demo', () => {
	it('plays full waves, the last one cut so that it opens exactly there, then small ones', () => {
		const { stopping } = watched();
		const { size } = demoPace({ opensAt: 1_200, formsPerSecond: 20, stopping, open: opening([]) });
		expect([0, 500, 1_000, 1_199, 1_200, 9_999].map(size)).toEqual([500, 500, 200, 1, 40, 40]);
		const slow = demoPace({ opensAt: 10, formsPerSecond: 1, stopping, open: opening([]) });
		const fast = demoPace({ opensAt: 10, formsPerSecond: 200, stopping, open: opening([]) });
		expect([slow.size(10), fast.size(10)]).toEqual([2, 250]);
	});

	it('opens once, and waits so that a wave lasts its time; what took longer is not made up for', async () => {
		const { stopping, nowMs, spend } = watched();
		const opened: number[] = [];
		const pace = demoPace({ opensAt: 0, formsPerSecond: 20, stopping, open: opening(opened), nowMs });
		const times: number[] = [];
		for (const work of [500, 500, 7_000, 0, 0]) {
			expect(await pace.before(0)).toBe('go');
			times.push(nowMs());
			spend(work);
		}
		expect([opened.length, times]).toEqual([1, [0, 2_000, 4_000, 11_000, 13_000]]);
	});

	it('stops between two waves, also while it waits, and when it could not open', async () => {
		const { stopping, nowMs } = watched(1_000);
		const pace = demoPace({ opensAt: 0, formsPerSecond: 20, stopping, open: opening([]), nowMs });
		expect([await pace.before(0), await pace.before(40), nowMs()]).toEqual(['go', 'stop', 1_000]);
		const never = demoPace({ opensAt: 0, formsPerSecond: 20, stopping: watched().stopping, open: async () => 'stop' });
		expect(await never.before(0)).toBe('stop');
	});
});

describe('the movable log', () => {
	it('hands everything to the log that it was moved to last', async () => {
		const heard: string[] = [];
		const log = (name: string): RehearsalLog => ({
			append: async () => void heard.push(`${name} append`),
			mistake: async () => undefined,
			hold: async () => void heard.push(`${name} hold`),
			announce: async () => undefined,
			deliver: () => undefined,
			open: async () => new Map([['capture', name]]),
			readingsOf: () => undefined,
			publish: async () => undefined,
			mark: async () => [],
			witnessed: async () => [name],
			showWitnesses: async () => undefined,
			size: async () => 0,
		});
		const moved = movableLog(log('first'));
		await moved.append([]);
		moved.moveTo(log('second'));
		await moved.hold([]);
		expect([heard, [...(await moved.open()).values()]]).toEqual([['first append', 'second hold'], ['second']]);
		expect(await moved.witnessed(0)).toEqual(['second']);
	});
});

describe('what the demo says when it opens', () => {
	it('names the address, the anchor, how long it goes on, and the command that alters a vote', () => {
		const opened = {
			url: 'http://127.0.0.1:8700',
			dir: 'out/demo',
			anchor: 'ab'.repeat(32),
			forms: 28_975,
			witnesses: [],
		};
		const words = openedWords({ ...opened, toCome: 5_580, formsPerSecond: 20 });
		for (const part of ['5,580 come in now', '4 min 39 s', 'abab', 'npm run -s tamper -- out/demo', 'rebuild out/demo'])
			expect(words).toContain(part);
		expect(openedWords({ ...opened, toCome: 0, formsPerSecond: 20 })).toContain('Nothing more comes in.');
		const court = { name: 'witness/court', url: 'http://127.0.0.1:8701', pid: 4711 };
		const mirror = { name: 'mirror', url: 'http://127.0.0.1:8704', pid: 4712 };
		const beside = openedWords({ ...opened, toCome: 0, formsPerSecond: 20, witnesses: [court], mirror });
		for (const part of ['witness/court', 'kill 4711', 'http://127.0.0.1:8704/mirror.html', 'npm run drill'])
			expect(beside).toContain(part);
	});
});
