/** The shapes of the vectors of others, as far as our tests read them. Roots, hashes and proofs are base64. */
export interface RootsFile {
	readonly roots: readonly { readonly size: number; readonly root: string }[];
}

export interface GoInclusion {
	readonly index: number;
	readonly size: number;
	readonly leafHash: string;
	readonly root: string;
	readonly proof: readonly string[];
}

export interface GoConsistency {
	readonly size1: number;
	readonly size2: number;
	readonly root1: string;
	readonly root2: string;
	readonly proof: readonly string[];
}

export interface InclusionCase {
	readonly leafIdx: number;
	readonly treeSize: number;
	readonly root: string | null;
	readonly leafHash: string | null;
	readonly proof: readonly string[] | null;
	readonly wantErr: boolean;
}

export interface ConsistencyCase {
	readonly size1: number;
	readonly size2: number;
	readonly root1: string | null;
	readonly root2: string | null;
	readonly proof: readonly string[] | null;
	readonly wantErr: boolean;
}

export interface TilePathCase {
	readonly full: string;
	readonly index: number;
	readonly partial17: string;
}

export interface NewTilesCase {
	readonly old: number;
	readonly new: number;
	readonly paths: readonly string[];
}

export interface TilesFile {
	readonly trees: readonly {
		readonly size: number;
		readonly tileCount: number;
		readonly tiles: readonly {
			readonly path: string;
			readonly bytes: number;
			readonly sha256: string;
			readonly bundlePath?: string;
			readonly bundleSha256?: string;
		}[];
	}[];
}

export interface CosignedFile {
	readonly checkpoints: readonly { readonly note: string; readonly size: number }[];
	readonly log: { readonly skey: string; readonly vkey: string };
	readonly witnesses: readonly {
		readonly name: string;
		readonly vkey: string;
		readonly pubHex: string;
		readonly seedHex: string;
		readonly timestamp: number;
	}[];
}

export interface WitnessFile {
	readonly verifier_keys: readonly string[];
}

export interface CctvCase {
	readonly key: string;
	readonly sig: string;
	readonly msg: string;
	readonly flags: readonly string[] | null;
}

export interface WycheproofFile {
	readonly testGroups: readonly {
		readonly publicKey: { readonly pk: string };
		readonly tests: readonly {
			readonly tcId: number;
			readonly msg: string;
			readonly sig: string;
			readonly result: 'valid' | 'invalid';
		}[];
	}[];
}
