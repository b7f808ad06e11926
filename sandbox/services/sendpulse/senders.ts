import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { invalid, SendPulseError } from './errors';
import { bodyOf } from './lists';
import { ADDRESS } from './records';

/** A code is mailed again after this time at the earliest: error 1004. */
const CODE_MS = 15 * 60_000;
const FREE = /@(?:gmail|yahoo|hotmail|outlook|mail|163|qq)\.\w+$/;

/** `/senders` and the codes that confirm one. */
export function senderRoutes(app: FastifyInstance, account: Account): void {
	const { senders, unconfirmed } = account;
	app.get('/senders', async () => [
		...[...senders].map(([email, name]) => ({ email, name, status: 'Active' })),
		...[...unconfirmed].map(([email, { name }]) => ({ email, name, status: 'Unconfirmed' })),
	]);
	app.post('/senders', async (request) => {
		const { email, name } = bodyOf(request) as { email: string; name: string };
		const key = email.toLowerCase();
		if (!ADDRESS.test(email)) throw invalid('Sender email is invalid', 906);
		if (FREE.test(key)) throw invalid('Free mail domains are not allowed', 20);
		if (senders.has(key) || unconfirmed.has(key)) throw invalid('Email already in use', 902);
		if (account.blacklist.has(key)) throw invalid('Email is in the blacklist', 904);
		unconfirmed.set(key, { name, code: '', codeAt: 0 });
		return { result: true };
	});
	app.delete('/senders', async (request) => {
		const key = String(bodyOf(request).email).toLowerCase();
		if (!senders.delete(key) && !unconfirmed.delete(key)) throw unknown();
		return { result: true };
	});
	app.get('/senders/:email/code', async (request) => {
		const { email } = request.params as { email: string };
		const waiting = waitingOf(email, account);
		if (waiting.codeAt > Date.now() - CODE_MS)
			throw invalid('The activation code has been sent. Wait 15 minutes to retry', 1004);
		waiting.code = randomBytes(3).toString('hex');
		waiting.codeAt = Date.now();
		return { result: true, email };
	});
	app.post('/senders/:email/code', async (request) => {
		const { email } = request.params as { email: string };
		const { code } = bodyOf(request) as { code: string };
		const waiting = waitingOf(email, account);
		if (waiting.code === '' || waiting.code !== code) throw invalid('Activation failed', 1005);
		unconfirmed.delete(email.toLowerCase());
		senders.set(email.toLowerCase(), waiting.name);
		return { result: true, email };
	});
}

const unknown = () => new SendPulseError(404, 1003, 'Sender not found');

function waitingOf(email: string, { senders, unconfirmed }: Account) {
	const key = email.toLowerCase();
	const found = unconfirmed.get(key);
	if (found !== undefined) return found;
	throw senders.has(key) ? invalid('No emails awaiting activation', 21) : unknown();
}
