import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { AlimailError, invalid } from '../errors';
import { FLAG, NOTE, TEXT, knownQuery, readBody } from '../fields';
import type { Tenant } from '../tenant';
import { type Attachment, WELL_KNOWN } from './mailbox';
import { showAttachment } from './messageView';
import { objectOf, texts } from './writing';

const FILE_BYTES = 60 * 1024 * 1024;

type OfMessage = { Params: { user: string; id: string } };
type OfAttachment = { Params: { user: string; id: string; attachment: string } };

/** Files of messages (help.aliyun.com/document_detail/2856471.html and 2856396.html). */
export function attachmentRoutes(app: FastifyInstance, tenant: Tenant): void {
	app.post<OfMessage>('/v2/users/:user/messages/:id/attachments/createUploadSession', async (request) => {
		knownQuery(request.query, []);
		const outer = objectOf(request.body, 'body');
		const { extHeaders, ...rest } = objectOf(outer.attachment, 'attachment');
		const given = readBody(rest, { name: TEXT, contentId: NOTE, isInline: FLAG }, ['name']);
		const mailbox = tenant.post.mailbox(request.params.user);
		const draft = mailbox.message(request.params.id);
		if (draft.folderId !== WELL_KNOWN.drafts) throw invalid('Only a draft takes files.', 'id');
		const session = tenant.post.newUpload({
			mailbox,
			draftId: draft.id,
			name: given.name as string,
			contentId: given.contentId as string | undefined,
			isInline: given.isInline === true,
			extHeaders: texts(extHeaders, 'extHeaders'),
		});
		return { uploadUrl: `${tenant.url}/v2/stream/${session}` };
	});

	app.post<{ Params: { session: string } }>(
		'/v2/stream/:session',
		{ bodyLimit: FILE_BYTES },
		async (request, reply) => {
			const upload = tenant.post.uploads.get(request.params.session);
			if (upload === undefined || upload.isUsed) throw noStream();
			if (request.headers['content-type'] !== 'application/octet-stream' || !Buffer.isBuffer(request.body))
				throw invalid('A file is sent as application/octet-stream.', 'Content-Type');
			upload.isUsed = true;
			const { mailbox, draftId, name, contentId, isInline, extHeaders } = upload;
			mailbox.message(draftId).attachments.push({
				id: randomUUID(),
				name,
				contentId,
				isInline,
				extHeaders: { 'Content-Type': 'application/octet-stream', ...extHeaders },
				content: request.body,
			});
			return await reply.send();
		},
	);

	app.get<OfMessage>('/v2/users/:user/messages/:id/attachments', async (request) => {
		knownQuery(request.query, []);
		const { attachments } = tenant.post.mailbox(request.params.user).message(request.params.id);
		return { attachments: attachments.map(showAttachment) };
	});

	app.get<OfAttachment>(
		'/v2/users/:user/messages/:id/attachments/:attachment/$value',
		async (request, reply) => {
			knownQuery(request.query, []);
			const message = tenant.post.mailbox(request.params.user).message(request.params.id);
			const { id } = found(message.attachments, request.params.attachment);
			const session = randomUUID();
			tenant.post.downloads.set(session, { message, attachmentId: id });
			const path = `/v2/stream/${session}`;
			const location = tenant.settings.downloads === 'relative' ? path : `${tenant.url}${path}`;
			if (tenant.settings.downloads === 'json') return { location };
			return await reply.code(302).header('location', location).send();
		},
	);

	app.get<{ Params: { session: string } }>('/v2/stream/:session', async (request, reply) => {
		const download = tenant.post.downloads.get(request.params.session);
		if (download === undefined) throw noStream();
		const { content } = found(download.message.attachments, download.attachmentId);
		return await reply.type('application/octet-stream').send(content);
	});
}

function found(attachments: Attachment[], id: string): Attachment {
	const one = attachments.find((attachment) => attachment.id === id);
	if (!one) throw new AlimailError(404, 'AttachmentNotFound', `Attachment "${id}" does not exist.`);
	return one;
}

const noStream = () => new AlimailError(404, 'StreamNotFound', 'There is no such stream.');
