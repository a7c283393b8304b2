/** What the operator does, or suffers, and what others detect; afterwards it is put right and the log goes on. */

import { STOLEN } from '../cast.ts';
import type { Chance } from '../chance.ts';
import { contentOf, notesOf } from '../content.ts';
import type { Begun, Detected } from '../disaster.ts';
import { folder } from '../treeOf.ts';
import { SIDES, served, type World } from '../world.ts';

type Mended = Omit<Detected, 'expect' | 'after'>;

const mended = (one: Mended): Detected => ({ ...one, expect: 'detected', after: 'mended' });

/** Until it is detected: `play` ends it then, and complains if it never is. */
const UNTIL_SEEN = 3_600_000;
/** Statements that a log must have before there is anything worth forging. */
const ENOUGH = 30;

const isReady = ({ main, auditor }: World): boolean => main.log() !== undefined && auditor.size() > ENOUGH;

/** The database made again from what is published, as `matokeo rebuild` does. */
function rebuild({ main }: World): void {
	main.store.restore(contentOf(notesOf(main), main.store.keptOpenings()));
}

/** Edits the database of a stopped server; afterwards it is made again from what is published. */
function edited(world: World, edit: () => void): Begun {
	world.main.stop();
	world.auditor.excuse(world.main);
	edit();
	world.boot('unchecked');
	return {
		lasts: UNTIL_SEEN,
		end: () => {
			world.main.stop();
			rebuild(world);
			world.auditor.unexcuse(world.main);
			world.boot('checked');
		},
	};
}

/** Puts files out of their place behind everybody's back. */
function tampered(world: World, path: string, bytes: Uint8Array | undefined): Begun {
	const { disk } = world.main;
	const before = disk.read(path);
	disk.tamper(path, bytes);
	return { lasts: UNTIL_SEEN, end: () => disk.tamper(path, before) };
}

function publicImage({ main }: World, chance: Chance): string | undefined {
	const held = [...main.store.rowsOf('blob')].filter(({ json }) => json.includes('"held"')).map(({ key }) => key);
	const shown = held.map(folder.publicBlob).filter((path) => main.disk.sizeOf(path) !== undefined);
	return shown.length === 0 ? undefined : chance.pick(shown);
}

