/**
 * What is wrong with a piece of the election package's JSON, said so that a person can mend it: where, what was
 * expected, what came, what to do (RS2 of spec/results.md). A reader collects all problems; it does not stop at the first.
 */
export interface Problem {
	/** A JSON path such as `$.rounds[0].elect.any[1].share.gt`. */
	readonly path: string;
	readonly expected: string;
	readonly came: string;
	readonly todo: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value in a short spelling for a message; long texts are cut, and what is inside lists and objects is only counted or named. */
function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
	const text = isObject(value)
		? `an object with ${Object.keys(value).slice(0, 8).join(', ') || 'no keys'}`
		: JSON.stringify(value);
	return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Collects problems while a parser walks on. */
export class Problems {
	readonly list: Problem[] = [];

	add(path: string, expected: string, came: unknown, todo: string): undefined {
		this.list.push({ path, expected, came: shown(came), todo });
		return undefined;
	}

	/** The value as an object with no keys but the known ones. */
	object(value: unknown, path: string, known: readonly string[]): JsonObject | undefined {
		if (!isObject(value)) {
			return this.add(path, 'an object', value, `Write an object with some of the keys ${known.join(', ')}.`);
		}
		for (const key of Object.keys(value)) {
			if (known.includes(key)) continue;
			this.add(`${path}.${key}`, `one of the keys ${known.join(', ')}`, key, 'Remove the key or correct its spelling.');
		}
		return value;
	}

	/** The value as a text of a-z, 0-9 and `._/-`, or upper case where foreign area codes are allowed. */
	code(value: unknown, path: string, what: string): string | undefined {
		if (typeof value === 'string' && /^[A-Za-z0-9._/-]{1,64}$/.test(value)) return value;
		return this.add(
			path,
			`${what}: 1 to 64 of A-Z a-z 0-9 . _ / -`,
			value,
			`Write the ${what} as it stands in the package.`,
		);
	}
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
