import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { invalid, missing } from './errors';
import { bodyOf } from './lists';
import { ADDRESS } from './records';

/** Blacklist and balance. */
export function otherRoutes(app: FastifyInstance, account: Account): void {
	const { blacklist } = account;
	app.get('/blacklist', async () => [...blacklist]);
	app.post('/blacklist', async (request) => {
		for (const email of packed(bodyOf(request).emails)) blacklist.add(email);
		return { result: true };
	});
	app.delete('/blacklist', async (request) => {
		for (const email of packed(bodyOf(request).emails)) blacklist.delete(email);
		return { result: true };
	});
	app.get('/balance', async () => ({ currency: 'USD', balance_currency: 9.36 }));
	app.get('/balance/:currency', async (request) => ({
		currency: (request.params as { currency: string }).currency.toUpperCase(),
		balance_currency: 9.36,
	}));
	app.get('/user/balance/detail', async () => ({
		balance: { main: '9.36', bonus: '0.00', currency: 'USD' },
		email: {
			tariff_name: 'Free',
			finished_time: '2030-01-01 00:00:00',
			emails_left: 15_000,
			maximum_subscribers: 500,
			current_subscribers: [...account.lists.values()].reduce((sum, { contacts }) => sum + contacts.size, 0),
		},
		smtp: { tariff_name: 'SMTP Free', end_date: '2030-01-01 00:00:00', auto_renew: 1 },
		push: { tariff_name: 'Free', end_date: '2030-01-01', auto_renew: 0 },
	}));
}

/** Base64 of a list with commas. @throws {SendPulseError} 832 when it is anything else */
function packed(value: unknown): string[] {
	if (typeof value !== 'string' || value === '') throw missing('emails', 832);
	const emails = Buffer.from(value, 'base64').toString('utf8').split(',');
	if (!emails.every((email) => ADDRESS.test(email)))
		throw invalid('Parameter emails is empty or has wrong format', 832);
	return emails.map((email) => email.toLowerCase());
}
