/**
 * Why a statement is refused: the rule's id and the facts, in words a person can act on. The ids are those of `spec/statements.md`.
 */
export const RULES = {
	S1: 'three lines of text, the first naming this version and a known type',
	S2: 'the second line names an election and a package digest',
	S3: 'the third line is canonical JSON',
	S4: 'the body has its shape, the leaf its limits, and one signature for each name in "by"',
	S5: 'the statement belongs to this election and this package',
	S6: 'every signer holds a key in force',
	S7: 'every signature is true',
	S8: 'a text is logged once',
	S9: 'the log begins with election/open and a tick',
	S10: 'who may say this, and where',
	S20: 'election/open',
	S21: 'election/amend',
	S22: 'key/enrol',
	S23: 'key/revoke',
	S24: 'clock/tick',
	S25: 'log/witnessed',
	S26: 'blob/held and blob/withhold',
	S27: 'form/capture',
	S28: 'form/reading',
	S29: 'reading/open',
	S30: 'form/ruling',
	S31: 'station/status',
	S32: 'seen names the last statement on what it speaks of',
	S33: 'form/original',
	S34: 'tally/mark',
	S35: 'collation/certify',
	S36: 'result/declare',
	S37: 'result/dissent',
	S38: 'result/record',
	S39: 'objection/lodge',
	S40: 'objection/answer',
	S41: 'notice/file',
	S42: 'authority/order',
	S43: 'the gate',
	S44: 'count/lodge',
	S45: 'access/digest',
} as const;

export type RuleId = keyof typeof RULES;

export interface Refusal {
	readonly rule: RuleId;
	/** What was expected, what came, what can be done. */
	readonly why: string;
}

export function refuse(rule: RuleId, why: string): Refusal {
	return { rule, why };
}

/** The first refusal of several questions asked in order. */
export function firstOf(...questions: readonly (() => Refusal | undefined)[]): Refusal | undefined {
	for (const question of questions) {
		const refusal = question();
		if (refusal !== undefined) return refusal;
	}
	return undefined;
}
