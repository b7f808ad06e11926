import { NODE } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { asked, attach, byId, problem, rows, run } from '../support';

const sandbox = useSandbox();
const mailbox = () => sandbox.current.outlook.mailbox();
const idOf = (item: { id: string }) => `AAkALg${item.id}`;
const receive = (subject: string, more: object = {}) =>
	sandbox.current.outlook.receive(subject, 'guest@elsewhere.example', more as never);
const many = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ json: { id: idOf(receive(`m${i}`)) } }));

test('moved messages keep their IDs, and the next node finds them', async () => {
	const items = many(3);
	const moved = await rows(
		sandbox.current,
		'message.move',
		{ messageId: '={{ $json.id }}', folder: byId('archive') },
		{ items },
	);
	expect(moved.map(({ id }) => id)).toEqual(items.map(({ json }) => json.id));
	expect(mailbox().messages.in('archive')).toHaveLength(3);
	const [again] = await rows(sandbox.current, 'message.get', { messageId: items[0]!.json.id });
	expect(again).toMatchObject({ parentFolderId: 'archive' });
});

test.each(['move', 'copy', 'delete', 'deletePermanently'])(
	'%s, with the answer lost: done once, or told as unknown',
	async (operation) => {
		const item = receive('one');
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
		const done = await run(
			sandbox.current,
			`message.${operation}`,
			{ messageId: idOf(item), folder: byId('archive') },
			{ settings: { onError: 'continueErrorOutput' } },
		);
		const places = [...mailbox().messages.items.values()].map(({ folder }) => folder).sort();
		const expected = {
			move: ['archive'],
			copy: ['archive', 'inbox'],
			delete: ['deleteditems'],
			deletePermanently: [],
		}[operation];
		expect(places).toEqual(expected);
		if (operation === 'copy') expect(done.json(NODE, 1)).toMatchObject([{ details: { outcome: 'unknown' } }]);
		else expect(done.items(NODE)).toHaveLength(1);
	},
);

test('an ID of another program, from before the message was moved, says why it is not found', async () => {
	const item = receive('one');
	mailbox().messages.move(item, 'archive');
	const { details } = await problem(sandbox.current, 'message.get', { messageId: `AAMkAD${item.id}-0` });
	expect(details).toMatchObject({
		code: 'ErrorItemNotFound',
		field: 'Message ID',
		remedy: expect.stringContaining('may have changed'),
	});
});

test('what forty-five messages have attached is asked twenty in a request', async () => {
	for (let i = 0; i < 45; i++) attach(receive(`m${i}`), 'fileAttachment', { name: `${i}.txt` }, String(i));
	const done = await run(sandbox.current, 'message.getAll', { returnAll: true, attachments: true });
	expect(done.items(NODE)).toHaveLength(45);
	for (const { json, binary } of done.items(NODE))
		expect(binary!.attachment_0!.fileName).toBe(`${String(json.subject).slice(1)}.txt`);
	const lines = asked(sandbox.current);
	expect(lines.filter((line) => line.includes('/attachments?'))).toEqual([]);
	// A page of messages, the lists in three batches or some more, and each file by itself.
	expect(lines.filter((line) => line.includes('$batch')).length).toBeLessThanOrEqual(8);
	expect(lines.filter((line) => line.endsWith('/$value'))).toHaveLength(45);
});

test('flag, read status and categories', async () => {
	const item = receive('one', { categories: ['Old'] });
	const target = { messageId: idOf(item) };
	await rows(sandbox.current, 'message.flag', { ...target, flagStatus: 'flagged', due: '2026-12-01' });
	expect(item.props.flag).toMatchObject({
		flagStatus: 'flagged',
		dueDateTime: { dateTime: '2026-12-01T00:00:00' },
	});
	await rows(sandbox.current, 'message.markRead', { ...target, isRead: true });
	expect(item.props.isRead).toBe(true);
	await rows(sandbox.current, 'message.categorize', {
		...target,
		categories: 'Invoice，To Check',
		how: 'add',
	});
	expect(item.props.categories).toEqual(['Old', 'Invoice', 'To Check']);
	await rows(sandbox.current, 'message.categorize', { ...target, categories: 'Old', how: 'remove' });
	await rows(sandbox.current, 'message.categorize', { ...target, categories: 'New', how: 'replace' });
	expect(item.props.categories).toEqual(['New']);
});

