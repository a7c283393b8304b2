/** The parts that a pack can be made of (Y7), in the order in which they are written. */
export const PARTS = [
	'accounts',
	'devices',
	'actions',
	'forms',
	'configuration',
	'build',
	'topology',
	'books',
	'audit',
	'log',
] as const;

export type Part = (typeof PARTS)[number];
