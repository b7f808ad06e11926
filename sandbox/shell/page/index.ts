import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../..';
import { installGuard } from '../guard';
import { faultsView } from './faults';
import { type View, sendView } from './layout';
import { empty, type Query } from './list';
import { departmentsView } from '../../services/alimail/page/departments';
import { mailboxView, mailboxesView } from '../../services/alimail/page/mailboxes';
import { inboundMessageView, inboundView } from '../../services/postmark/page/inbound';
import { messageView, messagesView } from '../../services/postmark/page/messages';
import { requestsView } from './requests';
import { streamsView } from '../../services/postmark/page/streams';
import { templateView, templatesView } from '../../services/postmark/page/templates';
import { webhooksView } from '../../services/postmark/page/webhooks';

type WithId = { Params: { id: string } };
type Show = (query: Query, id: string) => View | undefined;

/** The page for people: what has arrived and what is in store. Server-rendered, nothing loaded from elsewhere. */
export function installPage(app: FastifyInstance, sandbox: Sandbox): void {
	installGuard(app);
	const add = (path: string, show: Show) => {
		app.get<WithId>(path, async (request, reply) => {
			const view = show(queryOf(request), request.params.id) ?? missing;
			if (view === missing) reply.code(404);
			return await sendView(request, reply, sandbox, view);
		});
	};
	add('/', (query) => mailboxesView(sandbox, query));
	add('/mailboxes/:id', (_query, id) => mailboxView(sandbox, id));
	add('/departments', () => departmentsView(sandbox));
	add('/messages', (query) => messagesView(sandbox, query));
	add('/messages/:id', (query, id) => messageView(sandbox, id, query));
	add('/templates', (query) => templatesView(sandbox, query));
	add('/templates/:id', (query, id) => templateView(sandbox, id, query));
	add('/inbound', (query) => inboundView(sandbox, query));
	add('/inbound/:id', (query, id) => inboundMessageView(sandbox, id, query));
	add('/streams', (query) => streamsView(sandbox, query));
	add('/webhooks', (query) => webhooksView(sandbox, query));
	add('/requests', (query) => requestsView(sandbox, query));
	add('/faults', () => faultsView(sandbox));

	app.get<{ Params: { id: string; at: string } }>('/messages/:id/attachments/:at', async (request, reply) => {
		const message = sandbox.postmark.message(request.params.id);
		const attachment = message?.attachments[Number(request.params.at)];
		if (!attachment?.content) return await reply.code(404).send({ error: 'There is no such attachment.' });
		return await reply
			.type('application/octet-stream')
			.header('x-content-type-options', 'nosniff')
			.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`)
			.send(Buffer.from(attachment.content, 'base64'));
	});
}

const missing: View = {
	tab: 'messages',
	title: 'Not found',
	live: false,
	shown: empty('Not found', 'It is not here any more: the sandbox may have been reset.'),
};

/** A parameter that is given twice counts once. */
function queryOf(request: FastifyRequest): Query {
	const query = request.query as Record<string, string | string[] | undefined>;
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
	);
}
