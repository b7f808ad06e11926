import type { IDataObject } from 'n8n-workflow';
import { WELL_KNOWN } from '../../../../sandbox/services/alimail/mail/mailbox';
import { ANA, fault, file, mailbox, onMail, SHOP, shopBox, useMail } from '../mailSupport';

const sandbox = useMail();
const MAIL = { to: ANA, subject: 'Hello', html: '<p>Hi &amp; welcome</p>' };
const sent = () => sandbox.current.alimail.post.sent;
const drafts = () => shopBox(sandbox).in(WELL_KNOWN.drafts);
const deleted = () => shopBox(sandbox).in(WELL_KNOWN.deleted);
const posts = (path: RegExp) => sandbox.current.requests.count({ service: 'alimail', method: 'POST', path });

test('a message goes out with everything it has', async () => {
	const rows = await onMail(
		sandbox,
		'message.send',
		{
			...MAIL,
			options: {
				attachments: 'invoice',
				inlineImages: 'logo',
				cc: 'Ben <ben@elsewhere.example>',
				bcc: 'archive@yunhe.example',
				from: 'The Shop <shop@yunhe.example>',
				replyTo: 'help@yunhe.example',
				priority: 'PRY_HIGH',
				readReceipt: true,
				headers: { header: [{ name: 'X-Order', value: '7' }] },
			},
		},
		[
			{
				json: {},
				binary: {
					invoice: file('invoice', 'R 7.pdf', 'application/pdf'),
					logo: file('png', 'logo.png', 'image/png'),
				},
			},
		],
	);
	expect(rows).toEqual([expect.objectContaining({ sent: true, mailbox: SHOP, subject: 'Hello' })]);
	const [copy] = shopBox(sandbox).in(WELL_KNOWN.sent);
	expect(copy).toMatchObject({
		subject: 'Hello',
		from: { email: SHOP, name: 'The Shop' },
		toRecipients: [{ email: ANA }],
		ccRecipients: [{ email: 'ben@elsewhere.example', name: 'Ben' }],
		bccRecipients: [{ email: 'archive@yunhe.example' }],
		replyTo: [{ email: 'help@yunhe.example' }],
		priority: 'PRY_HIGH',
		isReadReceiptRequested: true,
		body: { bodyHtml: MAIL.html, bodyText: 'Hi & welcome' },
		internetMessageHeaders: { 'X-Order': '7', 'X-MailOps-Mark': expect.stringMatching(/^\S{20,}$/) },
	});
	expect(
		copy!.attachments.map(({ name, isInline, contentId, content, extHeaders }) => [
			name,
			isInline,
			contentId,
			content.toString(),
			extHeaders['Content-Type'],
		]),
	).toEqual([
		['R 7.pdf', false, undefined, 'invoice', 'application/pdf'],
		['logo.png', true, 'logo', 'png', 'image/png'],
	]);
	expect(drafts()).toEqual([]);
});

test('an expression that was left as text is refused, and nothing is asked', async () => {
	const rows = await onMail(sandbox, 'message.send', { ...MAIL, subject: 'Hello {{ $json.name }}' });
	expect(String(rows[0]!.error)).toContain("'Subject'");
	expect(sandbox.current.requests.total).toBe(0);
});

test.each([
	['to', { to: 'ana(at)yunhe' }],
	['mailbox', { mailbox: { ...mailbox, value: 'user-0001' } }],
	['from', { options: { from: 'a@yunhe.example, b@yunhe.example' } }],
])('a wrong %s is named before anything is asked', async (_name, more) => {
	const [row] = await onMail(sandbox, 'message.send', { ...MAIL, ...more });
	expect((row!.details as IDataObject).outcome).toBe('notSent');
	expect(sandbox.current.requests.total).toBe(0);
});

