/**
 * The statements in words (S20–S45; those from S33 on in `catalogueActs.ts`): what each says, who may say it, what its members mean. For help texts and for what a person reads before signing; what is
 * accepted is decided by `record/shapes.ts` and `rules/`, never here.
 */
import { SHAPES } from '@matokeo/core/record/shapes.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import { ACTS } from './catalogueActs.ts';

export interface Entry {
	/** Completes “By signing, you say: …”. */
	readonly says: string;
	readonly signers: string;
	/** Member → what stands there. */
	readonly members: readonly (readonly [string, string])[];
}

const LOG = "the log's key: the server says this by itself";
const SEEN = 'id of the last statement that changed this return: it is refused when something came in between';

export const CATALOGUE: Readonly<Record<StatementType, Entry>> = {
	'election/open': {
		says: 'this log opens for the election of this package',
		signers: "the authority's quorum",
		members: [['origin', 'the name of the log, as in the package']],
	},
	'election/amend': {
		says: 'the package is amended in this point from here on',
		signers: "the authority's quorum",
		members: [
			['basis', 'code of the basis in law, from the package'],
			[
				'change',
				'kind: candidate, station-added, station-moved, station-merged, register or deadline, with its members',
			],
		],
	},
	'key/enrol': {
		says: 'these keys may speak in these roles from here on',
		signers:
			"two registrars of different holders; after the first capture the authority's quorum; a party's root for its own agents",
		members: [['keys', 'objects as `matokeo key show FILE --enrol ROLE --holder PSEUDONYM` prints them']],
	},
	'key/revoke': {
		says: 'this key may not speak any more',
		signers: "two registrars; a party's root for its own agents",
		members: [
			['key', "the key's name"],
			['reason', 'code of the reason, from the package'],
		],
	},
	'clock/tick': { says: 'it is this time', signers: LOG, members: [['time', 'UTC seconds']] },
	'access/digest': {
		says: "these are the digests of the server's books of access for a period",
		signers: LOG,
		members: [
			['files', 'book (requests or operations), lines, sha256, size of each'],
			['from', 'UTC seconds: where the period before ends'],
			['seen', 'id of the digest before; left out for the first'],
			['until', 'UTC seconds'],
		],
	},
	'log/witnessed': {
		says: 'witnesses saw this checkpoint of this log',
		signers: LOG,
		members: [['checkpoint', 'a cosigned checkpoint, verbatim']],
	},
	'blob/held': {
		says: 'these images are held',
		signers: LOG,
		members: [['blobs', 'objects with sha256 and size']],
	},
	'blob/withhold': {
		says: 'this image is not shown to the public',
		signers: "the authority's quorum",
		members: [
			['reason', 'code of the reason, from the package'],
			['sha256', 'digest of the image'],
		],
	},
	'station/status': {
		says: 'this is how it stands with the station in this contest',
		signers:
			"a returning officer (open, delayed, not-opened, return-lost); the authority's quorum (postponed, cancelled, merged, re-poll)",
		members: [
			['contest', 'id'],
			['reason', 'code of the reason, from the package'],
			['seen', `${SEEN}; left out when nothing was said about it before`],
			['station', 'id'],
			['status', 'open, delayed, not-opened, return-lost, postponed, cancelled, merged or re-poll'],
		],
	},
	'form/capture': {
		says: 'this is what the paper form shows, as photographed',
		signers: 'a presiding or receiving officer, an agent or an observer',
		members: [
			['contest', 'id'],
			['figures', 'field → number, "blank", "illegible" or "struck"; may be left out'],
			['images', 'objects with kind, sha256 and size; --image KIND=FILE fills them in'],
			['kind', 'original, carbon-copy, agent-copy, posted-copy, replacement, amendment, recount, court or collation'],
			['poll', '1, or 2 and more after a re-poll'],
			['route', 'own-kit, other-kit, paper, hand-carry or court'],
			['serial', 'the printed serial as it stands on the paper; may be left out'],
			['station', 'id (for a collation sheet: area)'],
			['agents, attributes, replaces', 'where the form has them'],
		],
	},
	'form/reading': {
		says: 'I have read this form by myself, and bind myself to what I read without showing it yet',
		signers: 'a clerk who has not touched this form before',
		members: [
			['capture', 'id of the capture'],
			['commitment', 'salted digest of what was read (S28); what was read is handed in afterwards, in confidence'],
		],
	},
	'reading/open': {
		says: 'these are the readings of this form, opened together',
		signers: LOG,
		members: [
			['capture', 'id of the capture'],
			['openings', 'what each clerk read, with its salt'],
		],
	},
	'form/ruling': {
		says: 'this is decided about this return',
		signers: 'a returning officer in scope; two for accept-as-written, disregard, and readings that never match',
		members: [
			['contest', 'id'],
			[
				'decision',
				'kind: accept-reading, one-more-reading, quarantine, release, accept-as-written, disregard or admit-original, with its members; never a number',
			],
			['poll', '1, or 2 and more after a re-poll'],
			['seen', SEEN],
			['station', 'id'],
		],
	},
	...ACTS,
};

export function isStatementType(text: string): text is StatementType {
	return Object.hasOwn(SHAPES, text);
}

export function listOfTypes(): string {
	return Object.entries(CATALOGUE)
		.map(([type, { says }]) => `  ${type.padEnd(17)} ${says}`)
		.join('\n');
}

export function helpOf(type: StatementType): string {
	const { says, signers, members } = CATALOGUE[type];
	const lines = members.map(([name, text]) => `  ${name.padEnd(12)} ${text}`);
	return [
		`${type}: ${says}.`,
		`Signed by: ${signers}.`,
		'Members of the body ("by" is filled in from the keys):',
		...lines,
	].join('\n');
}
