/** How the tests run: nothing retried, nothing global, an empty run fails, and two workers, since two cores is what we measure on. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['packages/*/test/**/*.test.ts', 'sim/test/**/*.test.ts'],
		allowOnly: false,
		passWithNoTests: false,
		retry: 0,
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// What is waited for comes when it comes: on a busy machine a second is no time.
		expect: { poll: { timeout: 30_000 } },
	},
});
