import { useSandbox } from '../../../support/services';
import { asked, listOf, perform, refusal } from '../operations';

const sandbox = useSandbox();

const create = async (additionalFields: Record<string, string> = {}) =>
	await perform(sandbox.current, 'senderSignature.create', {
		email: 'ana@shop.example',
		name: 'Ana Bauer',
		additionalFields,
	});
const one = (ID: unknown) => ({ signature: { __rl: true, mode: 'list', value: ID } }) as object;

test('Create, Get, Get Many, Update and Delete', async () => {
	const made = await create({ replyTo: 'help@shop.example', note: 'Please confirm.' });
	expect(made.rows[0]).toMatchObject({
		EmailAddress: 'ana@shop.example',
		Name: 'Ana Bauer',
		ReplyToEmailAddress: 'help@shop.example',
		ConfirmationPersonalNote: 'Please confirm.',
		Confirmed: false,
	});
	const chosen = one(made.rows[0]!.ID);
	expect((await perform(sandbox.current, 'senderSignature.get', { ...chosen })).rows).toEqual([
		expect.objectContaining({ EmailAddress: 'ana@shop.example', Confirmed: false }),
	]);
	const all = await perform(sandbox.current, 'senderSignature.getAll');
	expect(all.rows.map(({ EmailAddress }) => EmailAddress)).toContain('ana@shop.example');
	const deleted = await perform(sandbox.current, 'senderSignature.delete', { ...chosen });
	expect(deleted.rows).toEqual([{ deleted: true, ID: made.rows[0]!.ID }]);
	expect((await perform(sandbox.current, 'senderSignature.getAll')).rows).toHaveLength(all.rows.length - 1);
});

test('Update keeps the name that Postmark wants every time, and changes it when told to', async () => {
	const { rows } = await create();
	const chosen = one(rows[0]!.ID);
	const changed = await perform(sandbox.current, 'senderSignature.update', {
		...chosen,
		updateFields: { replyTo: 'help@shop.example' },
	});
	expect(changed.rows[0]).toMatchObject({ Name: 'Ana Bauer', ReplyToEmailAddress: 'help@shop.example' });
	sandbox.current.requests.clear();
	const renamed = await perform(sandbox.current, 'senderSignature.update', {
		...chosen,
		updateFields: { name: 'Ana' },
	});
	expect(renamed.rows[0]).toMatchObject({ Name: 'Ana', ReplyToEmailAddress: 'help@shop.example' });
	expect(asked(sandbox.current)).toHaveLength(1);
});

test.each(['resetBefore', 'resetAfter'] as const)(
	'Create is done once when the answer gets lost (%s)',
	async (kind) => {
		sandbox.current.faults.add({ service: 'postmark', method: 'POST', kind });
		const { rows } = await create();
		expect(rows[0]).toMatchObject({ EmailAddress: 'ana@shop.example', ID: expect.any(Number) });
	},
);

test('Resend Confirmation, and refused in words once it is confirmed', async () => {
	const { rows } = await create();
	const chosen = one(rows[0]!.ID);
	const sent = await perform(sandbox.current, 'senderSignature.resendConfirmation', { ...chosen });
	expect(sent.rows[0]).toMatchObject({ ID: rows[0]!.ID, resent: true });
	sandbox.current.postmark.senders.confirm('ana@shop.example');
	const { details } = await refusal(sandbox.current, 'senderSignature.resendConfirmation', { ...chosen });
	expect(details).toMatchObject({ code: '506' });
});

test.each([
	[
		'senderSignature.create',
		{ email: 'ana', name: 'Ana' },
		"'Email Address' is not a mail address: “ana” [item 0]",
	],
	[
		'senderSignature.update',
		{ signature: 1, updateFields: { replyTo: 'ana' } },
		"'Reply-To Address' is not a mail address: “ana” [item 0]",
	],
	[
		'senderSignature.update',
		{ signature: 1, updateFields: {} },
		"'Update Fields' names no field to change [item 0]",
	],
])('%s with %j is named before anything is asked', async (operation, parameters, words) => {
	const { message } = await refusal(sandbox.current, operation, parameters as never);
	expect(message).toBe(words);
	expect(asked(sandbox.current)).toEqual([]);
});

test('the list shows who is not confirmed', async () => {
	await create();
	const { results } = await listOf(sandbox.current, 'searchSignatures')('bauer');
	expect(results).toEqual([
		{ name: 'Ana Bauer <ana@shop.example> (not confirmed)', value: expect.any(Number) },
	]);
});
