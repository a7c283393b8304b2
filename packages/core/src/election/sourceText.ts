/**
 * The bytes of a package's text file as text, strictly (`spec/package.md`, P10–P14): UTF-8 without byte order mark, LF
 * line ends, Unicode NFC, nothing that cannot be seen. A wrong encoding or line end is one problem, not one per
 * line; where the meaning is clear reading goes on, so that the other problems are found in the same run.
 */
import { utf8Decode } from '../std/bytes.ts';
import { codePoint, type Problem, type ProblemList } from './problem.ts';

export interface SourceText {
	readonly file: string;
	/** With LF line ends, whatever the file had. */
	readonly text: string;
	/** Line and column of an offset in `text`. */
	readonly placeAt: (offset: number) => Place;
}

export interface Place {
	readonly line: number;
	readonly column: number;
}

/** The text, or `undefined` when it cannot be read at all; what was wrong is added to the problems. */
export function readSource(file: string, bytes: Uint8Array, problems: ProblemList): SourceText | undefined {
	const tell = (rule: string, place: Place, expected: string, came: string, toDo: string): undefined => {
		problems.add({ rule, file, ...place, expected, came, toDo });
	};
	const decoded = utf8Decode(bytes);
	const wide = probableUtf16(bytes);
	if (wide !== undefined) {
		return tell('P10', FILE, 'UTF-8', wide, 'save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”)');
	}
	if (decoded === undefined) {
		const bad = firstMalformed(bytes);
		return tell('P10', bad.place, 'UTF-8', bad.came, 'save the file as UTF-8; check names with accents afterwards');
	}
	let text = decoded;
	if (text.startsWith('\uFEFF')) {
		tell('P11', START, 'no byte order mark', 'U+FEFF at the start', 'save as “UTF-8 without BOM”');
		text = text.slice(1);
	}
	text = withLineFeeds(text, (came) => {
		tell('P12', FILE, 'lines that end with LF (Unix)', came, 'convert the line ends to LF; nothing else changes');
	});
	for (const problem of strangeCharacters(file, text)) problems.add(problem);
	return { file, text, placeAt: placesOf(text) };
}

/** Finds lines by bisection in an index that is made when the first problem asks. */
function placesOf(text: string): (offset: number) => Place {
	const starts: number[] = [];
	return (offset) => {
		if (starts.length === 0) {
			starts.push(0);
			for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
		}
		let low = 0;
		let high = starts.length;
		while (high - low > 1) {
			const middle = (low + high) >>> 1;
			if ((starts[middle] ?? 0) <= offset) low = middle;
			else high = middle;
		}
		return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
	};
}

const FILE: Place = { line: 0, column: 0 };
const START: Place = { line: 1, column: 1 };

function probableUtf16(bytes: Uint8Array): string | undefined {
	const [first, second] = [bytes[0], bytes[1]];
	if (first === 0xff && second === 0xfe) return 'UTF-16 (little-endian byte order mark)';
	if (first === 0xfe && second === 0xff) return 'UTF-16 (big-endian byte order mark)';
	const sample = bytes.subarray(0, 200);
	let even = 0;
	let odd = 0;
	for (let at = 0; at < sample.length; at++) {
		if (sample[at] !== 0) continue;
		if (at % 2 === 0) even += 1;
		else odd += 1;
	}
	const half = sample.length / 2;
	if (sample.length < 4 || even + odd < half / 2) return undefined;
	if (odd > 0 && even === 0) return 'bytes that look like UTF-16 (little-endian, no byte order mark)';
	if (even > 0 && odd === 0) return 'bytes that look like UTF-16 (big-endian, no byte order mark)';
	return undefined;
}

