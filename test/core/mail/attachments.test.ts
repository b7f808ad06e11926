import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { person, sendEmail } from '../support/nodes';

const sandbox = useSandbox();
const continues = { onError: 'continueErrorOutput' } as const;

const inMemory = (content: string | Buffer, more: Partial<IBinaryData> = {}): IBinaryData => ({
	data: Buffer.from(content).toString('base64'),
	mimeType: 'text/plain',
	fileName: 'note.txt',
	...more,
});
const withFiles = (binary: Record<string, IBinaryData>): INodeExecutionData => ({ json: person(0), binary });
const { fileName: _none, ...nameless } = inMemory('two', {
	fileExtension: 'pdf',
	mimeType: 'application/pdf',
});
const files = {
	data: inMemory('the data'),
	invoice_1: inMemory('one', { fileName: '发票 1.pdf', mimeType: 'application/pdf' }),
	invoice_2: nameless,
	logo: inMemory(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]), {
		fileName: 'logo.png',
		mimeType: 'image/png',
	}),
};

const send = async (options: Record<string, unknown>, item = withFiles(files), html = '<p>Hi</p>') =>
	await runNode(sendEmail(sandbox.current, { parameters: { options, html }, settings: continues }), [item]);
const stored = () =>
	sandbox.current.postmark.messages[0]!.attachments.map(({ name, contentType, content, contentId }) => ({
		name,
		contentType,
		text: Buffer.from(String(content), 'base64').toString(),
		...(contentId ? { contentId } : {}),
	}));

test.each([
	['data', ['note.txt']],
	['data, logo', ['note.txt', 'logo.png']],
	['invoice_*', ['发票 1.pdf', 'invoice_2.pdf']],
	['*', ['note.txt', '发票 1.pdf', 'invoice_2.pdf', 'logo.png']],
	['data, *, data', ['note.txt', '发票 1.pdf', 'invoice_2.pdf', 'logo.png']],
	['nothing_*', []],
	['', []],
])('the selection “%s” attaches %j', async (attachments, names) => {
	const run = await send({ attachments });
	expect(run.json(NODE, 1)).toEqual([]);
	expect(stored().map(({ name }) => name)).toEqual(names);
});

test.each(['', ' ', undefined])('a file whose name is %j is named after its field', async (fileName) => {
	const invoice = { ...nameless, ...(fileName === undefined ? {} : { fileName }) };
	const run = await send({ attachments: 'invoice' }, withFiles({ invoice }));
	expect(run.json(NODE, 1)).toEqual([]);
	expect(stored().map(({ name }) => name)).toEqual(['invoice.pdf']);
});

test('content and type arrive as they were', async () => {
	await send({ attachments: 'invoice_1, logo' });
	expect(stored()[0]).toEqual({ name: '发票 1.pdf', contentType: 'application/pdf', text: 'one' });
	expect(sandbox.current.postmark.messages[0]!.attachments[1]!.content).toBe(files.logo.data);
});

test('an inline image goes with its content id, and not as an attachment too', async () => {
	await send({ attachments: '*', inlineImages: 'logo' }, withFiles(files), '<img src="cid:logo">');
	const [logo, ...others] = stored().filter(({ name }) => name === 'logo.png');
	expect(logo).toMatchObject({ contentId: 'logo', contentType: 'image/png' });
	expect(others).toEqual([]);
	expect(stored()).toHaveLength(4);
});

test('a file that the item does not have is named, with those it has; nothing is sent', async () => {
	const run = await send({ attachments: 'data, contract' });
	expect(run.json(NODE, 1)[0]).toMatchObject({
		error: "'Attachments' names the binary field “contract”, which this item does not have",
		details: { remedy: 'The item has: data, invoice_1, invoice_2, logo.', outcome: 'notSent' },
	});
	expect(sandbox.current.postmark.messages).toEqual([]);
});

test('an item without any file says where to look', async () => {
	const run = await send({ inlineImages: 'logo' }, { json: person(0) });
	expect(run.json(NODE, 1)[0]).toMatchObject({
		error: "'Inline Images' names the binary field “logo”, which this item does not have",
		details: { remedy: expect.stringContaining('no files at all') },
	});
});

test('a name with signs of patterns in it is taken as it is', async () => {
	const odd = {
		'a.b': inMemory('dot'),
		axb: inMemory('x'),
		'(1)': inMemory('bracket', { fileName: '1.txt' }),
	};
	await send({ attachments: 'a.b*, (1)*' }, withFiles(odd));
	expect(stored().map(({ text }) => text)).toEqual(['dot', 'bracket']);
});

test('files that n8n keeps on disk, as it does by default, are read through it', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'mailops-binary-'));
	const service = Container.get(BinaryDataService);
	const held = service as unknown as { config: { localStoragePath: string; mode: string } };
	Object.assign(held.config, { localStoragePath: folder, mode: 'filesystem' });
	await service.init();
	const big = Buffer.alloc(300_000, 'x');
	const binary = await service.store(
		{ type: 'execution', workflowId: 'workflow', executionId: 'files' },
		big,
		{ data: '', mimeType: 'application/zip', fileName: 'big.zip' },
	);
	expect(binary.id).toMatch(/^filesystem/);
	expect(binary.data).not.toContain('eHh4');
	expect(existsSync(folder)).toBe(true);
	const run = await send({ attachments: 'archive' }, withFiles({ archive: binary }));
	expect(run.json(NODE, 1)).toEqual([]);
	expect(stored()).toEqual([{ name: 'big.zip', contentType: 'application/zip', text: big.toString() }]);
});
