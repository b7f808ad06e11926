/** What separates the entries of a typed list, in Chinese too; an entry in double quotes may have them inside. */
const ENTRY = /"((?:[^"])*)"|[^\s,;，、；"]+/g;

/** The entries of a list as people type or paste it: between them commas, semicolons, line breaks or spaces. */
export function splitList(text: string): string[] {
	return [...text.matchAll(ENTRY)]
		.map(([entry, quoted]) => (quoted ?? entry).trim())
		.filter((entry) => entry !== '');
}

/** Whether a text is a list as data has it, such as `["Sales", "VIP"]`: a name in brackets, `[VIP]` or `[2024]`, is none. */
const JSON_LIST = /^\s*\[\s*["\]]/;

/** The entries of a list that an expression or a file gives as JSON text; undefined for any other text. */
export function jsonList(text: string): unknown[] | undefined {
	if (!JSON_LIST.test(text)) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** An entry in double quotes that stands alone between two separators, or whatever else stands there. */
const NAME = /\s*"([^"]*)"\s*(?=[,;，、；\r\n]|$)|[^,;，、；\r\n]+/g;

/** The same for names, which may have spaces inside: only commas, semicolons and line breaks separate them. */
export function splitNames(text: string): string[] {
	return [...text.matchAll(NAME)]
		.map(([entry, quoted]) => (quoted ?? entry).trim())
		.filter((name) => name !== '');
}

/** What a backslash stands before belongs to the name, as distinguished names have it. */
const DIRECTORY_NAME = /(?:\\[^\r\n]|[^\\;；、\r\n])+/g;

/** The same for distinguished names, which have commas inside: only semicolons, 、 and line breaks separate them. */
export function splitDirectoryNames(text: string): string[] {
	return [...text.matchAll(DIRECTORY_NAME)].map(([name]) => name.trim()).filter((name) => name !== '');
}

/** Whether a list has a place between two separators, or at an end, where nothing stands: an expression gave nothing there. */
export function hasGap(text: string): boolean {
	const entries = text.replace(/"[^"]*"/g, 'x').split(/[,;，、；]/);
	return entries.some((entry) => entry.trim() === '');
}
