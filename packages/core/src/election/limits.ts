/**
 * How large an election package may be: one place, each maximum with its reason. `spec/package.md` P8 repeats them.
 */
export const LIMITS = {
	/** India's 1.05 million polling stations of 2024, doubled. */
	stationsMax: 2_000_000,
	/** Every ward and village of a large country; areas are kept in memory. */
	areasMax: 500_000,
	/** All seats of one polling day, including wards (Kenya 2022: 16,100 candidates). */
	candidatesMax: 200_000,
	/** One contest per ward (Kenya: 1,450 wards and 1,882 contests in all). */
	contestsMax: 20_000,
	/** A ballot as long as a newspaper: Kabul's in 2018 had 804 candidates, its form several sheets. */
	candidatesPerContestMax: 2_000,
	/** Voters or ballots of one polling station: more than any has, and safe to add up over all of them. */
	stationCountMax: 999_999_999,
	/** Two readings of a form are opened in one leaf of 65,535 bytes; what is left after its other members. */
	openedFieldsBytesMax: 60_000,
	/** Figures that a statement may have (S4, `record/limits.ts`): a form with more could be printed and never be captured. */
	formFieldsMax: 1_250,
	/** Printed fields of one form, candidate rows not counted. */
	fieldsMax: 500,
	formsMax: 200,
	checksMax: 200,
	levelsMax: 16,
	/** Ways of grouping the same stations. */
	hierarchiesMax: 16,
	partiesMax: 1_000,
	/** Keys that the package itself names, in each list. */
	keysMax: 100,
	codesMax: 200,
	/** Courts, clocks and grounds of objection, each: those of one law. */
	proceedingsMax: 200,
	witnessesMax: 200,
	denominatorsMax: 32,
	attributesMax: 64,
	/** Of one table: known columns, hierarchies and attributes. */
	columnsMax: 128,
	/** Files of one package: the four tables and texts, photographs of ballot papers, laws. */
	filesMax: 10_000,
	/** One file; the stations table of India at 100 bytes a row, doubled. */
	fileBytesMax: 400_000_000,
	/** All files together: they are held in memory. */
	packageBytesMax: 1_000_000_000,
	/** Folders inside folders. */
	folderDepthMax: 16,
	/** `election.json`: the codes, forms and contests of a polling day. */
	jsonBytesMax: 32_000_000,
	/** Nesting in `election.json`: result rules are the deepest part. */
	jsonDepthMax: 32,
	/** 10,000 lines of 64 digits and a path of 200 characters. */
	manifestBytesMax: 3_000_000,
	pathLengthMax: 200,
	/** A name on a ballot paper in any script; longer ones are a broken quotation mark. */
	cellLengthMax: 1_000,
	/** A sentence for people in `election.json`. */
	textLengthMax: 4_000,
	expressionLengthMax: 4_000,
	/** Parentheses in an expression. */
	expressionDepthMax: 32,
	/** Constants in expressions and tolerances: ballots of a nation. */
	constantMax: 10_000_000_000,
	/** Problems reported at once; more are counted only. */
	problemsMax: 10_000,
} as const;
