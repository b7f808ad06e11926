const LONGEST = 80;

/** A file's name without what would be a folder to n8n. @param otherwise its name when it has none */
export const withoutFolders = (name: unknown, otherwise: string): string =>
	String(name ?? '')
		.replace(/[\\/\u0000-\u001f]+/g, ' ')
		.trim() || otherwise;

/**
 * What a file of something with a title is called: without what no file name may have (n8n takes what stands before a slash for
 * a folder), and with its ending once.
 *
 * @param otherwise its name when it has no title
 */
export function fileNamed(title: unknown, otherwise: string, ending: string): string {
	const plain = String(title ?? '').replace(/[\s\\/:*?"<>|\u0000-\u001f]+/g, ' ');
	const name = Array.from(plain.trim()).slice(0, LONGEST).join('').trim() || otherwise;
	return name.toLowerCase().endsWith(`.${ending}`) ? name : `${name}.${ending}`;
}
