/**
 * What nobody detects, or nobody but the one whom it harms, each with the reason. That the list is true is tested like everything else: an alarm about one of these is a failure of the list.
 */
import { QUORUM, STOLEN } from '../cast.ts';
import type { Undetectable } from '../disaster.ts';
import { SIDES, type World } from '../world.ts';
import { split } from './fatal.ts';

type Unseen = Omit<Undetectable, 'expect'>;

const unseen = (one: Unseen): Undetectable => ({ ...one, expect: 'undetectable' });

const isReady = ({ main, auditor }: World): boolean => main.log() !== undefined && auditor.size() > 30;

export const UNSEEN: readonly Undetectable[] = [
	unseen({
		id: 'statement-dropped',
		what: 'the operator throws a statement away before anybody but its sender saw it',
		because:
			'The sender has no receipt and knows it; to everybody else it is as if nothing had been sent. Help: send by another way, to a mirror that forwards it and says so.',
		explains: ['unacknowledged'],
		after: 'mended',
		begin: (world, chance) => {
			const side = chance.pick(SIDES);
			const front = world.fronts.get(side);
			if (!isReady(world) || front === undefined) return undefined;
			world.fronts.set(side, { ...front, swallows: ({ sender }) => sender.startsWith('crowd') });
			return { lasts: 60_000, end: () => void world.fronts.set(side, front) };
		},
	}),
	unseen({
		id: 'image-not-announced',
		what: 'the operator keeps an image and does not say so in the log',
		because:
			'The record shows a form of which no image is held, as it does when none was sent; only the sender knows better, and holds the digest that the server answered with. Help: publish the image elsewhere, its digest is in the capture.',
		explains: [],
		after: 'mended',
		begin: (world) => {
			if (!isReady(world)) return undefined;
			world.duties.announces = false;
			return {
				lasts: 60_000,
				end: () => {
					world.duties.announces = true;
				},
			};
		},
	}),
	unseen({
		id: 'clock-held-back-a-little',
		what: 'the log’s clock is held back by less than the tolerance',
		because:
			'Clocks differ and cosignatures take time: an earlier time within the tolerance (300 seconds) is nobody’s proof.',
		explains: [],
		after: 'mended',
		begin: (world, chance) => {
			if (!isReady(world) || world.skew.ms !== 0 || world.skew.frozenAt !== undefined) return undefined;
			world.skew.frozenAt = world.events.now();
			return {
				lasts: 1_000 * chance.between(30, 150),
				end: () => {
					world.skew.frozenAt = undefined;
				},
			};
		},
	}),
	unseen({
		id: 'officer-key-stolen-unwatched',
		what: 'a thief says something with an officer’s key, and the officer does not look',
		because: 'The signature is true. Only the holder of the key knows what the holder did not say.',
		explains: [],
		after: 'mended',
		begin: (world) => {
			if (!isReady(world) || world.thefts.used) return undefined;
			const answers = world.main.work((log) => log.append([STOLEN.bytes]));
			if (answers?.[0]?.kind !== 'receipt') return undefined;
			world.thefts.used = true;
			return { lasts: 60_000, end: () => undefined };
		},
	}),
	unseen({
		id: 'quorum-colludes-no-gossip',
		what: 'the operator signs another history for one side, a whole quorum cosigns both, and the sides compare nothing',
		because:
			'A side that compares with nobody and whose witnesses all lie cannot know of another history. Help: any one honest comparison, of two checkpoints, by anybody.',
		explains: [],
		after: 'the log is lost',
		begin: (world, chance) => {
			if (!isReady(world)) return undefined;
			for (const [name, witness] of world.witnesses) {
				if (QUORUM.some((one) => one === name)) witness.behave('colludes');
				else witness.crash();
			}
			world.gossip.on = false;
			world.gossip.witnesses = false;
			split(world, chance, true);
			return { lasts: 120_000, end: () => undefined };
		},
	}),
	unseen({
		id: 'old-record-shown-no-gossip',
		what: 'one side is shown an old record for a while, has no newer receipt, and compares with nobody',
		because:
			'What is shown was true at its time. That it is old shows in the time of the last cosignatures, which every page names; whether the log stands still or is withheld, nobody can tell from it alone.',
		explains: ['unwitnessed'],
		after: 'mended',
		begin: (world, chance) => {
			const side = chance.pick(SIDES);
			const front = world.fronts.get(side);
			if (!isReady(world) || front === undefined) return undefined;
			const files = front.machine.disk.copy();
			world.gossip.on = false;
			world.gossip.witnesses = false;
			world.holdersLook.on = false;
			world.fronts.set(side, { ...front, altered: () => (path) => files.get(path) });
			return {
				lasts: 90_000,
				end: () => {
					world.gossip.on = true;
					world.gossip.witnesses = true;
					world.holdersLook.on = true;
					world.fronts.set(side, front);
				},
			};
		},
	}),
];
