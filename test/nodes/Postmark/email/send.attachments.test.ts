import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import { randomBytes } from 'node:crypto';
import { NODE } from '../../../support/runNode';
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

test.each([
	['', 'application/pdf', 'data.pdf'],
	['  ', 'text/html; charset=utf-8', 'data.html'],
	['', 'application/octet-stream', 'data'],
	['', 'application/x-nobody-knows', 'data'],
])('a file whose name is “%s” and whose type is %s is called %s', async (fileName, mimeType, name) => {
	const { stored } = await sendOne(
		sandbox.current,
		{ options: { attachments: 'data' } },
		{ binary: { data: file('x', fileName, mimeType) } },
	);
	expect(stored.attachments.map((attachment) => attachment.name)).toEqual([name]);
});

test('an ending that the field has already is not put there twice', async () => {
	const { stored } = await sendOne(
		sandbox.current,
		{ options: { attachments: '*' } },
		{ binary: { 'terms.PDF': file('x', '', 'application/pdf') } },
	);
	expect(stored.attachments.map(({ name }) => name)).toEqual(['terms.PDF']);
});

test.each([
	['<img src="cid:logo.png">', 'logo', 'Write “cid:logo” instead: an image is called after its binary field'],
	["<img src='cid:Logo'>", 'logo', 'Write “cid:logo” instead'],
	['<td background=cid:logo.png>', 'logo', 'Write “cid:logo” instead'],
	['<p style="background:url(cid:logo.png)">', 'logo', 'Write “cid:logo” instead'],
	['<img src="cid:logo">', '', "Add “logo” to 'Inline Images'."],
	['<img src="cid:logo.png">', '', "Add “logo” to 'Inline Images', and write “cid:logo”."],
	['<img src="cid:footer">', 'logo', "Put the name of the picture's binary field into 'Inline Images'"],
])(
	'a picture that the HTML shows and the email does not have is told: %s with “%s”',
	async (html, inlineImages, remedy) => {
		const { run } = await sendOne(sandbox.current, { html, options: { inlineImages } }, { binary });
		const hints = run.hints(NODE);
		expect(hints).toHaveLength(1);
		expect(hints[0]).toContain(`shows “${/cid:[\w.]+/.exec(html)![0]}”`);
		expect(hints[0]).toContain(remedy);
	},
);

test.each([
	['<img src="cid:logo">', 'logo'],
	['<img src="cid:my%20logo">', '"my logo"'],
	['<p>The word cid:logo.png in a text, and https://x.example/?cid:a</p>', 'logo'],
])('no word about %s with %s', async (html, inlineImages) => {
	const images = { ...binary, 'my logo': binary.logo };
	const { run } = await sendOne(sandbox.current, { html, options: { inlineImages } }, { binary: images });
	expect(run.hints(NODE)).toEqual([]);
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
