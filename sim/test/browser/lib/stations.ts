/** The stations of the browsers' election, by what became of them. */

export const STATION = {
	plain: '000001',
	script: '000002',
	long: '000005',
	disregarded: '000008',
	withheld: '000009',
	twoForms: '000010',
	discrepant: '000011',
	quarantined: '000013',
	asWritten: '000015',
	flagged: '000017',
	noFormSeen: '000040',
	postponed: '000041',
	notOpened: '000042',
	/** Nothing has come from it; it comes while somebody watches. */
	late: '000036',
	laterStill: '000037',
} as const;
