import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { invalid, missing } from './errors';
import { bodyOf } from './lists';
import { ADDRESS } from './records';
import { plain } from './serialized';

const INVITATIONS_A_DAY = 5;

/** Who gets no more emails, and what the SMTP service sends from (official description, smtp.yaml). */
export function smtpPartRoutes(app: FastifyInstance, account: Account): void {
	const { reports } = account;
	app.get('/smtp/bounces/day/total', async () => ({ total: reports.bounces.length }));
	app.post('/smtp/unsubscribe', async (request) => {
		const recipients = listIn(request) as Array<{ email?: unknown }>;
		if (!recipients.every((one) => ADDRESS.test(String(one?.email))))
			throw invalid('Argument email is invalid');
		for (const { email } of recipients) reports.stop(String(email), 'by the account');
		return { result: true };
	});
	app.delete('/smtp/unsubscribe', async (request) => {
		for (const email of listIn(request)) reports.stopped.delete(String(email).toLowerCase());
		return { result: true };
	});
	app.get('/smtp/unsubscribe/search', async (request) => {
		const { email = '' } = request.query as { email?: string };
		return { result: reports.stopped.has(email.toLowerCase()) };
	});
	app.post('/smtp/resubscribe', async (request) => {
		const { email, sender } = bodyOf(request) as { email: string; sender: string };
		if (!account.senders.has(sender.toLowerCase())) throw invalid('Sender is not valid');
		if (!reports.stopped.has(email.toLowerCase())) throw invalid('Email is not unsubscribed', 14);
		if (account.invitations.length >= INVITATIONS_A_DAY) throw invalid('Limit is exceeded. Max count: 5');
		account.invitations.push(email);
		return { result: true, id: `sb${account.newId().toString(36)}-0afezp-fc` };
	});
	app.get('/smtp/ips', async () => ['192.0.2.10', '192.0.2.11']);
	app.get('/smtp/senders', async () => [...account.senders.keys()]);
	app.get('/v2/email-service/smtp/sender_domains', async () => ({
		data: { result: true, data: [DOMAIN] },
	}));
}

const DOMAIN = {
	id: 1,
	user_id: 7_043_663,
	service_type: 0,
	service_value: 'example.com',
	status: 1,
	is_default: true,
	ssl_type: 1,
	checks: { check_dkim: true, check_spf: true, check_dmarc: false, all_checks: false, spf_txt_needed: '' },
};

/** The body is a list; SendPulse's own client puts it into `emails`. */
function listIn(request: FastifyRequest): unknown[] {
	const body: unknown = request.body;
	const list = Array.isArray(body) ? (body as unknown[]) : plain(bodyOf(request).emails);
	if (!Array.isArray(list) || list.length === 0) throw missing('emails');
	if (list.length > 100) throw invalid('Limit is exceeded. Max count: 100');
	return list;
}
