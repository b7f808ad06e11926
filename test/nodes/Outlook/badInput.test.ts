import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { byId, problem, run } from './support';

const sandbox = useSandbox();
const outlook = () => sandbox.current.outlook;

const SEND = { to: '={{ $json.to }}', subject: 'Hi', html: '<p>Hi</p>', once: true };
const EVENT = {
	subject: 'Plan',
	start: '2026-12-01T10:00',
	end: '={{ $json.end }}',
	options: { timeZone: '={{ $json.zone }}' },
};
const many = (count: number) => Array.from({ length: count }, (_, i) => `p${i}@x.example`).join('；');
const GOOD = {
	to: 'ben@contoso.example',
	name: 'Bills',
	end: '2026-12-01T11:00',
	zone: 'W. Europe Standard Time',
};

/** The second of three items is wrong: it names item, field and remedy, and the rest is done. */
test.each([
	['501 recipients, with Chinese punctuation', 'message.send', SEND, { to: many(501) }, 'To', /Split them/],
	['an address that is none', 'message.send', SEND, { to: 'ben，at contoso' }, 'To', /.{10}/],
	[
		'a folder name that is there already',
		'folder.create',
		{ name: '={{ $json.name }}' },
		{ name: 'Inbox' },
		'Name',
		/another name/,
	],
	['an event that ends before it starts', 'event.create', EVENT, { end: '2026-12-01T09:00' }, 'End', /.{10}/],
	[
		'a zone that nobody knows',
		'event.create',
		EVENT,
		{ zone: 'Mars/Olympus' },
		'Time Zone',
		/Europe\/Berlin/,
	],
	[
		'a mailbox without the right to it',
		'message.send',
		{ ...SEND, mailbox: '={{ $json.mailbox }}' },
		{ mailbox: 'ben@contoso.example' },
		'Mailbox',
		/permission/,
	],
] as const)('%s', async (_, operation, form, wrong, field, remedy) => {
	const items = [
		{ ...GOOD, mailbox: '' },
		{ ...GOOD, mailbox: '', ...wrong },
		{ ...GOOD, mailbox: '', name: 'Letters', zone: 'Europe/Berlin' },
	];
	const done = await run(sandbox.current, operation, form, {
		items: items.map((json) => ({ json })),
		settings: { onError: 'continueErrorOutput' },
	});
	expect(done.error).toBeUndefined();
	expect(done.items(NODE, 0)).toHaveLength(2);
	expect(done.json(NODE, 1)).toMatchObject([
		{
			error: expect.stringMatching(/.{10}/),
			details: { item: 1, field, remedy: expect.stringMatching(remedy) },
		},
	]);
});

test('a file of 36 MB: told by name of the field, the small one of the next item goes', async () => {
	const file = (bytes: number) => ({
		data: {
			data: Buffer.alloc(bytes).toString('base64'),
			fileName: 'a.bin',
			mimeType: 'application/octet-stream',
		},
	});
	const done = await run(
		sandbox.current,
		'message.send',
		{ ...SEND, to: 'ben@contoso.example', options: { attachments: 'data' } },
		{
			items: [{ binary: file(36 * 1024 * 1024) }, { binary: file(10) }],
			settings: { onError: 'continueErrorOutput' },
		},
	);
	expect(done.json(NODE, 1)).toMatchObject([
		{ details: { item: 0, field: 'Attachments', remedy: expect.stringContaining('link') } },
	]);
	expect(outlook().post.sent).toHaveLength(1);
	expect(outlook().mailbox().messages.in('drafts')).toEqual([]);
});

test('an HTML page of a proxy, whatever is asked: said as such, with where to look', async () => {
	sandbox.current.faults.add({ service: 'outlook', kind: 'html', times: Infinity });
	const { error, details } = await problem(sandbox.current, 'folder.get', { folder: byId('inbox') });
	expect(`${error} ${String(details.remedy)}`).toMatch(/proxy|HTML|web page/i);
	expect(details).toMatchObject({ item: 0, remedy: expect.stringMatching(/.{10}/) });
});

test.each([
	[7000222, 'The provided client secret keys are expired.', /secret/i],
	[53003, 'Access has been blocked by Conditional Access policies.', /Conditional Access|block/i],
	[50105, 'The signed in user is not assigned to a role for the application.', /.{10}/],
])('AADSTS%d while a run signs in: in plain words, with what to do', async (code, message, words) => {
	outlook().tokens.refusal = { code, message };
	const { error, details } = await problem(
		sandbox.current,
		'message.send',
		{ ...SEND, to: 'ben@contoso.example', mailbox: 'ben@contoso.example' },
		{ asApp: true },
	);
	expect(`${error} ${String(details.remedy)}`).toMatch(words);
	expect(`${error} ${JSON.stringify(details)}`).toContain(`AADSTS${code}`);
	expect(details.remedy).toMatch(/.{10}/);
	expect(outlook().post.sent).toEqual([]);
});
