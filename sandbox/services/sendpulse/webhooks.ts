import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { invalid, missing, SendPulseError } from './errors';
import { bodyOf, page } from './lists';
import { ACTIONS, type Webhook } from './reports';

/** Webhooks of the mailing service, and the lists of what became of emails of the SMTP service (official descriptions). */
export function reportRoutes(app: FastifyInstance, account: Account): void {
	const { reports } = account;
	app.get('/v2/email-service/webhook', async () => ({ success: true, data: [...reports.webhooks.values()] }));
	app.post('/v2/email-service/webhook', async (request) => {
		const { url, actions } = bodyOf(request);
		if (!Array.isArray(actions) || actions.length === 0) throw missing('actions');
		const odd = (actions as unknown[]).find((action) => !ACTIONS.some((known) => known === action));
		if (odd !== undefined) throw invalid(`Argument actions is invalid: ${String(odd)}`);
		return { success: true, data: reports.register(urlIn(url), actions as string[]) };
	});
	app.get('/v2/email-service/webhook/:id', async (request) => ({
		success: true,
		data: webhookOf(request, account),
	}));
	app.put('/v2/email-service/webhook/:id', async (request) => {
		webhookOf(request, account).url = urlIn(bodyOf(request).url);
		return { success: true, data: [true] };
	});
	app.delete('/v2/email-service/webhook/:id', async (request) => ({
		success: true,
		data: [reports.webhooks.delete(webhookOf(request, account).id)],
	}));
	app.get('/smtp/bounces/day', async (request) => {
		const found = reports.bounces.filter(({ send_date: at }) => String(at).startsWith(dateIn(request)));
		return { total: found.length, emails: page(found, request), request_limit: 0, found: found.length };
	});
	app.get('/smtp/unsubscribe', async (request) => {
		const { date } = request.query as { date?: string };
		const found = [...reports.stopped.values()];
		return page(date ? found.filter((row) => String(row.date).startsWith(dateIn(request))) : found, request);
	});
}

function webhookOf(request: FastifyRequest, { reports }: Account): Webhook {
	const found = reports.webhooks.get(Number((request.params as { id: string }).id));
	if (found === undefined) throw new SendPulseError(404, 404, 'Webhook not found');
	return found;
}

function urlIn(url: unknown): string {
	if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url))
		throw invalid('Argument url is invalid');
	return url;
}

/** The day that is asked for, today without one. */
function dateIn(request: FastifyRequest): string {
	const { date = new Date().toISOString().slice(0, 10) } = request.query as { date?: string };
	if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw invalid('Argument date is invalid');
	return date;
}
