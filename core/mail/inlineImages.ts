import type { RunFeedback } from '../node/operation';
import type { ParameterReader } from '../node/parameters/reader';
import { truncate } from '../text';
import type { Attachment } from './attachments';

/** Where HTML and its styles name a picture: src="cid:logo", background='cid:logo', url(cid:logo). */
const SHOWN = /(?:\b(?:background|href|poster|src)\s*=|\burl\()\s*["']?cid:([^"'\s)>]+)/gi;

/**
 * Tells of pictures that the HTML shows from within the email (`cid:`, RFC 2392) and that are not in it: readers see a
 * broken one.
 *
 * @param inline the images that go with it, by the names of their binary fields
 * @param options the form's options, among which 'Inline Images' may be
 */
export function hintMissingImages(
	html: string | undefined,
	inline: Array<Pick<Attachment, 'property' | 'fileName'>>,
	item: ParameterReader,
	options: ParameterReader,
	feedback: RunFeedback,
): void {
	if (html === undefined || !/cid:/i.test(html)) return;
	const known = new Set(inline.map(({ property }) => property));
	for (const [, written = ''] of html.matchAll(SHOWN)) {
		const name = decoded(written);
		if (known.has(name)) continue;
		known.add(name);
		feedback.hint(
			`The HTML body shows “cid:${truncate(written)}”, and no image of that name goes with the email, so readers see a broken picture. ${remedyFor(name, inline, item, options)}`,
		);
	}
}

function remedyFor(
	name: string,
	inline: Array<Pick<Attachment, 'property' | 'fileName'>>,
	item: ParameterReader,
	options: ParameterReader,
): string {
	if (!options.declares('inlineImages'))
		return 'This operation sends no images inside the HTML: write the address of the picture on the web (https://…) instead.';
	const meant = inline.find(({ property, fileName }) => isMeant(name, property, fileName));
	if (meant !== undefined)
		return `Write “cid:${encodeURI(meant.property)}” instead: an image is called after its binary field, not after its file.`;
	const field = item
		.binaryNames()
		.find((property) => isMeant(name, property, item.binary(property).fileName ?? ''));
	if (field !== undefined)
		return `Add “${field}” to '${options.label('inlineImages')}'${field === name ? '' : `, and write “cid:${encodeURI(field)}”`}.`;
	return `Put the name of the picture's binary field into '${options.label('inlineImages')}', and write “cid:” and that name in the HTML body.`;
}

/** The field, its file, or one of both without its ending, whatever the case. */
function isMeant(name: string, property: string, fileName: string): boolean {
	const wanted = name.toLowerCase();
	const names = [property, fileName].map((known) => known.toLowerCase());
	return names.includes(wanted) || names.includes(stem(wanted)) || stem(names[1] ?? '') === wanted;
}

const stem = (name: string): string => name.replace(/\.[^.]*$/, '');

/** As it stands in an address: `my%20logo` for `my logo`. */
function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
