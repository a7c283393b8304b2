/** Statement types as small numbers, for the arrays between threads. */
import { SHAPES } from '@matokeo/core/record/shapes.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';

const CODES = new Map(Object.keys(SHAPES).map((type, code) => [type, code]));
const TYPES = new Map<number, StatementType>();
for (const [type, code] of CODES) if (isType(type)) TYPES.set(code, type);

export function typeCode(type: StatementType): number {
	return CODES.get(type) ?? 255;
}

export function typeOfCode(code: number): StatementType | undefined {
	return TYPES.get(code);
}

function isType(type: string): type is StatementType {
	return Object.hasOwn(SHAPES, type);
}
