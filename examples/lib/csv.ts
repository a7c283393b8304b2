/** CSV as RFC 4180 has it, with LF: quotes only where they are needed. */
export function printCsv(rows: readonly (readonly string[])[]): string {
	const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}
