/**
 * A stranger's file as a table, or the reason why not (K20 to K22). Its encoding, delimiter and headings are told from the bytes unless the layout names them. It
 * never throws on any bytes, and its time grows with their number and nothing else.
 */
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { decodeTable } from './decode.ts';
import { readCsv } from './readCsv.ts';
import { readJson } from './readJson.ts';
import type { Layout, Table, TableFault } from './table.ts';

export function readTable(
	bytes: Uint8Array,
	given?: Layout,
	suite: Pick<Suite, 'sha256Hex'> = portableSuite,
): Result<Table, TableFault> {
	const decoded = decodeTable(bytes, given?.encoding);
	if (!decoded.ok) return decoded;
	const { text, encoding } = decoded.value;
	const layout = given ?? tellFormat(text);
	if (layout === undefined) return err(XML);
	const read = layout.format === 'csv' ? readCsv(text, layout) : readJson(text, layout);
	if (!read.ok) return read;
	const told = given?.encoding === undefined && encoding !== 'utf-8' ? [`the text is in ${encoding}`] : [];
	return ok({
		...read.value.cells,
		told: [...told, ...read.value.cells.told],
		text,
		layout: { ...read.value.layout, encoding },
		source: { digest: suite.sha256Hex(bytes), size: bytes.length },
	});
}

const XML: TableFault = {
	expected: 'a table as CSV or JSON',
	found: 'XML or a web page',
	advice: 'EML results (document 510) are read by themselves; of other XML, ask the source for a table',
};

function tellFormat(text: string): Layout | undefined {
	const first = /[^\s]/.exec(text)?.[0];
	if (first === '<') return undefined;
	return { format: first === '{' || first === '[' ? 'json' : 'csv' };
}
