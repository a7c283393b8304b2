/**
 * The print of a facsimile: our own lettering, drawn as strokes so that one table serves every size, weight and slant.
 * Accented letters are composed of a letter and an accent. Carries R10 (rehearsals on forms a person can read).
 *
 * Spelling of a glyph: strokes separated by spaces; a stroke is a run of points, two base-36 digits each (x, then y
 * downwards: capitals from 2 to 14, small letters from 6, descenders to 18). A plain stroke is a polyline, `~` an open
 * and `@` a closed smooth curve whose points are the control points of a quadratic spline.
 *
 * It does not know sizes, pens or pixels (`strokes.ts`), nor the digits that a hand writes (`hand.ts`).
 */
const UPPER: Readonly<Record<string, string>> = {
	A: '0e428e 1a7a',
	B: '020e ~024272784808 ~0848888e4e0e',
	C: '~8582020e8e8b',
	D: '020e ~0232828e3e0e',
	E: '72020e7e 0868',
	F: '72020e 0868',
	G: '~8582020e8e88 8858',
	H: '020e 828e 0888',
	I: '0242 0e4e 222e',
	J: '~626b6e0e0a',
	K: '020e 820a 378e',
	L: '020e7e',
	M: '0e025aa2ae',
	N: '0e028e82',
	O: '@02828e0e',
	P: '0e02 ~024282884808',
	Q: '@02828e0e 5a9f',
	R: '0e02 ~024282884808 488e',
	S: '~84820208888e0e0c',
	T: '0282 424e',
	U: '~020a0e8e8a82',
	V: '024e82',
	W: '023e649ec2',
	X: '028e 820e',
	Y: '024882 484e',
	Z: '02820e8e',
};

const LOWER: Readonly<Record<string, string>> = {
	a: '@06666e0e 666e',
	b: '020e @06666e0e',
	c: '~6866060e6e6c',
	d: '626e @06666e0e',
	e: '0a6a ~6a66060e6e6c',
	f: '~5222262e 0646',
	g: '@06666e0e ~666f6i0i0h',
	h: '020e ~0a06666a6e',
	i: '060e 0203',
	j: '~262f2i0i 2223',
	k: '020e 660b 296e',
	l: '~020b0e3e',
	m: '060e ~0a06565a5e ~5a56a6aaae',
	n: '060e ~0a06666a6e',
	o: '@06666e0e',
	p: '060i @06666e0e',
	q: '666i @06666e0e',
	r: '060e ~0a0656',
	s: '~6766060a6a6e0e0d',
	t: '~222b2e5e 0656',
	u: '~060b0e6e6b66 666e',
	v: '063e66',
	w: '063e577ea6',
	x: '066e 660e',
	y: '063e 661i',
	z: '06660e6e',
	ı: '060e',
};

const DIGITS: Readonly<Record<string, string>> = {
	'0': '@02727e0e',
	'1': '04323e 0e6e',
	'2': '~050272770e 0e7e',
	'3': '~0402727828 ~28787e0e0c',
	'4': '5e520a7a',
	'5': '721207 ~0737777e0e0c',
	'6': '~7472020a @07777e0e',
	'7': '02722e',
	'8': '@12626818 @08787e0e',
	'9': '@02727909 ~767e0e0c',
};

const SIGNS: Readonly<Record<string, string>> = {
	'.': '0d0e',
	',': '1d1e0g',
	':': '0708 0d0e',
	';': '1718 1d1e0g',
	'!': '020a 0d0e',
	'?': '~05026267373a 3d3e',
	'¡': '0203 060e',
	'¿': '3637 ~3a3d0d0i6i6f',
	'-': '0959',
	'–': '0989',
	'—': '09c9',
	_: '0f8f',
	'+': '0a6a 373d',
	'=': '0868 0c6c',
	'×': '075c 0c57',
	'/': '0f62',
	'\\': '026f',
	'(': '~31050b3g',
	')': '~01353b0g',
	'[': '31010g3g',
	']': '01313g0g',
	'{': '~41212808 ~08282g4g',
	'}': '~01212848 ~48282g0g',
	'|': '010g',
	'<': '660a6e',
	'>': '066a0e',
	'*': '353b 066a 660a',
	'#': '332d 736d 0696 0a9a',
	$: '~84820208888e0e0c 404g',
	'%': '@02323606 @5a8a8e5e 0e82',
	'&': '~8e27026267090e7e89',
	'@': '~9e0e02a2ac7c78 @38787c3c',
	"'": '0205',
	'"': '0205 3235',
	'^': '053265',
	'~': '~0b07373b6b68',
	'`': '0225',
	'´': '2205',
	'°': '@02424606',
	º: '@02424606 0949',
	ª: '@02424606 4247 0949',
	'·': '0809',
	'«': '360a3e 764a7e',
	'»': '063a0e 467a4e',
	'…': '0d0e 4d4e 8d8e',
};

/** Written for another sign that looks the same at these sizes. */
const ALIKE: Readonly<Record<string, string>> = { '‘': "'", '’': "'", ʼ: "'", '“': '"', '”': '"', '‑': '-', '−': '-' };

/** Over a small letter, four units wide; the cedilla hangs below. */
const ACCENTS: Readonly<Record<string, string>> = {
	'\u0300': '1234',
	'\u0301': '3214',
	'\u0302': '042244',
	'\u0303': '~040222444442',
	'\u0308': '0203 4243',
	'\u030a': '@11313414',
	'\u030c': '022442',
	'\u0327': '~2e2f4f4h1h',
};

/** Shown for a sign that has no drawing: a crossed box, never a silent gap. */
const MISSING = '02626e0e02 026e';

export interface GlyphPart {
	readonly strokes: string;
	/** Units to shift by. */
	readonly x: number;
	readonly y: number;
}

function widthOf(strokes: string): number {
	let width = 0;
	for (const stroke of strokes.replace(/[~@]/g, '').split(' '))
		for (let i = 0; i < stroke.length; i += 2) width = Math.max(width, Number.parseInt(stroke.charAt(i), 36));
	return width;
}

function plain(sign: string): string {
	const known = ALIKE[sign] ?? sign;
	return UPPER[known] ?? LOWER[known] ?? DIGITS[known] ?? SIGNS[known] ?? MISSING;
}

/** The parts and the width in units of one sign; `sign` is one code point. */
export function glyph(sign: string): { readonly parts: readonly GlyphPart[]; readonly width: number } {
	if (sign === ' ' || sign === '\u00a0') return { parts: [], width: 3 };
	const [letter = '', ...marks] = SIGNS[sign] === undefined ? sign.normalize('NFD') : sign;
	const base = letter === 'i' && marks.length > 0 ? 'ı' : letter;
	const strokes = plain(base);
	const width = widthOf(strokes);
	const parts: GlyphPart[] = [{ strokes, x: 0, y: 0 }];
	for (const mark of marks) {
		const high = UPPER[base] !== undefined && mark !== '\u0327';
		parts.push({ strokes: ACCENTS[mark] ?? MISSING, x: width / 2 - 2, y: high ? -4 : 0 });
	}
	return { parts, width };
}
