import type { Api, Asked } from './api';
import { badRequest, GraphError, notFound } from './errors';
import type { Item } from './records';

/** “Limited to 4 MB” (learn.microsoft.com/graph/api/profilephoto-update). */
const MOST_BYTES = 4 * 1024 * 1024;

/** Photos of contacts; there is no way to remove one (learn.microsoft.com/graph/api/resources/profilephoto). */
export function photoRoutes(api: Api): void {
	api.on('GET', '/contacts/:contact/photo/$value', (asked) => {
		const { photo } = contactOf(asked);
		if (photo === undefined) throw notFound();
		asked.reply.type(photo.mimeType);
		return photo.content;
	});
	api.on('PUT', '/contacts/:contact/photo/$value', (asked) => {
		const item = contactOf(asked);
		const { body, headers } = asked.request;
		const mimeType = String(headers['content-type'] ?? '');
		if (!/^image\//.test(mimeType))
			throw badRequest('The Content-Type of a photo is image/jpeg.', 'BadRequest');
		if (!Buffer.isBuffer(body) || body.length === 0)
			throw badRequest('The photo has no bytes.', 'BadRequest');
		if (body.length > MOST_BYTES)
			throw new GraphError(413, 'RequestEntityTooLarge', 'The request is too large.');
		item.photo = { content: body, mimeType };
		asked.mailbox.contacts.touch(item);
		// 200 and nothing else.
		return undefined;
	});
}

function contactOf({ mailbox, params }: Asked): Item {
	const found = mailbox.contacts.find(params.contact ?? '');
	if (found === undefined) throw notFound();
	return found;
}
