/** The shapes of our own vectors in `vectors/log`. Hashes are base64, keys, signatures and other bytes hex. */
interface Refused {
	readonly title: string;
	readonly rule: string;
}

export interface KeysFile {
	readonly accepted: readonly {
		readonly vkey: string;
		readonly skey: string;
		readonly name: string;
		readonly keyId: string;
		readonly algorithm: number;
		readonly publicKey: string;
	}[];
	readonly refused: readonly (Refused & { readonly vkey: string })[];
	readonly secretRefused: readonly (Refused & { readonly skey: string })[];
}

export interface NotesFile {
	readonly keys: readonly string[];
	readonly accepted: readonly {
		readonly title: string;
		readonly note: string;
		readonly text: string;
		readonly signatures: readonly string[];
		readonly verified: readonly string[];
	}[];
	readonly refused: readonly (Refused & {
		readonly stage: 'parse' | 'verify';
		readonly note?: string;
		/** Instead of `note`, when the bytes are not UTF-8. */
		readonly hex?: string;
	})[];
}

export interface CheckpointsFile {
	readonly origin: string;
	readonly logKeys: readonly string[];
	readonly witnessKeys: readonly string[];
	readonly accepted: readonly {
		readonly title: string;
		readonly note: string;
		readonly origin: string;
		readonly size: number;
		readonly root: string;
		readonly extensions: readonly string[];
		readonly logKeys: readonly string[];
		readonly witnesses: readonly { readonly name: string; readonly seconds: number }[];
	}[];
	readonly refused: readonly (Refused & { readonly note: string })[];
}

export interface PoliciesFile {
	readonly accepted: readonly {
		readonly title: string;
		readonly policy: string;
		readonly printed: string;
		readonly quorums: readonly {
			readonly cosigned: readonly string[];
			readonly met: boolean;
			readonly counted: readonly string[];
			readonly missing: readonly string[];
		}[];
		readonly refusing: readonly { readonly refusing: readonly string[]; readonly canBeMet: boolean }[];
	}[];
	readonly refused: readonly (Refused & {
		readonly policy: string;
		/** Lines to put before the policy. */
		readonly repeat?: { readonly line: string; readonly times: number };
	})[];
}

export interface ProofsFile {
	readonly policy: string;
	readonly accepted: readonly {
		readonly title: string;
		readonly proof: string;
		readonly entry: string;
		readonly index: number;
		readonly size: number;
		readonly counted: readonly string[];
		readonly extra: string;
	}[];
	readonly refused: readonly (Refused & {
		readonly stage: 'parse' | 'verify';
		readonly proof: string;
		readonly entry: string;
	})[];
}

export interface MerkleFile {
	readonly roots: readonly string[];
	readonly inclusion: {
		readonly accepted: readonly { readonly index: number; readonly size: number; readonly proof: readonly string[] }[];
		readonly refused: readonly {
			readonly title: string;
			readonly index: number;
			readonly size: number;
			readonly leaf: number;
			readonly root: number;
			readonly proof: readonly string[];
		}[];
	};
	readonly consistency: {
		readonly accepted: readonly {
			readonly oldSize: number;
			readonly newSize: number;
			readonly proof: readonly string[];
		}[];
		readonly refused: readonly {
			readonly title: string;
			readonly oldSize: number;
			readonly newSize: number;
			readonly oldRoot: number;
			readonly newRoot: number;
			readonly proof: readonly string[];
		}[];
	};
}

export interface TilesVectorFile {
	readonly paths: {
		readonly accepted: readonly {
			readonly path: string;
			readonly level: number;
			readonly index: number;
			readonly width: number;
		}[];
		readonly refused: readonly string[];
	};
	readonly bundlePaths: {
		readonly accepted: readonly { readonly path: string; readonly index: number; readonly width: number }[];
		readonly refused: readonly string[];
	};
	readonly newTiles: readonly { readonly old: number; readonly new: number; readonly paths: readonly string[] }[];
	readonly bundles: {
		readonly accepted: readonly { readonly title: string; readonly hex: string; readonly entries: readonly string[] }[];
		readonly refused: readonly (Refused & { readonly hex: string; readonly width: number })[];
	};
}

export interface SignaturesFile {
	readonly message: string;
	readonly signatures: readonly {
		readonly title: string;
		readonly publicKey: string;
		readonly signature: string;
		readonly accepted: boolean;
	}[];
	readonly enrolment: readonly { readonly title: string; readonly publicKey: string; readonly accepted: boolean }[];
}