describe('two items about one message, twenty times over', () => {
	const pairs = (ids: string[], first: object, second: object) =>
		ids.flatMap((id) => [{ json: { id, ...first } }, { json: { id, ...second } }]);
	const ids = () => Array.from({ length: 20 }, (_, i) => idOf(receive(`m${i}`, { categories: ['Old'] })));
	const every = (name: string) => [...mailbox().messages.items.values()].map(({ props }) => props[name]);
	const same = (value: unknown) => Array.from({ length: 20 }, () => value);

	test('what both add is there, and what they take away is gone', async () => {
		const items = pairs(ids(), { name: 'A' }, { name: 'B' });
		const form = { messageId: '={{ $json.id }}', categories: '={{ $json.name }}' };
		await rows(sandbox.current, 'message.categorize', { ...form, how: 'add' }, { items });
		expect(every('categories')).toEqual(same(['Old', 'A', 'B']));
		await rows(sandbox.current, 'message.categorize', { ...form, how: 'remove' }, { items });
		expect(every('categories')).toEqual(same(['Old']));
	});

	test.each([
		['message.markRead', { isRead: '={{ $json.value }}' }, [true, false], 'isRead', false],
		[
			'message.flag',
			{ flagStatus: '={{ $json.value }}' },
			['flagged', 'complete'],
			'flag',
			expect.objectContaining({ flagStatus: 'complete' }),
		],
		[
			'message.update',
			{ updateFields: { categories: '={{ $json.value }}' } },
			['A', 'B'],
			'categories',
			['B'],
		],
	])('%s: the later item counts', async (operation, form, [first, second], field, last) => {
		const items = pairs(ids(), { value: first }, { value: second });
		await rows(sandbox.current, operation, { messageId: '={{ $json.id }}', ...form }, { items });
		expect(every(field)).toEqual(same(last));
	});

	test('move: they end where the later item says', async () => {
		const items = pairs(ids(), { folder: 'archive' }, { folder: 'junkemail' });
		const form = { messageId: '={{ $json.id }}', folder: byId('={{ $json.folder }}') };
		await rows(sandbox.current, 'message.move', form, { items });
		expect(mailbox().messages.in('junkemail')).toHaveLength(20);
	});
});

test('what cannot be changed of a message that came says what can', async () => {
	const { details } = await problem(sandbox.current, 'message.update', {
		messageId: idOf(receive('one')),
		updateFields: { subject: 'New' },
	});
	expect(details).toMatchObject({
		field: 'Update Fields',
		remedy: expect.stringContaining('Mail-Advanced.ReadWrite'),
	});
});

test('a change that is denied names the permission that it will need', async () => {
	sandbox.current.faults.add({
		service: 'outlook',
		method: 'POST',
		path: '/v1.0/$batch',
		kind: 'status',
		status: 200,
		body: {
			responses: [
				{
					id: '0',
					status: 403,
					body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } },
				},
			],
		},
	});
	const { error, details } = await problem(sandbox.current, 'message.update', {
		messageId: idOf(receive('two')),
		updateFields: { subject: 'New' },
	});
	expect(error).toContain('may not change this message');
	expect(details).toMatchObject({
		remedy: expect.stringContaining('needs the permission Mail-Advanced.ReadWrite'),
	});
});

describe('getting', () => {
	test('ten thousand messages in ten requests', async () => {
		for (let i = 0; i < 10_000; i++) receive(`m${i}`);
		const all = await rows(sandbox.current, 'message.getAll', { returnAll: true });
		expect(all).toHaveLength(10_000);
		expect(asked(sandbox.current)).toHaveLength(10);
		expect(Object.keys(all[0]!)).not.toContain('body');
	});

	test('filters really filter, in a folder with those below it', async () => {
		const invoices = mailbox().addFolder('Invoices', 'inbox');
		for (const [subject, folder, more] of [
			['Invoice 1', 'inbox', { isRead: true }],
			['Invoice 2', invoices.id, {}],
			['Other', invoices.id, {}],
			['Invoice 3', 'archive', {}],
		] as const) {
			const item = receive(subject, more);
			item.folder = folder;
		}
		const filters = { subject: 'invoice', isRead: 'unread', receivedAfter: '2020-01-01T00:00:00Z' };
		const found = await rows(sandbox.current, 'message.getAll', {
			folder: byId('inbox'),
			subfolders: true,
			filters,
			returnAll: true,
		});
		expect(found.map(({ subject }) => subject)).toEqual(['Invoice 2']);
		const one = await rows(sandbox.current, 'message.getAll', {
			limit: 1,
			filters: { sender: "o'neil@x.example" },
		});
		expect(one).toEqual([]);
	});

	test('search, which goes with no filter', async () => {
		receive('Budget 2026');
		receive('Other');
		const found = await rows(sandbox.current, 'message.getAll', { search: 'budget', limit: 5 });
		expect(found.map(({ subject }) => subject)).toEqual(['Budget 2026']);
		const { details } = await problem(sandbox.current, 'message.getAll', {
			search: 'x',
			filters: { subject: 'y' },
		});
		expect(details).toMatchObject({ field: 'Search', outcome: 'notSent' });
	});

	test('one: text, headers, and as a file', async () => {
		const item = receive('One', {
			body: { contentType: 'html', content: '<p>Hello <b>you</b></p>' },
			internetMessageHeaders: [{ name: 'Received', value: 'by x' }],
		});
		const target = { messageId: idOf(item) };
		const [text] = await rows(sandbox.current, 'message.get', { ...target, asText: true });
		expect(text!.body).toEqual({ contentType: 'text', content: 'Hello you' });
		const [headers] = await rows(sandbox.current, 'message.get', { ...target, output: 'headers' });
		expect(headers!.internetMessageHeaders).toEqual([{ name: 'Received', value: 'by x' }]);
		const file = await run(sandbox.current, 'message.get', { ...target, output: 'mime' });
		expect(file.items(NODE)[0]!.binary!.data).toMatchObject({
			fileName: 'One.eml',
			mimeType: 'message/rfc822',
		});
	});

	test('a link to another origin is not followed', async () => {
		sandbox.current.faults.add({
			service: 'outlook',
			path: '/v1.0/me/messages',
			kind: 'status',
			status: 200,
			body: { value: [], '@odata.nextLink': 'https://evil.example/v1.0/me/messages?$skip=1' },
		});
		const { error } = await problem(sandbox.current, 'message.getAll', { returnAll: true });
		expect(error).toContain('another address');
	});
});

