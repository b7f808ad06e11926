import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { withoutNotes } from '../api/messages';
import { fileNamed, withoutFolders } from '../fileName';

/**
 * All but the content, which a list would make large. Only files have a `contentId`, by which HTML shows an image: so its
 * name says of which type it is (https://learn.microsoft.com/graph/api/resources/fileattachment).
 */
export const BRIEF =
	'id,name,contentType,size,isInline,lastModifiedDateTime,microsoft.graph.fileAttachment/contentId';

const kindOf = (row: IDataObject): string =>
	String(row['@odata.type'] ?? '').replace(/^#microsoft\.graph\./, '');

/** A row with its kind in a plain word, and without its content. */
export function told({
	'@odata.mediaContentType': _media,
	contentBytes: _content,
	...row
}: IDataObject): IDataObject {
	const { '@odata.type': _type, ...rest } = withoutNotes(row);
	return {
		...rest,
		kind:
			{ fileAttachment: 'file', itemAttachment: 'item', referenceAttachment: 'link' }[kindOf(row)] ?? 'file',
	};
}

export interface Content {
	content: Buffer;
	fileName: string;
	mimeType: string;
}

/** How an attached item comes: the kind of item, the ending of its file, its MIME type. */
type Format = [kind: string, ending: string, mimeType: string];

/**
 * “For an item attachment that is a contact, event, or message, the raw contents returned is in MIME format”: vCard, iCal, MIME
 * (https://learn.microsoft.com/graph/api/attachment-get, raw contents). What is told of the attachment does not say which; the
 * first line of the contents does (RFC 2426, RFC 5545).
 */
function formatOf(content: Buffer): Format {
	const [, begun] = /^BEGIN:(VCALENDAR|VCARD)\b/i.exec(content.toString('utf8', 0, 64).trimStart()) ?? [];
	if (begun === undefined) return ['message', 'eml', 'message/rfc822'];
	return begun.toUpperCase() === 'VCARD'
		? ['contact', 'vcf', 'text/vcard']
		: ['event', 'ics', 'text/calendar'];
}

/**
 * The content of what is told of an attachment that is no link, of which Outlook has none
 * (https://learn.microsoft.com/graph/api/attachment-get).
 *
 * @param path of the attachment.
 */
export async function contentOf(
	{ kind, name, contentType }: IDataObject,
	path: string,
	client: Client,
): Promise<Content> {
	const content = await client.send<Buffer>({ path: `${path}/$value`, as: 'bytes', answer: () => true });
	if (kind === 'item') {
		const [item, ending, mimeType] = formatOf(content);
		return { content, fileName: fileNamed(name, item, ending), mimeType };
	}
	const type = typeof contentType === 'string' && contentType !== '' ? contentType : undefined;
	return {
		content,
		fileName: withoutFolders(name, 'attachment'),
		mimeType: type ?? 'application/octet-stream',
	};
}
