/** What a person reads on a page: its text without markup, scripts and styles, with single spaces. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

export function visible(html: string): string {
	return html
		.replaceAll(/<(script|style|template)\b[\s\S]*?<\/\1>/g, ' ')
		.replaceAll(/<[^>]*>/g, ' ')
		.replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_all, name: string) => ENTITIES[name] ?? ' ')
		.replaceAll(/\s+/g, ' ');
}
