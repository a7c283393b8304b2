/** Small nodes that stand in many places of a report: texts in languages, codes of the package, the state of a count. */
import type { Text } from '@matokeo/core/election/types.ts';
import type { Member, Node, Texts } from '../write/node.ts';

/** A name that is the same in every language: BCP 47 has `und` for a language that is not said. */
const ANY_LANGUAGE = 'und';

export function texts(text: Text): Texts {
	return { kind: 'texts', texts: Object.entries(text) };
}

export function nameText(name: string): Texts {
	return { kind: 'texts', texts: [[ANY_LANGUAGE, name]] };
}

export function externalId(kind: string, value: string): Node {
	const type: readonly Member[] =
		kind === 'ocd-id'
			? [['Type', 'ocd-id']]
			: [
					['Type', 'other'],
					['OtherType', kind],
				];
	return { class: 'ExternalIdentifier', members: () => [...type, ['Value', value]] };
}

export type CountState = 'completed' | 'in-process' | 'not-processed';

/** `other`: what the word for the state leaves unsaid, such as `president:quarantined`. */
export function countStatus(state: CountState, other?: string): Node {
	const type: readonly Member[] =
		other === undefined
			? [['Type', 'total']]
			: [
					['Type', 'other'],
					['OtherType', other],
				];
	return { class: 'CountStatus', members: () => [['Status', state], ...type] };
}

export function stateOf({
	due,
	done,
	received,
}: {
	readonly due: number;
	readonly done: number;
	readonly received: number;
}): CountState {
	if (done === due) return 'completed';
	return received === 0 && done === 0 ? 'not-processed' : 'in-process';
}
