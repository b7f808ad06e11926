import { NODE, runNode } from '../../../support/runNode';
import { officialClient } from '../../../sandbox/mailchimpClient';
import { useSandbox } from '../../../support/services';
import { asked, operationNode, perform, refusal } from '../operations';

const sandbox = useSandbox();
const files = () => [...sandbox.current.mailchimp.files.values()];

async function upload(content: string, fileName = '标志 logo.png', options = {}) {
	const run = await runNode(
		operationNode(sandbox.current, 'file.upload', { options }, { onError: 'continueErrorOutput' }),
		[
			{
				json: {},
				binary: { data: { data: Buffer.from(content).toString('base64'), mimeType: 'image/png', fileName } },
			},
		],
	);
	return { rows: run.json(NODE), problems: run.json(NODE, 1) };
}

test('a file of the item is uploaded, listed, and deleted', async () => {
	const { rows } = await upload('tea', undefined, { folder: 7 });
	expect(rows).toMatchObject([
		{ name: '标志 logo.png', size: 3, type: 'image', folder_id: 7, full_size_url: expect.any(String) },
	]);
	await upload('x', 'a.png', { name: 'terms.pdf' });
	const listed = await perform(sandbox.current, 'file.getAll', { filters: { type: 'file' } });
	expect(listed.rows).toMatchObject([{ name: 'terms.pdf' }]);
	const fileId = String(rows[0]!.id);
	expect((await perform(sandbox.current, 'file.get', { fileId })).rows).toMatchObject([{ size: 3 }]);
	await perform(sandbox.current, 'file.delete', { fileId });
	expect(files()).toHaveLength(1);
});

test('uploaded once although the answer got lost, beside another of that name', async () => {
	await upload('old');
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { rows } = await upload('newer');
	expect(rows).toMatchObject([{ size: 5 }]);
	expect(files()).toHaveLength(2);
});

test('beside thousands of older ones with two requests', async () => {
	const { files: kept } = sandbox.current.mailchimp;
	await upload('old');
	const [old] = files();
	for (let id = 1; id <= 3000; id++)
		kept.set(-id, { ...old!, id: -id, created_at: '2020-01-01T00:00:00+00:00' });
	sandbox.current.requests.clear();
	expect((await upload('newer')).rows).toMatchObject([{ size: 5 }]);
	expect(asked(sandbox.current)).toHaveLength(2);
});

test('what cannot be uploaded is told before anything is sent', async () => {
	expect((await upload('')).problems).toMatchObject([{ error: expect.stringContaining('is empty') }]);
	expect((await upload('x', 'logo', {})).problems).toMatchObject([
		{ error: expect.stringContaining('has no ending: “logo”') },
	]);
	expect((await upload('x'.repeat(20 * 1024 * 1024 + 1))).problems).toMatchObject([
		{ error: "'Input Data Field Name' is 20 MB long" },
	]);
	expect((await refusal(sandbox.current, 'file.upload', { binaryField: 'other' })).message).toContain(
		'which this item does not have',
	);
	expect((await refusal(sandbox.current, 'file.get', { fileId: 'logo.png' })).message).toContain(
		'is not a number',
	);
	expect(sandbox.current.requests.count({ service: 'mailchimp', method: 'POST' })).toBe(0);
});

test('the official client is answered in the same way', async () => {
	const { fileManager } = officialClient(sandbox.current);
	const made = await fileManager.upload!({ name: 'a.txt', file_data: Buffer.from('tea').toString('base64') });
	expect(made).toMatchObject({ type: 'file', size: 3 });
	expect(await fileManager.files!()).toMatchObject({ total_items: 1, total_file_size: 3 });
	await fileManager.deleteFile!(made.id);
	expect(files()).toEqual([]);
});
