/** Values out of JSON that anybody may have written: members by name, rows, words and whole numbers, and an empty one for whatever is something else. Whoever reads with these prints again and compares. */

export function membersOf(value: unknown): ReadonlyMap<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
	return new Map<string, unknown>(Object.entries(value));
}

export function rowsOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? Array.from<unknown>(value) : [];
}

export function wordOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

export function wholeOf(value: unknown): number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

/** `undefined` for what is no JSON. */
export function readJson(text: string): ReadonlyMap<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return membersOf(value);
	} catch {
		return undefined;
	}
}
