import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, ERROR_OUTPUT, problem, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});
const account = () => sandbox.current.sendpulse.account;
const asked = (path: string) => sandbox.current.requests.list().filter((request) => request.path === path);
const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ json: { email: `p${i}@x.example` } }));

test('an email is made from a template and its variables', async () => {
	const form = {
		from: 'Shop <shop@example.com>',
		to: 'ana@x.example',
		subject: 'Your order',
		template: byId(7001),
		variables: { variable: [{ name: 'name', type: 'text', value: 'Ana' }] },
		options: { cc: 'ben@x.example' },
	};
	const done = await run(sandbox.current, 'smtpEmail.sendWithTemplate', form);
	expect(done.json(NODE)).toMatchObject([{ result: true, id: expect.any(String) }]);
	expect(account().emails).toMatchObject([
		{
			subject: 'Your order',
			template: { id: '7001', variables: { name: 'Ana' } },
			cc: [{ email: 'ben@x.example' }],
		},
	]);
	const { error } = await problem(sandbox.current, 'smtpEmail.sendWithTemplate', {
		...form,
		template: byId(9),
	});
	expect(error).toBe('SendPulse has no such template');
});

test('statuses of many emails: 500 IDs in one request, and an unknown one is named alone', async () => {
	const form = { from: 'shop@example.com', to: 'ana@x.example', subject: 'Hi', html: '<p>Hi</p>' };
	const [sent] = (await run(sandbox.current, 'smtpEmail.send', form)).json(NODE);
	const items = Array.from({ length: 501 }, (_, i) => ({ json: { id: i === 7 ? 'nobody' : sent!.id } }));
	const parameters = { id: '={{ $json.id }}' };
	const done = await run(sandbox.current, 'smtpEmail.getStatuses', parameters, {
		items,
		settings: ERROR_OUTPUT,
	} as never);
	expect(asked('/smtp/emails/info')).toHaveLength(2);
	expect(done.json(NODE, 0)).toHaveLength(500);
	expect(done.json(NODE, 0)[0]).toMatchObject({ id: sent!.id, recipient: 'ana@x.example' });
	expect(done.json(NODE, 1)).toMatchObject([
		{ error: expect.stringContaining('does not know'), details: { item: 7 } },
	]);
});

test('bounces of a day', async () => {
	account().reports.smtp('hard_bounces', 'ana@x.example');
	const today = await run(sandbox.current, 'smtpEmail.getBounces', { returnAll: true });
	expect(today.json(NODE)).toMatchObject([{ email_to: 'ana@x.example', smtp_answer_code: 550 }]);
	const before = await run(sandbox.current, 'smtpEmail.getBounces', {
		returnAll: true,
		filters: { date: '2020-01-01' },
	});
	expect(before.json(NODE)).toEqual([]);
});

test('what the SMTP service sends from', async () => {
	const rows = async (operation: string) => (await run(sandbox.current, operation, {})).json(NODE);
	expect(await rows('smtpEmail.getSenders')).toEqual([
		{ email: 'shop@example.com' },
		{ email: 'people@yunhe.example' },
	]);
	expect(await rows('smtpEmail.getIps')).toEqual([{ ip: '192.0.2.10' }, { ip: '192.0.2.11' }]);
	expect(await rows('smtpEmail.getDomains')).toMatchObject([
		{ service_value: 'example.com', checks: { check_dmarc: false } },
	]);
});

describe('unsubscribed recipients', () => {
	test('150 are added in two requests, found and let back in', async () => {
		const done = await run(sandbox.current, 'smtpUnsubscribe.add', {}, { items: people(150) });
		expect(done.json(NODE)).toHaveLength(150);
		expect(asked('/smtp/unsubscribe')).toHaveLength(2);
		const all = await run(sandbox.current, 'smtpUnsubscribe.getAll', { returnAll: true });
		expect(all.json(NODE)).toHaveLength(150);
		const check = async () =>
			(await run(sandbox.current, 'smtpUnsubscribe.get', { email: 'p3@x.example' })).json(NODE);
		expect(await check()).toEqual([{ email: 'p3@x.example', unsubscribed: true }]);
		await run(sandbox.current, 'smtpUnsubscribe.remove', {}, { items: people(150) });
		expect(account().reports.stopped.size).toBe(0);
		expect(await check()).toEqual([{ email: 'p3@x.example', unsubscribed: false }]);
	});

	test('an invitation whose answer got lost is not sent again', async () => {
		account().reports.stop('ana@x.example', 'unsubscribed');
		const form = { email: 'ana@x.example', sender: byId('shop@example.com') };
		sandbox.current.faults.add({ service: 'sendpulse', path: /\/resubscribe$/, kind: 'resetAfter' });
		const { details } = await problem(sandbox.current, 'smtpUnsubscribe.inviteBack', form);
		expect(details).toMatchObject({ outcome: 'unknown', canRetry: false });
		expect(account().invitations).toEqual(['ana@x.example']);
	});
});
