import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import type { OutgoingFile } from '../../../core/node/operation';
import { download } from './download';
import { messagePath } from './messages';

/** https://help.aliyun.com/document_detail/2856396.html */
export interface Attachment extends IDataObject {
	id: string;
	name?: string;
	size?: number;
	contentId?: string;
	isInline?: boolean;
	/** From `extHeaders`. */
	contentType?: string;
}

/** What is attached to a message, without the content. */
export async function attachmentsOf(client: Client, mailbox: string, id: string): Promise<Attachment[]> {
	const { attachments } = await client.send<{ attachments: Attachment[] }>({
		path: `${messagePath(mailbox, id)}/attachments`,
		answer: ['attachments'],
	});
	return attachments.map((row) => {
		const type = (row.extHeaders as IDataObject | undefined)?.['Content-Type'];
		return {
			...row,
			...(row.size === undefined ? {} : { size: Number(row.size) }),
			...(typeof type === 'string' ? { contentType: type } : {}),
		};
	});
}

/** An attachment as a file. */
export async function fileOf(
	client: Client,
	mailbox: string,
	id: string,
	{ id: attachmentId, name, contentType }: Attachment,
): Promise<OutgoingFile> {
	const content = await download(
		client,
		`${messagePath(mailbox, id)}${path`/attachments/${attachmentId}`}/$value`,
	);
	return {
		content,
		fileName: name === undefined || name === '' ? 'attachment' : name,
		mimeType: contentType?.split(';', 1)[0]?.trim() || 'application/octet-stream',
	};
}
