/**
 * An election results report of NIST SP 1500-100 as a tree whose branches are made when they are asked for: one tree, written as JSON (`json.ts`) or as XML (`xml.ts`). The members of a node stand in the order of the XML schema, those of the class above first,
 * which JSON does not mind. It knows what kinds of values the format has, not what they mean.
 */

/** A text in languages, each with its tag. */
export interface Texts {
	readonly kind: 'texts';
	readonly texts: readonly (readonly [language: string, content: string])[];
}

/** Ids of other nodes: one of them, or a list. */
export interface Reference {
	readonly kind: 'one';
	readonly id: string;
}
export interface References {
	readonly kind: 'list';
	readonly ids: readonly string[];
}

/** Nodes of one kind, made one after the other; none of them: the member is left out. */
export interface Nodes {
	readonly kind: 'nodes';
	readonly nodes: Iterable<Node>;
}

export type Value = string | number | boolean | Texts | Reference | References | Nodes;
export type Member = readonly [name: string, value: Value];

export interface Node {
	/** Name of the class, without the name of the model. */
	readonly class: string;
	readonly id?: string;
	/** One of several classes that may stand at this place: XML has to say which. */
	readonly derived?: true;
	/** Has lists without a bound: written piece by piece. */
	readonly long?: true;
	readonly members: () => Iterable<Member>;
}

/** Members that are there; `undefined` is none. */
export function some(members: readonly (Member | undefined)[]): readonly Member[] {
	return members.flatMap((member) => (member === undefined ? [] : [member]));
}

export function nodes(list: Iterable<Node>): Nodes {
	return { kind: 'nodes', nodes: list };
}

export function one(id: string): Reference {
	return { kind: 'one', id };
}

/** A member with ids, left out when there are none. */
export function references(name: string, ids: readonly string[]): Member | undefined {
	return ids.length === 0 ? undefined : [name, { kind: 'list', ids }];
}
