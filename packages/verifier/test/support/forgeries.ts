/**
 * Alterations by somebody who holds the log's key and signs again, or who makes a folder of his own: what only the rules, a kept checkpoint or the anchor can find.
 */

import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { inclusionRanges, leafHash, rangeHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { printLeaf } from '@matokeo/core/record/leaf.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { type Alteration, find, resigned } from './alterations.ts';
import { type Published, publish } from './publish.ts';
import {
	acceptance,
	byForger,
	capture,
	held,
	keyBehind,
	type Note,
	note,
	opened,
	presidential,
	reading,
	signBy,
	small,
	smallLog,
	suite,
	tick,
} from './smallLog.ts';

const log = smallLog();
const paper = presidential(100, 90, 30, 5);
const indexOf = (tag: string): number => log.findIndex((one) => one.tag === tag);
const idOf = (tag: string): string => find(log, tag).id;

function replaced(tag: string, by: (old: Note) => Note): (notes: Note[]) => readonly Note[] {
	return (notes) => notes.map((one) => (one.tag === tag ? by(one) : one));
}

function added(...more: readonly Note[]): (notes: Note[]) => readonly Note[] {
	return (notes) => [...notes, ...more];
}

/** The same statement with a space that canonical JSON does not have, signed by its author all the same. */
function respelled(old: Note): Note {
	const text = Buffer.from(Buffer.from(old.bytes).toString().split('\n\n')[0]?.replace('"poll":1', '"poll": 1') ?? '');
	const whole = Buffer.concat([text, Buffer.from('\n')]);
	const signature = {
		name: 'po/002',
		keyId: Buffer.from(old.bytes).toString().includes('po/002') ? keyIdIn(old) : '',
		signature: signBy('po/002', whole),
	};
	return { ...old, id: suite.sha256Hex(whole), bytes: printLeaf(whole, [signature]) };
}

function keyIdIn({ bytes }: Note): string {
	const line = Buffer.from(bytes).toString().trimEnd().split('\n').at(-1) ?? '';
	return Buffer.from(line.split(' ')[2] ?? '', 'base64')
		.subarray(0, 4)
		.toString('hex');
}

const form5 = capture('005', paper);
const reads5 = [reading(form5, 'clerk/1', paper), reading(form5, 'clerk/2', paper)] as const;
const other = presidential(1, 2, 3, 4);

/** Every statement here is void, and named with the rule that voids it. */
export const VOID: readonly Alteration[] = [
	{
		name: 'a statement spelled anew',
		make: () => resigned(replaced('capture 002', respelled)),
		finds: { check: 'spelling', rule: 'S3', index: indexOf('capture 002'), station: '002' },
		clears: ['tiles'],
	},
	{
		name: 'figures changed by the operator and signed with a key of his own',
		make: () => {
			const forged = note('capture 002', { ...bodyOf('002', presidential(190, 0, 0, 0)) }, ['po/002'], {
				signedWith: { 'po/002': 'po/forged' },
			});
			return resigned(replaced('capture 002', () => forged));
		},
		finds: { check: 'signatures', rule: 'S7', index: indexOf('capture 002'), station: '002' },
	},
	{
		name: 'a statement replayed from another election',
		make: () => resigned(added(note('x', bodyOf('005', paper), ['po/005'], { election: 'rehearsal-2026' }))),
		finds: { check: 'rules', rule: 'S5', index: 300, station: '005' },
	},
	{
		name: 'a statement made under another package',
		make: () => resigned(added(note('x', bodyOf('005', paper), ['po/005'], { digest: 'ab'.repeat(32) }))),
		finds: { check: 'rules', rule: 'S5', index: 300, station: '005' },
	},
	{
		name: 'a statement logged twice',
		make: () => resigned((notes) => [...notes, find(notes, 'capture 001')]),
		finds: { check: 'rules', rule: 'S8', index: 300, station: '001', statement: idOf('capture 001') },
	},
	{
		name: 'a clerk who touched the form before',
		make: () =>
			resigned(replaced('reading capture 002 clerk/2', () => reading(find(log, 'capture 002'), 'clerk/1', other))),
		finds: { check: 'rules', rule: 'S28', index: indexOf('reading capture 002 clerk/2'), station: '002' },
	},
	{
		name: 'a ruling without authority',
		make: () =>
			resigned(
				replaced('ruling 003', () =>
					acceptance('003', idOf('reading capture 003 clerk/1'), idOf('open capture 003'), ['po/003']),
				),
			),
		finds: { check: 'rules', rule: 'S10', index: indexOf('ruling 003'), station: '003' },
	},
	{
		name: 'a ruling with a stale "seen"',
		make: () =>
			resigned(
				replaced('ruling 003', () =>
					acceptance('003', idOf('reading capture 003 clerk/1'), idOf('reading capture 003 clerk/2')),
				),
			),
		finds: { check: 'rules', rule: 'S32', index: indexOf('ruling 003'), station: '003' },
	},
	{
		name: 'an opening that does not match its commitment',
		make: () => {
			const [first, second] = reads5;
			const lied = { ...second.opening, figures: presidential(101, 89, 30, 5) };
			return resigned(added(form5, held('005'), first, second, opened(form5, first.opening, lied)));
		},
		finds: { check: 'rules', rule: 'S29', index: 304, station: '005' },
	},
	{
		name: 'a revoked key',
		make: () => resigned(added(form5, held('005'), reading(form5, 'clerk/late', paper))),
		finds: { check: 'signatures', rule: 'S6', index: 302, station: '005' },
	},
	{
		name: 'a key that was never enrolled',
		make: () => resigned(added(form5, held('005'), reading(form5, 'clerk/nobody', paper))),
		finds: { check: 'signatures', rule: 'S6', index: 302, station: '005' },
	},
	{
		name: 'an enrolment by one registrar',
		make: () =>
			resigned((notes) => [...notes.slice(0, 2), note('enrol', enrolOne(), [REGISTRARS[0]]), ...notes.slice(2)]),
		finds: { check: 'rules', rule: 'S10', index: 2 },
	},
	{
		name: 'a key with a component of low order, enrolled',
		make: () =>
			resigned((notes) => [
				...notes.slice(0, 2),
				note('enrol', enrolOne(MIXED), [REGISTRARS[0], REGISTRARS[1]]),
				...notes.slice(2),
			]),
		finds: { check: 'rules', rule: 'S22', index: 2 },
	},
	{
		name: 'a clock that goes backwards',
		make: () => resigned(added(tick(0))),
		finds: { check: 'rules', rule: 'S24', index: 300 },
	},
];

const MIXED = Buffer.from('10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f', 'hex').toString('base64');

function enrolOne(key = Buffer.from(signBy('po/x', new Uint8Array(1)).subarray(0, 32)).toString('base64')) {
	const one = { holder: 'h', key, name: 'clerk/x', role: 'clerk', scope: {} } as const;
	return { type: 'key/enrol', keys: [one] } as const;
}

function bodyOf(station: string, figures: typeof paper) {
	const images = [{ kind: 'original', sha256: suite.sha256Hex(Buffer.from(station)), size: station.length }];
	return {
		type: 'form/capture',
		contest: 'president',
		images,
		kind: 'original',
		poll: 1,
		route: 'own-kit',
		station,
		figures,
	} as const;
}

/** A receipt for a note of a log, under that log's checkpoint. */
export function receiptFor({ notes, checkpoint }: Published, index: number): Uint8Array {
	const hashes = notes.map(({ bytes }) => leafHash(suite, bytes));
	const read = (node: { level: number; index: number }) =>
		ok(rootOf(suite, hashes.slice(node.index * 2 ** node.level, (node.index + 1) * 2 ** node.level)));
	const proof = inclusionRanges(index, notes.length).map((range) => {
		const hash = rangeHash(suite, read, range);
		if (!hash.ok) throw new Error(hash.error);
		return hash.value;
	});
	return printProof({ index, hashes: proof, checkpoint });
}

const VKEY = /([a-z0-9./-]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{44})/g;

/** An election of the same name whose every key is the forger's, and its whole log. */
export function forgedFolder(): string {
	const texts = [...small.files].filter(([path]) => path !== MANIFEST);
	const files = new Map(
		texts.map(([path, bytes]) => {
			const text = Buffer.from(bytes).toString();
			return [path, Buffer.from(byForger({ digest: '', prefix: 'forged ' }, () => text.replace(VKEY, forgedKey)))];
		}),
	);
	files.set(MANIFEST, Buffer.from(makeManifest(suite, files).bytes));
	const loaded = loadElection(suite, files);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
	const election = { ...small, files, election: loaded.value };
	return byForger({ digest: loaded.value.digest, prefix: 'forged ' }, () => publish(smallLog(), { election }).dir);
}

function forgedKey(line: string, name: string): string {
	const cosigns = Buffer.from(line.slice(line.lastIndexOf('+', name.length + 10) + 1), 'base64')[0] === 4;
	return printVerifierKey(keyBehind(name, cosigns ? 4 : 1));
}

/** Logs that are sound in themselves: only what the reader brings shows that they are not the ones. */
export const REWRITTEN: readonly Alteration[] = [
	{
		name: 'a statement dropped and the whole log signed again, against an older checkpoint',
		make: (sound) => ({
			...resigned((notes) => notes.filter(({ tag }) => !tag.includes('004'))),
			against: sound.checkpoint,
		}),
		finds: { check: 'against' },
		clears: ['tiles', 'signatures', 'rules', 'spelling', 'blobs', 'results'],
	},
	{
		name: 'two statements swapped and the whole log signed again, against an older checkpoint',
		make: (sound) => ({
			...resigned((notes) =>
				[...notes.slice(0, 290), ...notes.slice(290).filter(({ tag }) => !tag.startsWith('tick'))].concat(swap(notes)),
			),
			against: sound.checkpoint,
		}),
		finds: { check: 'against' },
	},
	{
		name: 'a fork at the same size',
		make: (sound) => ({ ...resigned((notes) => [...notes.slice(0, 299), tick(10_000)]), against: sound.checkpoint }),
		finds: { check: 'against' },
		clears: ['tiles', 'signatures', 'rules'],
	},
	{
		name: 'a log cut back and signed again, against a newer checkpoint',
		make: (sound) => ({ ...resigned((notes) => notes.slice(0, 280)), against: sound.checkpoint }),
		finds: { check: 'against' },
		clears: ['tiles', 'signatures', 'rules'],
	},
	{
		name: 'a log from which the receipt’s statement was dropped',
		make: (sound) => ({
			...resigned((notes) => notes.filter(({ tag }) => !tag.includes('004'))),
			against: receiptFor(sound, indexOf('capture 004')),
		}),
		finds: { check: 'against' },
	},
	{
		name: 'a receipt that proves another statement',
		make: (sound) => {
			const receipt = Buffer.from(receiptFor(sound, 10)).toString().replace('index 10\n', 'index 11\n');
			return { dir: sound.dir, against: Buffer.from(receipt) };
		},
		finds: { check: 'against', index: 11 },
	},
	{
		name: 'a checkpoint of somebody else',
		make: (sound) => ({ dir: sound.dir, against: publish(log.slice(0, 20), { logKey: 'po/001' }).checkpoint }),
		finds: { check: 'against' },
	},
	{
		name: 'a folder with a package of its own',
		make: () => ({ dir: forgedFolder() }),
		finds: { check: 'anchor', file: 'package/manifest.sha256' },
		anchored: true,
	},
	{
		name: 'a checkpoint signed by another key',
		make: () => ({ dir: publish(log, { logKey: 'po/001' }).dir }),
		finds: { check: 'checkpoint', file: 'checkpoint' },
	},
];

/** The last ten notes with two of them exchanged. */
function swap(notes: readonly Note[]): readonly Note[] {
	const last = notes.slice(290);
	const [a, b, ...rest] = last;
	return a === undefined || b === undefined ? last : [b, a, ...rest];
}
