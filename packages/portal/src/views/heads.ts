/**
 * The parts that many views share: the stamp of the log, the heads of election and contest, codes of the package with their words.
 */
import type { Code, Codes, Contest, Text } from '@matokeo/core/election/types.ts';
import { candidateKey } from '@matokeo/core/rules/rows.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import type { RecordReader } from '../record.ts';
import { shareOf } from './shareOf.ts';
import type { CodeView, ContestHead, ElectionHead, Named, NamedText, Stamp } from './types.ts';

export function stampOf(reader: RecordReader): Stamp {
	const { size, root, time } = reader.head();
	return { size, root: base64Encode(root), time, mode: reader.election.mode };
}

export function electionHead({ election }: RecordReader): Omit<ElectionHead, 'pauses'> {
	const { id, digest, mode, title, notice, log } = election;
	const contests = [...election.contests.values()].map((contest) => ({ id: contest.id, text: contest.title }));
	return { id, digest, mode, title, notice, origin: log.origin, contests };
}

export function contestHead({ election, rows }: RecordReader, contest: Contest): ContestHead {
	const names = new Map(contest.candidates.map(({ id, name }) => [id, name]));
	const share_of = shareOf(contest);
	const levels = election.levels.filter(({ id }) => contest.levels.includes(id));
	return {
		id: contest.id,
		title: contest.title,
		round: contest.round,
		scope: namedArea(election, contest.scope),
		levels: levels.map(({ id, name }): NamedText => ({ id, text: name })),
		fields: contest.fields.map(({ id, label, counted, candidate }) => ({
			id,
			label: candidate ? anyLanguage(names.get(id) ?? id) : label,
			counted,
			candidate,
		})),
		candidates: contest.candidates.map(({ id, order, name, party }) => {
			const amended = rows.get('candidate', candidateKey(contest.id, id));
			const party_name = election.parties.find((one) => one.id === party)?.name ?? {};
			return {
				id,
				order,
				name,
				party,
				party_name,
				status: amended?.status ?? 'standing',
				votes: amended?.votes ?? 'counted',
			};
		}),
		denominators: Object.entries(contest.denominators).map(([id, of]) =>
			of === 'registered'
				? { id, register: true, candidates: false, categories: [] }
				: { id, register: false, candidates: of.candidates, categories: of.categories },
		),
		...(share_of === undefined ? {} : { share_of }),
		collated: contest.collation.length > 0,
		declarable: contest.declaration !== undefined,
	};
}

/** A person's name is the same in every language. */
function anyLanguage(name: string): Text {
	return { en: name };
}

export function namedArea({ areas }: RecordReader['election'], id: string): Named {
	return { id, name: areas.get(id)?.name ?? id };
}

/** The code of this kind with its words; a code that the package does not know is shown as it was cited. */
export function codeView(codes: Codes, kind: keyof Codes, id: string): CodeView {
	return codeIn(codes[kind], id);
}

export function codeIn(list: readonly Code[], id: string): CodeView {
	const code = list.find((one) => one.id === id);
	return { id, text: code?.text ?? {}, citation: code?.citation ?? '' };
}
