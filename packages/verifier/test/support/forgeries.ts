/**
 * Statements that somebody with the log's key lets into the log although the rules refuse them: everything is signed again and the tree is sound, so that only the rules can find them.
 */
import { encodeBundle } from '@matokeo/core/log/bundle.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { printTilePath } from '@matokeo/core/log/tilePath.ts';
import { appendToTiles, EMPTY_EDGE } from '@matokeo/core/log/tiles.ts';
import { printLeaf } from '@matokeo/core/record/leaf.ts';
import { ORIGIN, REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { type Alteration, find, resigned } from './alterations.ts';
import { type Published, put } from './publish.ts';
import {
	acceptance,
	capture,
	held,
	type Note,
	note,
	opened,
	presidential,
	reading,
	START,
	signBy,
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
		name: "a tick that the log's key did not sign",
		make: () => {
			const time = { type: 'clock/tick', time: START + 9999 } as const;
			return resigned(added(note('x', time, [ORIGIN], { signedWith: { [ORIGIN]: 'po/forged' } })));
		},
		finds: { check: 'signatures', rule: 'S7', index: 300 },
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

/** A vote changed, and its tile with it: everything below the signed root fits together. */
function tileWithBundle({ dir, notes }: Published): { readonly dir: string } {
	const changed = notes.map((one) => {
		if (one.tag !== 'capture 002') return one;
		const text = Buffer.from(one.bytes).toString().replace('"alba":101', '"alba":901');
		return { ...one, bytes: Buffer.from(text) };
	});
	const { tiles } = appendToTiles(
		suite,
		EMPTY_EDGE,
		changed.map(({ bytes }) => leafHash(suite, bytes)),
	);
	for (const { tile, bytes } of tiles) put(dir, printTilePath(tile), bytes);
	put(dir, 'tile/entries/000', encodeBundle(changed.slice(0, 256).map(({ bytes }) => bytes)));
	return { dir };
}

/** Results that cannot be what the log gives, whatever they look like. */
function results(text: string): Alteration['make'] {
	return ({ dir }) => {
		put(dir, 'results/president.json', text);
		return { dir };
	};
}

export const CONSISTENT: readonly Alteration[] = [
	{
		name: 'a vote in a bundle, with every tile changed to fit: the root does not',
		make: tileWithBundle,
		finds: { check: 'tiles', file: 'checkpoint' },
	},
	{
		name: 'a vote in a bundle, with every tile changed to fit: nor does the signature',
		make: tileWithBundle,
		finds: { check: 'signatures', rule: 'S7', station: '002', contest: 'president' },
	},
	{
		name: 'results that are no JSON',
		make: results('{"log":'),
		finds: { check: 'results', contest: 'president' },
	},
	{
		name: 'results nested without end',
		make: results(`{"log":{"size":300},"results":${'['.repeat(5000)}${']'.repeat(5000)}}`),
		finds: { check: 'results', contest: 'president' },
	},
];
