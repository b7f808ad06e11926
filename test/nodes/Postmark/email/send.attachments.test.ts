import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import { randomBytes } from 'node:crypto';
import { useSandbox } from '../../../support/services';
import { file, sendOne } from './sendForm';

const sandbox = useSandbox();

const binary = {
	invoice_1: file('first invoice', 'Rechnung 1.pdf', 'application/pdf'),
	invoice_2: file('second invoice', '发票.pdf', 'application/pdf'),
	logo: file('logo', 'logo.png', 'image/png'),
	notes: file('notes', 'notes.txt', 'text/plain'),
};
const base64 = (content: string) => Buffer.from(content).toString('base64');

test('by name and by pattern, each file once', async () => {
	const options = { attachments: 'notes, invoice_*, invoice_1' };
	const { stored } = await sendOne(sandbox.current, { options }, { binary });
	expect(stored.attachments.map(({ name }) => name)).toEqual(['notes.txt', 'Rechnung 1.pdf', '发票.pdf']);
});

test('an image that is shown inside is not attached a second time by a pattern', async () => {
	const options = { attachments: '*', inlineImages: 'logo' };
	const { stored } = await sendOne(sandbox.current, { options }, { binary });
	expect(stored.attachments.map(({ name, contentId }) => [name, contentId])).toEqual([
		['Rechnung 1.pdf', undefined],
		['发票.pdf', undefined],
		['notes.txt', undefined],
		['logo.png', 'logo'],
	]);
});

test('a file without a name is called after its field', async () => {
	const data = { data: base64('x'), mimeType: 'text/csv', fileExtension: 'csv' };
	const options = { attachments: 'report, raw' };
	const { stored } = await sendOne(
		sandbox.current,
		{ options },
		{ binary: { report: data, raw: { data: base64('y'), mimeType: '' } } },
	);
	expect(stored.attachments.map(({ name, contentType }) => [name, contentType])).toEqual([
		['report.csv', 'text/csv'],
		['raw', 'application/octet-stream'],
	]);
});

test('a file that n8n keeps on disk arrives byte for byte', async () => {
	const disk = Container.get(BinaryDataService);
	await disk.init();
	const content = randomBytes(300_001);
	const place = { type: 'execution', workflowId: 'workflow', executionId: 'run' } as const;
	const data = await disk.store(place, content, {
		data: '',
		fileName: 'scan.tiff',
		mimeType: 'image/tiff',
	});
	expect(data.id).toMatch(/^filesystem/);
	const { stored } = await sendOne(
		sandbox.current,
		{ options: { attachments: 'data' } },
		{ binary: { data } },
	);
	expect(stored.attachments).toEqual([
		{ name: 'scan.tiff', contentType: 'image/tiff', size: 300_001, content: content.toString('base64') },
	]);
});
