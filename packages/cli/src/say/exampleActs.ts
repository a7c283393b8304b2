/** Example bodies of statements about what has been counted and of what people file (S33–S44), with the package's own ids and codes. */
import type { JsonObject } from '@matokeo/core/std/canonical.ts';
import type { ActType } from './catalogueActs.ts';
import type { First } from './example.ts';

const NO_DIGEST = '0'.repeat(64);
/** Some day in the past: whoever fills it in puts the true time. */
const SOME_TIME = 1_577_836_800;

export const ACT_EXAMPLES: Readonly<Record<ActType, (first: First) => JsonObject>> = {
	'form/original': ({ contest, station }) => ({
		contest: contest.id,
		custody: { from: 'presiding-officer', seal: 'intact' },
		differs: [],
		poll: 1,
		reading: NO_DIGEST,
		station: station.id,
	}),
	'tally/mark': ({ contest }) => ({ area: contest.scope, contest: contest.id }),
	'collation/certify': (first) => ({ area: first.contest.scope, ...onMark(first) }),
	'result/declare': (first) => ({
		...onMark(first),
		outcome: { candidate: first.contest.candidates[0]?.id ?? 'candidate', kind: 'elected' },
		texts: { en: NO_DIGEST, es: NO_DIGEST, sw: NO_DIGEST },
	}),
	'result/dissent': ({ election: { codes }, contest }) => ({
		contest: contest.id,
		of: NO_DIGEST,
		reason: codes.dissent[0]?.id ?? 'code',
	}),
	'result/record': ({ contest }) => ({ contest: contest.id, document: NO_DIGEST, when: SOME_TIME }),
	'objection/lodge': ({ election: { proceedings }, contest, station }) => {
		const [ground] = proceedings.grounds;
		const onReturn = ground?.on.includes('return') ?? true;
		return {
			contest: contest.id,
			ground: ground?.id ?? 'ground',
			target: onReturn ? { kind: 'return', poll: 1, station: station.id } : { kind: 'contest' },
		};
	},
	'objection/answer': ({ election: { codes } }) => ({
		objection: NO_DIGEST,
		outcome: 'upheld',
		reason: codes.answer[0]?.id ?? 'code',
		seen: NO_DIGEST,
	}),
	'notice/file': ({ election: { codes } }) => ({
		notice: {
			attempted: codes.attempt[0]?.id ?? 'code',
			checks: [{ check: 'replay', from: 0, to: 0 }],
			from: SOME_TIME,
			kind: 'incident',
			outcome: 'failed',
			surface: codes.surface[0]?.id ?? 'code',
			touched: [],
		},
	}),
	'count/lodge': ({ contest }) => ({
		at: 0,
		contest: contest.id,
		obtained: 'forms',
		rows: 1,
		table: NO_DIGEST,
		text: NO_DIGEST,
	}),
	'authority/order': ({ election: { codes, proceedings }, contest }) => ({
		basis: codes.order[0]?.id ?? 'code',
		citation: '1/2020',
		court: proceedings.courts[0]?.id ?? 'court',
		decided: SOME_TIME,
		document: NO_DIGEST,
		order: { contest: contest.id, kind: 'stay' },
	}),
};

function onMark({ contest }: First): JsonObject {
	const counted = contest.fields.filter((field) => field.counted);
	return {
		contest: contest.id,
		counts: {
			cancelled: 0,
			counted: 0,
			disregarded: 0,
			due: 0,
			merged: 0,
			missing: 0,
			objections: 0,
			postponed: 0,
			quarantined: 0,
			set_aside: 0,
			uncertified: 0,
			unverified: 0,
		},
		list: NO_DIGEST,
		mark: NO_DIGEST,
		number: 1,
		totals: Object.fromEntries(counted.map(({ id }) => [id, 0])),
	};
}
