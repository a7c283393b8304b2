/** What must be there and fit before a mirror can begin (M1, M3, M12): the package, the log's key as the package names it, the mirror's own key, areas that exist. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from '@matokeo/core/election/manifest.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { bytesEqual, hexEncode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import { fetchPackage } from '@matokeo/verifier/fetch/files.ts';
import { keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import type { Source } from '@matokeo/verifier/fetch/source.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { writeDurably } from './durable.ts';
import type { MirrorFolder } from './folder.ts';
import { unknownAreas } from './images.ts';
import type { MirrorKey, MirrorOptions } from './options.ts';

/** The mirror's key, where there is one, once the options fit this election (M1, M12). */
export function fittingKey(context: Context, { images, key }: MirrorOptions): Result<MirrorKey | undefined> {
	const unknown = unknownAreas(context, images);
	if (unknown.length > 0)
		return err(
			`--images: the package has no area "${unknown.join('", "')}". Expected all, none, or ids of areas of this election.`,
		);
	const given = key?.(context);
	if (given?.ok !== true) return given ?? ok(undefined);
	const { publicKey } = given.value.publicKey;
	const used = context.packageKeyUses.get(hexEncode(publicKey));
	const witness = trustOf(context).witnessKeys.find((one) => bytesEqual(one.publicKey, publicKey))?.name;
	if (used === undefined && witness === undefined) return given;
	return err(
		`The key "${given.value.publicKey.name}" is ${used === undefined ? `the witness ${witness}'s` : `"${used}" of the election`}: a mirror's word is signed with a key of its own and no other. Make one: matokeo key new NAME --out FILE.`,
	);
}

/** M3: the package that lies here, or the source's. With an anchor, that one and no other. */
export async function packageIn(
	folder: MirrorFolder,
	source: Source,
	anchor: string | undefined,
): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
	const place = join(folder.public, 'package');
	if (!existsSync(join(place, MANIFEST))) {
		const keeping = keepingIn(folder.public);
		const fetched = await fetchPackage(nativeSuite(), source, keeping, anchor);
		keeping.end();
		if (!fetched.ok) return err(`The election package cannot be had: ${fetched.error.why}`);
		if (anchor !== undefined && fetched.value !== anchor)
			return err(
				`${source.url} is about another election, or somebody made it with keys of their own: its package has the digest ${fetched.value}, you brought ${anchor}. Nothing was kept.`,
			);
	}
	return ok((await readPackageFolder(place)).files);
}

/** The package decides which key that is, not the source. */
export function writeLogKey({ public: open }: MirrorFolder, context: Context): void {
	const [key] = trustOf(context).logKeys;
	assert(key !== undefined, 'a package names the key of its log');
	writeDurably(join(open, 'log.vkey'), utf8Encode(`${printVerifierKey(key)}\n`));
}
