/**
 * The small patterns of a key column: `#` a digit, `?` any one character, `*` any run of characters, parentheses around what is the code, everything else itself. Not
 * regular expressions, because a mapping comes from strangers and some of those never end: this takes time proportional to cell times pattern at worst.
 */
export interface Pattern {
	/** Literal characters, `#`, `?`, `*`; a literal is told from a sign by `literal`. */
	readonly parts: readonly { readonly sign: string; readonly literal: boolean }[];
	/** Place among the parts before which the code begins and ends. */
	readonly open: number;
	readonly close: number;
}

/** `undefined` for a pattern without exactly one pair of parentheses. A backslash makes the next character plain. */
export function parsePattern(text: string): Pattern | undefined {
	const parts: { sign: string; literal: boolean }[] = [];
	let open = -1;
	let close = -1;
	for (let at = 0; at < text.length; at++) {
		const sign = text.charAt(at);
		if (sign === '\\') {
			if (++at >= text.length) return undefined;
			parts.push({ sign: text.charAt(at), literal: true });
		} else if (sign === '(') {
			if (open >= 0) return undefined;
			open = parts.length;
		} else if (sign === ')') {
			if (open < 0 || close >= 0) return undefined;
			close = parts.length;
		} else parts.push({ sign, literal: !'#?*'.includes(sign) });
	}
	return close < 0 ? undefined : { parts, open, close };
}

/** The code in a cell that looks as the pattern says, else `undefined`. A star takes as little as it can. */
export function matchPattern({ parts, open, close }: Pattern, cell: string): string | undefined {
	const marks = new Map<number, number>();
	let at = 0;
	let part = 0;
	let star = -1;
	let starAt = 0;
	while (at < cell.length || part < parts.length) {
		const here = parts[part];
		if (part === open || part === close) marks.set(part, at);
		if (here !== undefined && !here.literal && here.sign === '*') {
			star = part++;
			starAt = at;
			continue;
		}
		if (here !== undefined && at < cell.length && fits(here, cell.charAt(at))) {
			at++;
			part++;
			continue;
		}
		if (star < 0 || starAt >= cell.length) return undefined;
		at = ++starAt;
		part = star + 1;
	}
	if (part === open || part === close) marks.set(part, at);
	return cell.slice(marks.get(open), marks.get(close));
}

function fits({ sign, literal }: { readonly sign: string; readonly literal: boolean }, character: string): boolean {
	if (literal) return sign === character;
	return sign === '?' || (sign === '#' && character >= '0' && character <= '9');
}