export const MENDED: readonly Detected[] = [
	mended({
		id: 'total-edited',
		what: 'the operator edits a total in the database',
		by: 'any monitor, which adds up the totals itself',
		reveals: ['results-differ', 'rows-differ'],
		explains: [],
		within: 150,
		begin: (world) => {
			const { main } = world;
			const [total] = [...main.store.rowsOf('total')].filter(({ key }) => key === 'president|land');
			if (!isReady(world) || total === undefined) return undefined;
			const json = total.json.replace(
				/"reported":\[([0-9]+)/,
				(_all, votes: string) => `"reported":[${Number(votes) + 500}`,
			);
			return json === total.json ? undefined : edited(world, () => main.store.tamper('total', total.key, json));
		},
	}),
	mended({
		id: 'row-added',
		what: 'the operator adds a row that no statement explains and that shows in no result',
		by: 'whoever runs `fsck` on the database, which no one outside can',
		reveals: ['rows-differ'],
		explains: [],
		within: 120,
		begin: (world, chance) =>
			isReady(world)
				? edited(world, () =>
						world.main.store.tamper('keyUse', `${chance.below(9)}`.repeat(64), '{"name":"clerk/none"}'),
					)
				: undefined,
	}),
	mended({
		id: 'database-restored',
		what: 'the operator puts back an old backup of the database beside newer published files',
		by: 'the server itself, which does not start',
		reveals: ['refuses-to-start'],
		explains: [],
		within: 60,
		begin: (world) => {
			const old = world.backups.at(0);
			if (!isReady(world) || old === undefined || old.store.head.size >= world.auditor.size()) return undefined;
			const truth = world.main.copy();
			world.main.stop();
			world.auditor.excuse(world.main);
			world.main.store.restore(old.store);
			world.boot('checked');
			return {
				lasts: UNTIL_SEEN,
				end: () => {
					world.main.stop();
					world.main.store.restore(
						contentOf(
							truth.store.statements.map(({ note }) => note),
							[...truth.store.openings.values()],
						),
					);
					world.auditor.unexcuse(world.main);
					world.boot('checked');
				},
			};
		},
	}),
	mended({
		id: 'machine-restored',
		what: 'the operator puts back a snapshot of the whole machine',
		by: 'the server itself, whose witnesses have seen more: it does not start',
		reveals: ['refuses-to-start'],
		explains: [],
		within: 60,
		begin: (world) => {
			const old = world.backups.at(0);
			if (!isReady(world) || old === undefined || !world.isWitnessedAbove(old.store.head.size)) return undefined;
			const truth = world.main.copy();
			world.main.stop();
			world.auditor.excuse(world.main);
			world.main.restore(old);
			world.boot('checked');
			return {
				lasts: UNTIL_SEEN,
				end: () => {
					world.main.stop();
					world.main.restore(truth);
					world.auditor.unexcuse(world.main);
					world.boot('checked');
				},
			};
		},
	}),
	mended({
		id: 'image-withheld',
		what: 'the operator takes away a public image that the log says is held',
		by: 'any monitor that fetches images',
		reveals: ['image-missing'],
		explains: [],
		within: 90,
		begin: (world, chance) => {
			const path = isReady(world) ? publicImage(world, chance) : undefined;
			return path === undefined ? undefined : tampered(world, path, undefined);
		},
	}),
	mended({
		id: 'image-replaced',
		what: 'the operator shows another image under the digest of one that is held',
		by: 'any monitor that fetches images',
		reveals: ['image-missing'],
		explains: [],
		within: 90,
		begin: (world, chance) => {
			const path = isReady(world) ? publicImage(world, chance) : undefined;
			return path === undefined ? undefined : tampered(world, path, new Uint8Array([1, 2, 3]));
		},
	}),
	mended({
		id: 'entries-damaged',
		what: 'a published file of entries is changed',
		by: 'any monitor that fetches the log from the beginning again',
		reveals: ['damaged'],
		explains: [],
		within: 150,
		begin: (world) => {
			const path = folder.bundle({ index: 0, width: 256 });
			const bytes = world.main.disk.read(path);
			if (!isReady(world) || bytes === undefined) return undefined;
			const changed = Uint8Array.from(bytes);
			changed[300] = (changed[300] ?? 0) ^ 1;
			return tampered(world, path, changed);
		},
	}),
	mended({
		id: 'old-record-shown',
		what: 'the operator goes on showing one side the record of some time ago',
		by: 'that side’s monitor, to which the other side or a witness tells of more; whoever holds a newer receipt',
		reveals: ['withheld', 'receipt-broken'],
		explains: ['unwitnessed', 'withheld', 'receipt-broken'],
		within: 150,
		begin: (world, chance) => {
			const side = chance.pick(SIDES);
			const then = served(world, side);
			const front = world.fronts.get(side);
			if (!isReady(world) || then === undefined || front === undefined) return undefined;
			world.fronts.set(side, { ...front, altered: () => then });
			return { lasts: UNTIL_SEEN, end: () => void world.fronts.set(side, front) };
		},
	}),
	mended({
		id: 'statements-refused',
		what: 'the operator refuses, over the log’s signature, what the rules admit',
		by: 'the sender, who holds the refusal and asks the rules',
		reveals: ['unjust-refusal'],
		explains: ['unacknowledged'],
		within: 120,
		begin: (world, chance) => {
			const side = chance.pick(SIDES);
			const front = world.fronts.get(side);
			if (!isReady(world) || front === undefined) return undefined;
			world.fronts.set(side, { ...front, refuses: ({ sender }) => sender.startsWith('crowd') });
			return { lasts: UNTIL_SEEN, end: () => void world.fronts.set(side, front) };
		},
	}),
	mended({
		id: 'officer-key-stolen',
		what: 'a thief says something with an officer’s key',
		by: 'the officer, who looks for statements by the own key',
		reveals: ['not-my-statement'],
		explains: [],
		within: 90,
		begin: (world) => {
			if (!isReady(world) || world.thefts.used) return undefined;
			const answers = world.main.work((log) => log.append([STOLEN.bytes]));
			if (answers?.[0]?.kind !== 'receipt') return undefined;
			world.thefts.used = true;
			world.thefts.watched = true;
			return { lasts: UNTIL_SEEN, end: () => undefined };
		},
	}),
];