describe('once, whatever breaks', () => {
	test.each([
		['the answer to the draft', /\/messages$/, 'resetAfter'],
		['the draft itself', /\/messages$/, 'resetBefore'],
		['the answer to the upload', /\/v2\/stream\//, 'resetAfter'],
		['the upload itself', /\/v2\/stream\//, 'resetBefore'],
		['the answer to the sending', /\/send$/, 'resetAfter'],
		['the sending itself', /\/send$/, 'resetBefore'],
	])('%s is lost', async (_name, path, kind) => {
		fault(sandbox, path, { kind });
		const rows = await onMail(sandbox, 'message.send', { ...MAIL, options: { attachments: 'data' } }, [
			{ json: {}, binary: { data: file('hello') } },
		]);
		expect(rows).toEqual([expect.objectContaining({ sent: true })]);
		expect(sent()).toHaveLength(1);
		expect(sent()[0]!.message.attachments).toHaveLength(1);
		expect(drafts()).toEqual([]);
	});

	test('a proxy’s empty yes to the sending is no yes', async () => {
		fault(sandbox, /\/send$/, { kind: 'emptyBody', when: 'before' });
		expect(await onMail(sandbox, 'message.send', MAIL)).toEqual([expect.objectContaining({ sent: true })]);
		expect(sent()).toHaveLength(1);
	});

	test('a draft that leaves late is waited for, and not let go again', async () => {
		sandbox.current.alimail.settings.sendTakesMs = 25;
		fault(sandbox, /\/send$/, { kind: 'resetAfter' });
		const [row] = await onMail(sandbox, 'message.send', MAIL);
		expect(row).toMatchObject({ sent: true });
		expect(posts(/\/send$/)).toBe(1);
		expect(sent()).toHaveLength(1);
	});

	test('where nobody can say, it is not sent again, and the error says where to look', async () => {
		sandbox.current.alimail.settings.showHeaders = 'never';
		fault(sandbox, /\/send$/, { kind: 'resetBefore' });
		const [row] = await onMail(sandbox, 'message.send', MAIL);
		expect(row!.details).toMatchObject({
			outcome: 'unknown',
			remedy: expect.stringContaining('Look in Sent and Drafts of shop@yunhe.example'),
		});
		expect(sent()).toHaveLength(0);
		expect(posts(/\/send$/)).toBe(1);
	});

	test('where lists show no header lines, the messages are asked one by one', async () => {
		sandbox.current.alimail.settings.showHeaders = 'get';
		shopBox(sandbox).put(WELL_KNOWN.drafts, new Date().toISOString(), {
			subject: 'Hello',
			internetMessageHeaders: { 'X-A': 'b' },
		});
		fault(sandbox, /\/messages$/, { kind: 'resetAfter' });
		expect(await onMail(sandbox, 'message.send', MAIL)).toEqual([expect.objectContaining({ sent: true })]);
		expect(posts(/\/messages$/)).toBe(1);
		expect(drafts()).toHaveLength(1);
	});
});

describe('no draft is left behind', () => {
	test.each([
		['the sending is refused', /\/send$/, {}],
		['a file is refused', /createUploadSession$/, { options: { attachments: 'data' } }],
	])('when %s', async (_name, path, more) => {
		fault(sandbox, path, { kind: 'status', status: 400, body: undefined });
		const [row] = await onMail(sandbox, 'message.send', { ...MAIL, ...more }, [
			{ json: {}, binary: { data: file('hello') } },
		]);
		expect(row!.details).toMatchObject({ outcome: 'refused' });
		expect(sent()).toHaveLength(0);
		expect(drafts()).toEqual([]);
		expect(deleted()).toHaveLength(1);
	});

	test('or the error names it', async () => {
		fault(sandbox, /\/send$/, { kind: 'status', status: 400, body: undefined });
		fault(sandbox, /batchDelete$/, { kind: 'status', status: 403, body: undefined });
		const [row] = await onMail(sandbox, 'message.send', MAIL);
		expect((row!.details as IDataObject).remedy).toContain(
			'Its draft “Hello” is still in Drafts of shop@yunhe.example',
		);
	});

	test('the app lacks the permission to send', async () => {
		const { alimail } = sandbox.current;
		alimail.apps.find(alimail.appId, alimail.appSecret)!;
		const app = alimail.apps.add({ id: 'mails', secret: 's', permissions: { mails: 'readWrite' } });
		const { run } = await import('../support');
		const rows = await run(sandbox.current, 'message.send', { mailbox, ...MAIL }, [{}], {
			goOn: true,
			credential: { appId: app.id, appSecret: app.secret },
		});
		expect(rows[0]!.error).toBe('The Alimail app lacks the permission to send Mails');
		expect(drafts()).toEqual([]);
	});
});

describe('Prevent Double Sending', () => {
	const keyed = { ...MAIL, preventDoubleSending: 'key', onceKey: '={{ $json.order }}', lookBackDays: 2 };
	const orders = (...numbers: string[]) => numbers.map((order) => ({ json: { order } }));
	const once = async (parameters: object, items: ReturnType<typeof orders>) => {
		const { forgetClaims } = await import('../../../../core/batch/inFlight');
		forgetClaims();
		return await onMail(sandbox, 'message.send', parameters as never, items);
	};

	test.each(['always', 'get'] as const)(
		'by own key, in all executions (header lines shown: %s)',
		async (shown) => {
			sandbox.current.alimail.settings.showHeaders = shown;
			await once(keyed, orders('A1', 'A2'));
			const again = await once(keyed, orders('A2', 'A3'));
			expect(again.map(({ alreadySent }) => alreadySent)).toEqual([true, undefined]);
			expect(sent()).toHaveLength(3);
			expect(JSON.stringify(sent().map(({ message }) => message.internetMessageHeaders))).not.toContain('A1');
		},
	);

	test('the same key for another message is refused', async () => {
		await once(keyed, orders('A1'));
		const [row] = await once({ ...keyed, to: 'ben@elsewhere.example' }, orders('A1'));
		expect(String(row!.error)).toContain('“A1” already belongs to another email');
		expect(sent()).toHaveLength(1);
	});

	test('where the line cannot be read nothing is sent, and no draft stays', async () => {
		sandbox.current.alimail.settings.showHeaders = 'never';
		const [row] = await once(keyed, orders('A1'));
		expect(String(row!.error)).toContain('does not show the header line');
		expect(sent()).toHaveLength(0);
		expect(drafts()).toEqual([]);
	});

	test('a look-up that fails sends nothing', async () => {
		sandbox.current.faults.add({
			service: 'alimail',
			method: 'GET',
			path: /mailFolders\/1\/messages$/,
			kind: 'status',
			status: 500,
			times: 9,
		});
		const [row] = await once(keyed, orders('A1'));
		expect(row!.details).toMatchObject({ outcome: 'notSent' });
		expect(sent()).toHaveLength(0);
	});

	test('a draft that a killed run left is taken away', async () => {
		await once(keyed, orders('A1'));
		const box = shopBox(sandbox);
		const [copy] = box.in(WELL_KNOWN.sent);
		box.messages.delete(copy!.id);
		box.put(WELL_KNOWN.drafts, new Date().toISOString(), { ...copy, folderId: WELL_KNOWN.drafts });
		await once(keyed, orders('A1'));
		expect(sent()).toHaveLength(2);
		expect(drafts()).toEqual([]);
	});

	test('a list of sent messages is read once a run', async () => {
		await once(keyed, orders('A1', 'A2', 'A3', 'A4'));
		expect(
			sandbox.current.requests.count({
				service: 'alimail',
				method: 'GET',
				path: /mailFolders\/1\/messages$/,
			}),
		).toBe(1);
	});
});
