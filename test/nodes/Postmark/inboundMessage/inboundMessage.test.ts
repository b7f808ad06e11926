import { useSandbox } from '../../../support/services';
import { asked, bytesOf, listOf, perform, refusal } from '../operations';

const sandbox = useSandbox();

const receive = async (mail: Record<string, unknown> = {}) => {
	const { payload } = await sandbox.current.postmark.receive({
		from: 'Ana <ana@customer.example>',
		subject: 'Question',
		text: 'Hello',
		...mail,
	});
	return payload.MessageID;
};
const block = (rule: string) => perform(sandbox.current, 'inboundRule.create', { rule });

describe('Inbound Message', () => {
	test('Get Many finds received emails by all that they can be found by', async () => {
		await receive();
		await receive({ from: 'li@other.example', subject: '合同', tag: 'contract' });
		await block('spam.example');
		await receive({ from: 'x@spam.example', subject: 'Offer' });
		const found = async (filters: Record<string, unknown>) =>
			(await perform(sandbox.current, 'inboundMessage.getAll', { filters: filters as never })).rows.map(
				({ Subject }) => Subject,
			);
		expect(await found({})).toEqual(['Offer', '合同', 'Question']);
		expect(await found({ status: 'blocked' })).toEqual(['Offer']);
		expect(await found({ fromEmail: 'li@other.example' })).toEqual(['合同']);
		expect(await found({ subject: '合' })).toEqual(['合同']);
		expect(await found({ tag: 'contract' })).toEqual(['合同']);
		expect(await found({ recipient: 'nobody@yunhe.example' })).toEqual([]);
		expect(await found({ mailboxHash: 'none' })).toEqual([]);
		expect(await found({ toDate: '2020-01-01' })).toEqual([]);
	});

	test('Get gives attachments as files, and leaves their bytes out of the item', async () => {
		const content = Buffer.from([0, 1, 2, 253, 254, 255]);
		const id = await receive({
			attachments: [
				{ name: 'plan.bin', content, contentType: 'application/x-plan' },
				{ name: '说明.txt', content: '你好', contentType: 'text/plain' },
			],
		});
		const { items, rows } = await perform(sandbox.current, 'inboundMessage.get', {
			messageId: id,
			downloadAttachments: true,
			attachmentPrefix: 'file_',
		});
		expect(Object.keys(items[0]!.binary!)).toEqual(['file_0', 'file_1']);
		expect(items[0]!.binary!.file_0).toMatchObject({ fileName: 'plan.bin', mimeType: 'application/x-plan' });
		expect(bytesOf(items[0]!, 'file_0')).toEqual(content);
		expect(bytesOf(items[0]!, 'file_1').toString()).toBe('你好');
		expect(rows[0]!.Attachments).toEqual([
			expect.objectContaining({ Name: 'plan.bin', BinaryField: 'file_0' }),
			expect.objectContaining({ Name: '说明.txt', BinaryField: 'file_1' }),
		]);
		expect(JSON.stringify(rows)).not.toContain(content.toString('base64'));
		expect(rows[0]).toMatchObject({ Subject: 'Question', TextBody: 'Hello' });
	});

	test('Get without files leaves the message as Postmark gives it', async () => {
		const id = await receive({ attachments: [{ name: 'a.txt', content: 'x' }] });
		const { items } = await perform(sandbox.current, 'inboundMessage.get', { messageId: id });
		expect(items[0]!.binary).toBeUndefined();
		expect(items[0]!.json.Attachments).toEqual([expect.objectContaining({ Content: 'eA==' })]);
	});

	test('Bypass lets a blocked one through, once', async () => {
		await block('ana@customer.example');
		const id = await receive();
		const { rows } = await perform(sandbox.current, 'inboundMessage.bypass', { messageId: id });
		expect(rows[0]).toMatchObject({ MessageID: id, bypassed: true });
		const { details } = await refusal(sandbox.current, 'inboundMessage.bypass', { messageId: id });
		expect(details).toMatchObject({ code: '702' });
	});

	test('Retry of one that has not failed is refused in words', async () => {
		const { details, description } = await refusal(sandbox.current, 'inboundMessage.retry', {
			messageId: await receive(),
		});
		expect(details).toMatchObject({ code: '703', outcome: 'refused' });
		expect(description).toContain('has not failed');
	});

	test('a retry whose answer got lost is not sent blindly again: the webhook would get the email twice', async () => {
		sandbox.current.faults.add({ service: 'postmark', method: 'PUT', kind: 'resetAfter' });
		const { message, details } = await refusal(sandbox.current, 'inboundMessage.retry', {
			messageId: await receive(),
		});
		expect(message).toContain('It is not known whether this was done');
		expect(details).toMatchObject({ outcome: 'unknown' });
		expect(sandbox.current.requests.count({ method: 'PUT' })).toBe(1);
	});
});

describe('Inbound Rule', () => {
	test('Create, Get Many and Delete', async () => {
		const { rows } = await block('spam@other.example');
		await block('spam.example');
		const all = await perform(sandbox.current, 'inboundRule.getAll', { returnAll: true });
		expect(all.rows.map(({ Rule }) => Rule)).toEqual(['spam@other.example', 'spam.example']);
		expect((await perform(sandbox.current, 'inboundRule.getAll', { limit: 1 })).rows).toHaveLength(1);
		expect((await listOf(sandbox.current, 'searchInboundRules')('@OTHER')).results).toEqual([
			{ name: 'spam@other.example', value: rows[0]!.ID },
		]);
		const rule = { rule: { __rl: true, mode: 'list', value: rows[0]!.ID } };
		const deleted = await perform(sandbox.current, 'inboundRule.delete', rule as never);
		expect(deleted.rows).toEqual([{ deleted: true, ID: rows[0]!.ID }]);
		expect((await perform(sandbox.current, 'inboundRule.getAll')).rows).toHaveLength(1);
	});

	test.each(['resetBefore', 'resetAfter'] as const)(
		'Create is done once when the answer gets lost (%s)',
		async (kind) => {
			sandbox.current.faults.add({ service: 'postmark', method: 'POST', kind });
			const { rows } = await block('spam.example');
			expect(rows[0]).toMatchObject({ Rule: 'spam.example', ID: expect.any(Number) });
			expect((await perform(sandbox.current, 'inboundRule.getAll')).rows).toHaveLength(1);
		},
	);

	test('a rule that exists, or is neither address nor domain, is a plain error', async () => {
		await block('spam.example');
		const codes = [];
		for (const rule of ['spam.example', 'not a domain'])
			codes.push((await refusal(sandbox.current, 'inboundRule.create', { rule })).details.code);
		expect(codes).toEqual(['810', '813']);
		expect(asked(sandbox.current)).toHaveLength(3);
	});
});
