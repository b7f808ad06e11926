import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { withoutNotes } from '../api/messages';

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

/**
 * The content of what is told of an attachment that is no link, of which Outlook has none
 * (https://learn.microsoft.com/graph/api/attachment-get). An attached message is an .eml file.
 *
 * @param path of the attachment.
 */
export async function contentOf(
	{ kind, name, contentType }: IDataObject,
	path: string,
	client: Client,
): Promise<Content> {
	const content = await client.send<Buffer>({ path: `${path}/$value`, as: 'bytes', answer: () => true });
	const isItem = kind === 'item';
	const type = typeof contentType === 'string' && contentType !== '' ? contentType : undefined;
	return {
		content,
		fileName: `${String(name)}${isItem ? '.eml' : ''}`,
		mimeType: isItem ? 'message/rfc822' : (type ?? 'application/octet-stream'),
	};
}
