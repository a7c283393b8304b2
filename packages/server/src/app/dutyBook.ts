/** Which duties of a service fail: what is thrown is told to whoever counts, kept in mind until the duty goes well again, and goes no further. */
import { messageOf } from '../storage/disk.ts';
import type { Duty, ServiceEvents } from './service.ts';

export type Attempt = <T>(duty: Duty, work: () => T) => T | undefined;

export interface DutyBook {
	/** `undefined` where it failed, which is kept in mind until it goes well. */
	readonly attempt: Attempt;
	readonly failing: Map<Duty, string>;
}

export function dutyBook(events: ServiceEvents | undefined): DutyBook {
	const failing = new Map<Duty, string>();
	return {
		failing,
		attempt: (duty, work) => {
			try {
				const result = work();
				failing.delete(duty);
				return result;
			} catch (error) {
				failing.set(duty, messageOf(error));
				events?.failed(duty, error);
				return undefined;
			}
		},
	};
}