describe('answering', () => {
	const words = { html: '<p>Thanks</p>', text: '' };

	test('Reply keeps the history, honours Reply-To, and takes files', async () => {
		const item = receive('Question', {
			replyTo: [{ emailAddress: { address: 'desk@elsewhere.example' } }],
			body: { contentType: 'html', content: '<p>Why?</p>' },
		});
		const binary = {
			data: { data: Buffer.from('x').toString('base64'), fileName: 'x.txt', mimeType: 'text/plain' },
		};
		const [row] = await rows(
			sandbox.current,
			'message.reply',
			{ ...words, messageId: idOf(item), options: { attachments: 'data', cc: 'boss@contoso.example' } },
			{ items: [{ binary }] },
		);
		const [one] = sandbox.current.outlook.post.sent;
		expect(row).toMatchObject({
			sent: true,
			subject: 'RE: Question',
			conversationId: item.props.conversationId,
		});
		expect(one).toMatchObject({
			to: ['desk@elsewhere.example', 'boss@contoso.example'],
			attachments: [{ props: { name: 'x.txt' } }],
		});
		const { content } = one!.props.body as { content: string };
		expect(content).toMatch(/<body><p>Thanks<\/p>.*Why\?/);
	});

	test.each(['reply', 'replyAll', 'forward'])(
		'%s has what a new message has: From, Reply-To, subject, headers, importance, categories, receipts',
		async (operation) => {
			const item = receive('Question');
			const options = {
				from: 'anna@contoso.example',
				replyTo: 'desk@contoso.example',
				subject: 'Ihre Frage 问题',
				headers: { header: [{ name: 'X-Ticket', value: '4711' }] },
				importance: 'high',
				categories: 'Answered',
				readReceipt: true,
				deliveryReceipt: true,
			};
			const to = operation === 'forward' ? { to: 'boss@contoso.example' } : {};
			const form = { ...words, ...to, messageId: idOf(item), options };
			const [row] = await rows(sandbox.current, `message.${operation}`, form);
			expect(row).toMatchObject({ sent: true, subject: 'Ihre Frage 问题' });
			const [one] = sandbox.current.outlook.post.sent;
			expect(one!.props).toMatchObject({
				subject: 'Ihre Frage 问题',
				from: { emailAddress: { address: 'anna@contoso.example' } },
				replyTo: [{ emailAddress: { address: 'desk@contoso.example' } }],
				importance: 'high',
				categories: ['Answered'],
				isReadReceiptRequested: true,
				isDeliveryReceiptRequested: true,
			});
			expect(JSON.stringify(one)).toContain('X-Ticket');
			expect(one!.to).toEqual([operation === 'forward' ? 'boss@contoso.example' : 'guest@elsewhere.example']);
		},
	);

	test('Reply to All writes to everybody but oneself', async () => {
		const item = receive('Question', {
			toRecipients: [
				{ emailAddress: { address: 'anna@contoso.example' } },
				{ emailAddress: { address: 'x@elsewhere.example' } },
			],
		});
		await rows(sandbox.current, 'message.replyAll', { ...words, messageId: idOf(item) });
		expect(sandbox.current.outlook.post.sent[0]!.to).toEqual([
			'guest@elsewhere.example',
			'x@elsewhere.example',
		]);
	});

	const person = (address: string) => ({ emailAddress: { address } });
	const toMany = (more: object = {}) =>
		receive('Question', {
			toRecipients: [person('anna@contoso.example'), person('x@elsewhere.example')],
			ccRecipients: [person('y@elsewhere.example')],
			...more,
		});
	const addresses = (list: unknown) =>
		(list as Array<ReturnType<typeof person>>).map(({ emailAddress }) => emailAddress.address);
	/** To, CC and BCC of what went. */
	const wentTo = () => {
		const { toRecipients, ccRecipients, bccRecipients } = sandbox.current.outlook.post.sent[0]!.props;
		return [toRecipients, ccRecipients, bccRecipients].map(addresses);
	};

	test.each([
		[
			'CC and BCC come on top of everybody, nobody twice',
			{},
			{ cc: 'boss@contoso.example, X@Elsewhere.example', bcc: 'file@contoso.example, Y@elsewhere.example' },
			[
				['guest@elsewhere.example', 'x@elsewhere.example'],
				['y@elsewhere.example', 'boss@contoso.example'],
				['file@contoso.example'],
			],
		],
		[
			'Reply-To takes the place of the sender, not of the others',
			{ replyTo: [person('desk@elsewhere.example')] },
			{},
			[['desk@elsewhere.example', 'x@elsewhere.example'], ['y@elsewhere.example'], []],
		],
		[
			'a Reply-To that got the message too stays',
			{ replyTo: [person('X@elsewhere.example')] },
			{ to: 'new@elsewhere.example' },
			[['new@elsewhere.example', 'x@elsewhere.example'], ['y@elsewhere.example'], []],
		],
		[
			'who is entered in To takes the place of the sender',
			{ replyTo: [person('desk@elsewhere.example')] },
			{ to: 'y@elsewhere.example' },
			[['y@elsewhere.example', 'x@elsewhere.example'], [], []],
		],
	])('Reply to All: %s', async (_, original, options, expected) => {
		await rows(sandbox.current, 'message.replyAll', { ...words, messageId: idOf(toMany(original)), options });
		expect(wentTo()).toEqual(expected);
	});

	test.each([
		['the sender', {}, { cc: 'boss@contoso.example' }, ['guest@elsewhere.example']],
		[
			'Reply-To alone',
			{ replyTo: [person('desk@elsewhere.example')] },
			{ cc: 'boss@contoso.example' },
			['desk@elsewhere.example'],
		],
		[
			'who is entered',
			{},
			{ cc: 'boss@contoso.example', to: 'new@elsewhere.example' },
			['new@elsewhere.example'],
		],
	])('Reply with CC goes to %s and CC, to none of the others', async (_, original, options, to) => {
		await rows(sandbox.current, 'message.reply', { ...words, messageId: idOf(toMany(original)), options });
		expect(wentTo()).toEqual([to, ['boss@contoso.example'], []]);
	});

	test('people or words that Outlook refuses leave no draft behind', async () => {
		const item = receive('Question');
		sandbox.current.faults.add({
			service: 'outlook',
			method: 'PATCH',
			kind: 'status',
			status: 400,
			body: { error: { code: 'ErrorInvalidRecipients', message: 'At least one recipient is not valid.' } },
		});
		// So long that it travels in a request of its own.
		const html = `<p>${'Thanks '.repeat(20_000)}</p>`;
		const { details } = await problem(sandbox.current, 'message.reply', {
			...words,
			html,
			messageId: idOf(item),
		});
		expect(details).toMatchObject({ code: 'ErrorInvalidRecipients', outcome: 'refused' });
		expect(mailbox().messages.in('drafts')).toEqual([]);
	});

	test('Forward takes the files along; as a draft it stays', async () => {
		const item = receive('Question');
		item.attachments.set('a', {
			id: 'a',
			props: { '@odata.type': '#microsoft.graph.fileAttachment', name: 'old.pdf' },
			content: Buffer.from('pdf'),
		});
		const [row] = await rows(sandbox.current, 'message.forward', {
			...words,
			messageId: idOf(item),
			to: 'ben@contoso.example',
			asDraft: true,
		});
		expect(row).toMatchObject({ sent: false });
		expect(sandbox.current.outlook.post.sent).toEqual([]);
		expect(
			[...mailbox().messages.in('drafts')[0]!.attachments.values()].map(({ props }) => props.name),
		).toEqual(['old.pdf']);
	});

	test('with the answer to the first request lost, one reply goes', async () => {
		const item = receive('Question');
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter', after: 1 });
		await rows(sandbox.current, 'message.reply', { ...words, messageId: idOf(item) });
		expect(sandbox.current.outlook.post.sent).toHaveLength(1);
		expect(mailbox().messages.in('drafts')).toEqual([]);
	});
});
