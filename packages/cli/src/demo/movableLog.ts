/** A rehearsal's door behind which the log may be changed between waves: first one in this process, later the same one behind a server. */
import type { RehearsalLog } from '@matokeo/rehearsal/play/port.ts';

export interface MovableLog extends RehearsalLog {
	readonly moveTo: (log: RehearsalLog) => void;
}

export function movableLog(first: RehearsalLog): MovableLog {
	let log = first;
	return {
		moveTo: (next) => {
			log = next;
		},
		append: (leaves) => log.append(leaves),
		mistake: (leaves) => log.mistake(leaves),
		hold: (blobs, by) => log.hold(blobs, by),
		announce: () => log.announce(),
		deliver: (reading, capture, read) => log.deliver(reading, capture, read),
		open: () => log.open(),
		readingsOf: (capture) => log.readingsOf(capture),
		publish: () => log.publish(),
		mark: (places) => log.mark(places),
		witnessed: (index) => log.witnessed(index),
		showWitnesses: () => log.showWitnesses(),
		size: () => log.size(),
	};
}
