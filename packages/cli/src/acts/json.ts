/** Reading what a server answers, member by member: whatever is not there, or of another kind, is `undefined`. Nothing is believed because of its shape. */

/** `undefined` for what is not JSON. */
export function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function at(value: unknown, ...path: readonly string[]): unknown {
	let inside = value;
	for (const name of path) {
		if (typeof inside !== 'object' || inside === null) return undefined;
		inside = Object.getOwnPropertyDescriptor(inside, name)?.value;
	}
	return inside;
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
	const found = at(value, ...path);
	return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
	const found = at(value, ...path);
	return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
	const found = at(value, ...path);
	return Array.isArray(found) ? found : [];
}

export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] {
	return listAt(value, ...path).filter((one) => typeof one === 'string');
}

/** Numbers in their order; `undefined` where there is no list, or one of it is no number. */
export function numbersAt(value: unknown, ...path: readonly string[]): readonly number[] | undefined {
	const list = at(value, ...path);
	if (!Array.isArray(list)) return undefined;
	const numbers = list.filter((one): one is number => typeof one === 'number' && Number.isSafeInteger(one));
	return numbers.length === list.length ? numbers : undefined;
}
