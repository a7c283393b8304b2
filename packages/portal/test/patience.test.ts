/** How long a reader waits (W18): for all that was begun, no longer than patience lasts, and what fails after that ends nothing. */
import { patiently } from '@matokeo/portal/live/patience.ts';
import { describe, expect, it, vi } from 'vitest';

describe('W18 patience', () => {
	it('ends with the last of what was begun, and throws what failed', async () => {
		await expect(patiently([Promise.resolve(), Promise.resolve()], 1_000_000)).resolves.toBeUndefined();
		await expect(patiently([Promise.resolve(), Promise.reject(new Error('no thread'))], 1_000_000)).rejects.toThrow(
			'no thread',
		);
	});

	it('ends when it is over, and hears nothing of what fails later', async () => {
		vi.useFakeTimers();
		try {
			let fail: (why: Error) => void = () => undefined;
			const begun = new Promise<void>((_, reject) => {
				fail = reject;
			});
			const waited = patiently([begun], 10_000);
			await vi.advanceTimersByTimeAsync(10_000);
			await expect(waited).resolves.toBeUndefined();
			fail(new Error('too late'));
			await vi.advanceTimersByTimeAsync(1);
			expect(vi.getTimerCount()).toBe(0);
		} finally {
			vi.useRealTimers();
		}
	});
});
