/** What every statement has, and the two names by which statements speak of others and of files. */
export type StatementId = string;
/** 64 lower-case hex digits of a SHA-256. */
export type Digest = string;

export interface Said {
	readonly by: readonly string[];
}