/** Where UTF-8 first breaks, and what the bytes probably are. Bisects on the strict decoder, cutting at line feeds. */
function firstMalformed(bytes: Uint8Array): { readonly place: Place; readonly came: string } {
	let line = 1;
	let start = 0;
	for (;;) {
		const feed = bytes.indexOf(0x0a, start);
		const end = feed < 0 ? bytes.length : feed;
		if (utf8Decode(bytes.subarray(start, end)) === undefined || feed < 0) break;
		line += 1;
		start = end + 1;
	}
	let good = start;
	const limit = Math.min(bytes.length, start + 100_000);
	for (let at = start; at < limit; at++) {
		const size = sequenceSize(bytes[at] ?? 0);
		if (size === 0 || utf8Decode(bytes.subarray(at, at + size)) === undefined) break;
		good = at + size;
		at += size - 1;
	}
	const column = (utf8Decode(bytes.subarray(start, good)) ?? '').length + 1;
	const byte = (bytes[good] ?? 0).toString(16).toUpperCase().padStart(2, '0');
	return { place: { line, column }, came: `byte 0x${byte}; the file is probably ${probableEightBit(bytes)}` };
}

function sequenceSize(lead: number): number {
	if (lead < 0x80) return 1;
	if (lead >= 0xc2 && lead <= 0xdf) return 2;
	if (lead >= 0xe0 && lead <= 0xef) return 3;
	if (lead >= 0xf0 && lead <= 0xf4) return 4;
	return 0;
}

function probableEightBit(bytes: Uint8Array): string {
	return bytes.some((byte) => byte >= 0x80 && byte <= 0x9f)
		? 'Windows-1252 or another 8-bit encoding'
		: 'Latin-1 (ISO 8859-1)';
}

function withLineFeeds(text: string, tell: (came: string) => void): string {
	if (!text.includes('\r')) return text;
	const pairs = text.split('\r\n').length - 1;
	const alone = text.split('\r').length - 1 - pairs;
	const feeds = text.split('\n').length - 1 - pairs;
	if (alone === 0)
		tell(feeds === 0 ? `CR LF (Windows) on all ${pairs} lines` : `CR LF on ${pairs} lines, LF on ${feeds}`);
	else if (pairs + feeds === 0) tell(`CR alone (old Macintosh) on all ${alone} lines`);
	else tell(`a mixture: CR alone ${alone} times, CR LF ${pairs} times, LF ${feeds} times`);
	return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

/**
 * Controls but LF and tab; direction overrides, embeddings and isolates; line separators; byte order marks; non-characters.
 * A tab may indent JSON and stand between the words of a policy; a cell or a text may not hold one.
 */
const STRANGE = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\u2028\u2029\u200B\u2060\uFEFF\uFDD0-\uFDEF\uFFFD-\uFFFF]/u;

/** The first character that may not stand in a text of the package, named; `undefined` if there is none. */
export function strangeIn(text: string): string | undefined {
	const found = /\t/.exec(text)?.[0] ?? STRANGE.exec(text)?.[0];
	return found === undefined ? undefined : `${codePoint(found)} (${kindOf(found)})`;
}

function* strangeCharacters(file: string, text: string): Iterable<Problem> {
	if (!STRANGE.test(text) && text.normalize('NFC') === text) return;
	let line = 0;
	for (const content of text.split('\n')) {
		line += 1;
		const found = STRANGE.exec(content);
		if (found !== null) {
			const column = found.index + 1;
			yield strangeAt(file, { line, column }, found[0]);
		}
		const composed = content.normalize('NFC');
		if (composed !== content) {
			let same = 0;
			while (content[same] === composed[same]) same += 1;
			yield {
				rule: 'P14',
				file,
				line,
				column: same + 1,
				expected: 'Unicode NFC (composed letters), so that equal names are equal bytes',
				came: 'a decomposed letter',
				toDo: 'convert the file to NFC; nothing is normalised on reading',
			};
		}
	}
}

function strangeAt(file: string, place: Place, character: string): Problem {
	const came = `${codePoint(character)} (${kindOf(character)})`;
	return { rule: 'P13', file, ...place, expected: 'text that can be seen', came, toDo: 'delete that character' };
}

function kindOf(character: string): string {
	if (character === '\t') return 'tab';
	if (character === '\0') return 'NUL';
	if (character === '\uFFFD') return 'replacement character: an earlier conversion lost a letter';
	if (/[\u202A-\u202E\u2066-\u2069]/.test(character)) return 'turns the direction of writing, so text reads as another';
	return 'cannot be seen';
}
