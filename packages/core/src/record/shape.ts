/**
 * Small closures that say what a JSON value must look like and answer in words where it does not. They run on every leaf
 * of the log, so they neither copy nor normalise: a value that fits is used as it was parsed. Where it lies is put into words only for a value
 * that does not fit: it is then asked once more, at each of the few levels above it.
 */
import type { Json, JsonObject } from '../std/canonical.ts';

/** `undefined` when the value fits, else what was expected and where. */
export type Shape = (value: Json, at: string) => string | undefined;

export interface Member {
	readonly shape: Shape;
	readonly optional: boolean;
}

export const required = (shape: Shape): Member => ({ shape, optional: false });
export const optional = (shape: Shape): Member => ({ shape, optional: true });

function isObject(value: Json): value is JsonObject {
	return typeof value === 'object' && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}

export function object(members: Readonly<Record<string, Member>>): Shape {
	const known = new Map(Object.entries(members));
	const needed = [...known].filter(([, member]) => !member.optional).map(([name]) => name);
	return (value, at) => {
		if (!isObject(value)) return `${at} must be an object`;
		let found = 0;
		for (const name in value) {
			const member = known.get(name);
			if (member === undefined) return `${at} has a member "${name}" that does not belong there`;
			if (!member.optional) found++;
			const inner = value[name] ?? '';
			if (member.shape(inner, at) !== undefined) return member.shape(inner, `${at}.${name}`);
		}
		if (found === needed.length) return undefined;
		return `${at} lacks ${needed.filter((name) => !Object.hasOwn(value, name)).join(', ')}`;
	};
}

export function array(shape: Shape, least: number, most: number): Shape {
	return (value, at) => {
		if (!isList(value)) return `${at} must be a list`;
		if (value.length < least || value.length > most)
			return `${at} must have ${least} to ${most} members, it has ${value.length}`;
		for (let i = 0; i < value.length; i++) {
			const inner = value[i] ?? '';
			if (shape(inner, at) !== undefined) return shape(inner, `${at}[${i}]`);
		}
		return undefined;
	};
}

/** An object used as a table: any names that match, all values of one shape. */
export function table(name: RegExp, shape: Shape, most: number): Shape {
	return (value, at) => {
		if (!isObject(value)) return `${at} must be an object`;
		let size = 0;
		for (const key in value) {
			if (!name.test(key)) return `${at} has the name "${key}", expected ${name.source}`;
			if (++size > most) return `${at} has more than ${most} members`;
			const inner = value[key] ?? '';
			if (shape(inner, at) !== undefined) return shape(inner, `${at}.${key}`);
		}
		return undefined;
	};
}

export function text(pattern: RegExp): Shape {
	return (value, at) =>
		typeof value === 'string' && pattern.test(value) ? undefined : `${at} must be text like ${pattern.source}`;
}

export function oneOf(...words: readonly string[]): Shape {
	const known = new Set<Json>(words);
	return (value, at) => (known.has(value) ? undefined : `${at} must be one of ${words.join(', ')}`);
}

export function integer(least: number, most: number): Shape {
	return (value, at) => {
		if (typeof value !== 'number') return `${at} must be an integer, not ${JSON.stringify(value)}`;
		return value >= least && value <= most ? undefined : `${at} must be from ${least} to ${most}, it is ${value}`;
	};
}

export function either(tag: string, shapes: Readonly<Record<string, Shape>>): Shape {
	const known = new Map(Object.entries(shapes));
	return (value, at) => {
		if (!isObject(value)) return `${at} must be an object`;
		const kind = value[tag];
		const shape = typeof kind === 'string' ? known.get(kind) : undefined;
		return shape === undefined ? `${at}.${tag} must be one of ${[...known.keys()].join(', ')}` : shape(value, at);
	};
}

export const ID = /^[a-z0-9._/-]{1,64}$/;
export const id: Shape = text(ID);
/** A code of the package, which is an id of it. */
export const code: Shape = text(ID);
/** What a rule of results calls a body or a procedure (RS2). */
export const named: Shape = text(/^[A-Za-z0-9._/-]{1,64}$/);
export const digest: Shape = text(/^[0-9a-f]{64}$/);
