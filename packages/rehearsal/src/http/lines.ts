/**
 * The lines of a country on election night: slow, lossy, for hours not there at all; officers who send twice, name the wrong station, have a clock that is a day off. What happens to
 * what follows from a seed and the name of the thing alone, so that the same rehearsal meets the same troubles whatever the order of its requests.
 */
import type { Suite } from '@matokeo/core/std/suite.ts';
import { chanceOf } from '../play/chance.ts';

/** Shares are of a thousand. */
export interface Lines {
	readonly seed: string;
	/** Requests whose answer is lost, so that they are sent again. */
	readonly lostAnswers: number;
	/** Statements that are sent again although they were answered. */
	readonly resends: number;
	/** Captures that a second device sends too, with the same figures. */
	readonly secondDevices: number;
	/** Captures that name a neighbouring station first. */
	readonly wrongStations: number;
	/** Devices whose clock is a day early or late. */
	readonly wrongClocks: number;
	/** Uploads that break off at some byte and are resumed. */
	readonly brokenUploads: number;
	/** Stations that are offline for some hours, at most `offlineHoursMost`. */
	readonly offline: number;
	readonly offlineHoursMost: number;
	/** The longest that a request is on its way, real milliseconds before compression. */
	readonly delayMsMost: number;
	/** So many seconds of the night are played in one. */
	readonly compression: number;
}

/** The shares that the load of an election night is stated with, and a network of the years in which it was measured. */
export const REALISTIC_LINES: Lines = {
	seed: 'matokeo',
	lostAnswers: 20,
	resends: 100,
	secondDevices: 50,
	wrongStations: 20,
	wrongClocks: 10,
	brokenUploads: 50,
	offline: 30,
	offlineHoursMost: 6,
	delayMsMost: 3_000,
	compression: 600,
};

export const PERFECT_LINES: Lines = {
	...REALISTIC_LINES,
	lostAnswers: 0,
	resends: 0,
	secondDevices: 0,
	wrongStations: 0,
	wrongClocks: 0,
	brokenUploads: 0,
	offline: 0,
	delayMsMost: 0,
};

/** What happens to one thing that is sent, by its name: a statement's id, an image's digest. */
export interface Fate {
	readonly delayMs: number;
	readonly answerLost: boolean;
	readonly resent: boolean;
	/** Seconds by which the sender's clock is wrong. */
	readonly clockOff: number;
}

/** What happens to one form, by its contest and station. */
export interface FormFate {
	readonly secondDevice: boolean;
	readonly wrongStation: boolean;
	/** Seconds of the night for which its station is offline. */
	readonly offlineSeconds: number;
}

export interface Weather {
	readonly sent: (name: string) => Fate;
	readonly form: (contest: string, station: string) => FormFate;
	/** The byte at which an upload of this size breaks off, if it does; and whether it had been announced in a request of its own. */
	readonly upload: (sha256: string, size: number) => { readonly at: number; readonly announced: boolean } | undefined;
	/** Real milliseconds for seconds of the night. */
	readonly realMs: (nightSeconds: number) => number;
}

const DAY = 86_400;
const HOUR = 3_600;

export function weatherOf(suite: Suite, lines: Lines): Weather {
	const chance = chanceOf(suite, lines.seed);
	const happens = (share: number, ...name: readonly string[]) => share > 0 && chance.below(1000, ...name) < share;
	return {
		sent: (name) => ({
			delayMs: lines.delayMsMost === 0 ? 0 : chance.below(lines.delayMsMost, 'delay', name) / lines.compression,
			answerLost: happens(lines.lostAnswers, 'lost', name),
			resent: happens(lines.resends, 'resent', name),
			clockOff: happens(lines.wrongClocks, 'clock', name) ? (chance.below(2, 'early', name) === 0 ? -DAY : DAY) : 0,
		}),
		form: (contest, station) => ({
			secondDevice: happens(lines.secondDevices, 'second', contest, station),
			wrongStation: happens(lines.wrongStations, 'wrong', contest, station),
			offlineSeconds: happens(lines.offline, 'offline', station)
				? HOUR + chance.below(Math.max(1, (lines.offlineHoursMost - 1) * HOUR), 'hours', station)
				: 0,
		}),
		upload: (sha256, size) =>
			happens(lines.brokenUploads, 'broken', sha256)
				? { at: chance.below(size, 'byte', sha256), announced: chance.below(2, 'announced', sha256) === 0 }
				: undefined,
		realMs: (nightSeconds) => (nightSeconds * 1000) / lines.compression,
	};
}
