import type { IDataObject } from 'n8n-workflow';
import workflow from '../../workflows/order-notification.json';
import { forgetClaims } from '../../core/batch/inFlight';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import { postmarkCredential, useSandbox } from '../support/services';
import { textOf } from '../support/tree';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const OWNER = 'owner@yunhe.example';
const CUSTOMER = 'ana.bauer@yunhe.example';

/** A block of docs/order-notification.md, so that what people copy is what runs here. */
const fromDocs = (language: string) =>
	new RegExp('```' + language + '\n(.*?)```', 's').exec(textOf('docs/order-notification.md'))![1]!;
const ORDER = JSON.parse(fromDocs('json')) as IDataObject & { customer: IDataObject };

beforeEach(async () => {
	forgetClaims();
	const { url, serverToken } = sandbox.current.postmark;
	const made = await fetch(`${url}/templates`, {
		method: 'POST',
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'X-Postmark-Server-Token': serverToken,
		},
		body: JSON.stringify({
			Name: 'Order confirmation',
			Alias: 'order-confirmation',
			Subject: fromDocs('text').trim(),
			HtmlBody: fromDocs('html'),
		}),
	});
	expect(await made.json()).toMatchObject({ Alias: 'order-confirmation' });
	sandbox.current.requests.clear();
});

/** Starts one of the two parts as its trigger would. */
async function start(trigger: string, ...items: object[]) {
	const engine = new Engine();
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	const json = items.map((item) => ({ json: item as IDataObject }));
	const run = await engine.run(file, { start: trigger, items: json, mode: 'webhook' });
	if (run.error) throw run.error;
	return run;
}

const order = (changes: object = {}) => start('New Order', { headers: {}, body: { ...ORDER, ...changes } });
const mailsTo = (address: string) =>
	sandbox.current.postmark.messages.filter(({ to }) => to[0]!.Email === address);

describe('an order', () => {
	test('that is paid is confirmed with everything the template shows', async () => {
		await order();
		const [mail, ...more] = sandbox.current.postmark.messages;
		expect(more).toEqual([]);
		expect(mail).toMatchObject({
			to: [{ Email: CUSTOMER }],
			subject: 'Your order 4711',
			tag: 'order',
			metadata: { order: '4711' },
		});
		for (const shown of ['Ana Bauer', 'Oolong tea', '2 ×', 'Teapot', '86.00'])
			expect(mail!.html).toContain(shown);
	});

	test('that is reported again is confirmed once, also after n8n was restarted', async () => {
		await order();
		const again = await order();
		expect(again.json('Confirmed')[0]).toMatchObject({ alreadySent: true });
		forgetClaims();
		await order();
		expect(sandbox.current.postmark.messages).toHaveLength(1);
	});

	test('is confirmed once when the shop reports it twice in the same moment', async () => {
		await Promise.all([order(), order()]);
		expect(sandbox.current.postmark.messages).toHaveLength(1);
	});

	test('another one gets a confirmation of its own', async () => {
		await order();
		await order({ orderNumber: '4712' });
		expect(mailsTo(CUSTOMER).map(({ subject }) => subject)).toEqual(['Your order 4711', 'Your order 4712']);
	});

	test('may have a number for its number', async () => {
		await order({ orderNumber: 4711 });
		await order({ orderNumber: 4711 });
		expect(sandbox.current.postmark.messages.map(({ subject }) => subject)).toEqual(['Your order 4711']);
	});

	test('is confirmed once when the answer of Postmark gets lost', async () => {
		sandbox.current.faults.add({
			service: 'postmark',
			path: '/email/batchWithTemplates',
			kind: 'resetAfter',
		});
		await order();
		expect(sandbox.current.postmark.messages).toHaveLength(1);
		expect(mailsTo(OWNER)).toEqual([]);
	});

	test('that is not paid sends nothing', async () => {
		await order({ status: 'pending' });
		expect(sandbox.current.postmark.messages).toEqual([]);
	});
});

describe('the owner hears, once, of an order', () => {
	test.each([
		['without an address', { name: 'Ana' }, 'no mail address'],
		['without a customer', undefined, 'no mail address'],
		['with an address that is none', { email: 'ana.bauer' }, 'not a mail address'],
		['with an address that came back before', { email: 'gone@yunhe.example' }, 'no longer delivers'],
	])('%s', async (_, customer, reason) => {
		sandbox.current.postmark.bounce({ email: 'gone@yunhe.example' });
		await order({ customer });
		await order({ customer });
		const [told, ...more] = sandbox.current.postmark.messages;
		expect(more).toEqual([]);
		expect(told).toMatchObject({
			to: [{ Email: OWNER }],
			subject: 'Order 4711: the confirmation was not sent',
			text: expect.stringContaining(reason),
		});
	});

	test('without a number: nothing could tell whether it was confirmed before', async () => {
		await order({ orderNumber: undefined });
		expect(sandbox.current.postmark.messages).toMatchObject([
			{ to: [{ Email: OWNER }], subject: 'Order without a number: the confirmation was not sent' },
		]);
	});

	test('whose template is missing', async () => {
		await fetch(`${sandbox.current.postmark.url}/templates/order-confirmation`, {
			method: 'DELETE',
			headers: {
				Accept: 'application/json',
				'Content-Type': 'application/json',
				'X-Postmark-Server-Token': sandbox.current.postmark.serverToken,
			},
		});
		await order();
		expect(mailsTo(CUSTOMER)).toEqual([]);
		expect(mailsTo(OWNER)[0]!.text).toMatch(/template/i);
	});
});

describe('a mail that comes back', () => {
	const bounce = {
		RecordType: 'Bounce',
		ID: 692560001,
		Type: 'HardBounce',
		Metadata: { order: '4711' },
		Email: CUSTOMER,
		Description: 'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
		Inactive: true,
	};

	test('is told to the owner with order, address and reason', async () => {
		await start('Mail Came Back', bounce);
		const [told, ...more] = sandbox.current.postmark.messages;
		expect(more).toEqual([]);
		expect(told).toMatchObject({
			to: [{ Email: OWNER }],
			subject: 'Order 4711: the confirmation came back',
		});
		for (const words of [CUSTOMER, 'HardBounce', 'mailbox not found', 'reactivated'])
			expect(told!.text).toContain(words);
	});

	test('each of several', async () => {
		const second = { ...bounce, ID: 692560002, Metadata: { order: '4712' } };
		await start('Mail Came Back', bounce, second);
		expect(sandbox.current.postmark.messages.map(({ subject }) => subject)).toEqual([
			'Order 4711: the confirmation came back',
			'Order 4712: the confirmation came back',
		]);
	});

	test('is told in other words when it was reported as spam', async () => {
		await start('Mail Came Back', { ...bounce, RecordType: 'SpamComplaint', Type: 'SpamComplaint' });
		expect(sandbox.current.postmark.messages[0]!.subject).toBe(
			'Order 4711: the confirmation was reported as spam',
		);
	});

	test('starts no circle when it is the owner’s own', async () => {
		await start('Mail Came Back', { ...bounce, Metadata: {}, Email: OWNER });
		expect(sandbox.current.postmark.messages).toEqual([]);
	});
});
