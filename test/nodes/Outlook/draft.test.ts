import { useSandbox } from '../../support/services';
import { problem, rows } from './support';

const sandbox = useSandbox();
const WORDS = { subject: 'Hi', text: 'Hi' };
const drafts = () => sandbox.current.outlook.mailbox().messages.in('drafts');
const sent = () => sandbox.current.outlook.post.sent;

test('a draft needs nobody in To: it goes once it is addressed', async () => {
	const [made] = await rows(sandbox.current, 'draft.create', WORDS);
	expect(drafts().map(({ props }) => props.toRecipients)).toEqual([[]]);
	const messageId = made!.id;
	const { error, details } = await problem(sandbox.current, 'draft.send', { messageId });
	expect(error).toBe('The draft has nobody in To, CC or BCC');
	expect(details).toMatchObject({
		code: 'ErrorInvalidRecipients',
		field: 'Message ID',
		outcome: 'refused',
		remedy: expect.stringContaining('Fill in To'),
	});
	expect(drafts()).toHaveLength(1);
	await rows(sandbox.current, 'draft.update', { messageId, updateFields: { to: 'ben@contoso.example' } });
	await rows(sandbox.current, 'draft.send', { messageId });
	expect(sent()).toMatchObject([{ to: ['ben@contoso.example'] }]);
});

test('one with a copy only goes as well', async () => {
	const form = { ...WORDS, options: { bcc: 'file@contoso.example' } };
	const [made] = await rows(sandbox.current, 'draft.create', form);
	await rows(sandbox.current, 'draft.send', { messageId: made!.id });
	expect(sent()).toMatchObject([{ to: ['file@contoso.example'] }]);
});

test('what else is wrong with its people is told as Outlook says it', async () => {
	const item = sandbox.current.outlook.mailbox().receive({ isDraft: true }, 'drafts');
	item.props.toRecipients = [{ emailAddress: { address: 'no address' } }];
	const { error } = await problem(sandbox.current, 'draft.send', { messageId: `AAkALg${item.id}` });
	expect(error).toBe('Outlook does not take one of the recipients');
});

test.each([
	['as it was', { subject: 'Changed' }, ['ben@contoso.example']],
	[
		'as it was when its expression gives nothing',
		{ subject: 'x', to: '={{ $json.none }}' },
		['ben@contoso.example'],
	],
	['empty when it is asked for', { to: '' }, []],
])('an update leaves To %s', async (_, updateFields, expected) => {
	const [made] = await rows(sandbox.current, 'draft.create', { ...WORDS, to: 'ben@contoso.example' });
	await rows(sandbox.current, 'draft.update', { messageId: made!.id, updateFields });
	const people = drafts()[0]!.props.toRecipients as Array<{ emailAddress: { address: string } }>;
	expect(people.map(({ emailAddress }) => emailAddress.address)).toEqual(expected);
});
