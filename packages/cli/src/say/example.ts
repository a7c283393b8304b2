/**
 * The body of each statement as an example to fill in, with the package's own contests, stations, fields and codes. Every example has the right shape; whether the log would take it is
 * another question, and what only the sender can know (digests, ids) stands there as zeros.
 */
import type { Contest, Election, Station } from '@matokeo/core/election/types.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import { ACT_EXAMPLES } from './exampleActs.ts';

const NO_DIGEST = '0'.repeat(64);
const NO_KEY = `${'A'.repeat(43)}=`;

export interface First {
	readonly election: Election;
	readonly contest: Contest;
	readonly station: Station;
}

/** `undefined` for a package without any contest or station. */
export function exampleBody(election: Election, type: StatementType): JsonObject | undefined {
	const [contest] = election.contests.values();
	const [station] = election.stations.values();
	return contest === undefined || station === undefined ? undefined : EXAMPLES[type]({ election, contest, station });
}

const EXAMPLES: Readonly<Record<StatementType, (first: First) => JsonObject>> = {
	'election/open': ({ election }) => ({ origin: election.log.origin }),
	'election/amend': ({ election: { codes }, station }) => ({
		basis: codes.amend[0]?.id ?? 'code',
		change: { kind: 'register', registered: station.registered ?? 0, station: station.id },
	}),
	'key/enrol': ({ station }) => ({
		keys: [
			{
				holder: 'holder/4711',
				key: NO_KEY,
				name: `presiding/${station.id}`.slice(0, 64),
				role: 'presiding-officer',
				scope: { station: station.id },
			},
		],
	}),
	'key/revoke': ({ election: { codes }, station }) => ({
		key: `presiding/${station.id}`.slice(0, 64),
		reason: codes.revoke[0]?.id ?? 'code',
	}),
	'clock/tick': () => ({ time: 0 }),
	'log/witnessed': ({ election }) => ({ checkpoint: `${election.log.origin}\n0\n…\n` }),
	'access/digest': () => ({ files: [{ book: 'requests', lines: 0, sha256: NO_DIGEST, size: 0 }], from: 0, until: 1 }),
	'blob/held': () => ({ blobs: [{ sha256: NO_DIGEST, size: 1 }] }),
	'blob/withhold': ({ election: { codes } }) => ({ reason: codes.withhold[0]?.id ?? 'code', sha256: NO_DIGEST }),
	'station/status': ({ election: { codes }, contest, station }) => ({
		contest: contest.id,
		reason: codes.status[0]?.id ?? 'code',
		station: station.id,
		status: 'delayed',
	}),
	'form/capture': ({ election, contest, station }) => ({
		contest: contest.id,
		figures: figuresOf(contest),
		images: [{ kind: election.publicImages[0] ?? 'original', sha256: NO_DIGEST, size: 1 }],
		kind: 'original',
		poll: 1,
		route: 'own-kit',
		station: station.id,
	}),
	'form/reading': () => ({ capture: NO_DIGEST, commitment: NO_DIGEST }),
	'reading/open': ({ contest }) => ({
		capture: NO_DIGEST,
		openings: [
			{ attributes: {}, figures: figuresOf(contest), legibility: 'good', reading: NO_DIGEST, salt: NO_DIGEST },
		],
	}),
	...ACT_EXAMPLES,
	'form/ruling': ({ contest, station }) => ({
		contest: contest.id,
		decision: { kind: 'accept-reading', reading: NO_DIGEST },
		poll: 1,
		seen: NO_DIGEST,
		station: station.id,
	}),
};

function figuresOf({ fields }: Contest): JsonObject {
	return Object.fromEntries(fields.map(({ id }) => [id, 0]));
}
