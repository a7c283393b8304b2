/** Every area at which a contest's collations are certified, step by step, with the certificate that is in force there. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { countAt } from '@matokeo/core/standings/vector.ts';
import type { RecordReader } from '../record.ts';
import { actViewOf } from './acts.ts';
import type { CertifiedArea, CollationsView } from './collationTypes.ts';
import { contestHead, namedArea, stampOf } from './heads.ts';

export function collationsView(reader: RecordReader, contest: Contest): CollationsView {
	const { election } = reader;
	const all = areasOf(election, contest);
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		steps: contest.collation.map(({ level, title, requires }) => ({
			level,
			name: election.levels.find(({ id }) => id === level)?.name ?? {},
			title,
			stage: requires,
			areas: all.flatMap((area) => (area.level === level ? (certifiedArea(reader, contest, area.id) ?? []) : [])),
		})),
	};
}

/** `undefined` where nothing is due. */
function certifiedArea(reader: RecordReader, contest: Contest, id: string): CertifiedArea | undefined {
	const { rows, baseline, election } = reader;
	const total = totalOf(baseline, rows, contest, id);
	const due = countAt(total, 'due');
	if (due + countAt(total, 'cancelled') + countAt(total, 'merged') === 0) return undefined;
	const { certificate: act, number = 0, stays = [] } = collationRow(rows, contest.id, id);
	const certificate = actViewOf(reader, contest, act);
	const mark = certificate?.mark === undefined ? undefined : rows.get('mark', certificate.mark);
	return {
		...namedArea(election, id),
		...(certificate === undefined ? {} : { certificate }),
		number,
		...(mark === undefined ? {} : { counted: mark.counts.counted }),
		due,
		stayed: stays.length > 0 || (contestRow(rows, contest.id).stays ?? []).length > 0,
	};
}
