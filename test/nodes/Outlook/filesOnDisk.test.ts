import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { attach, run } from './support';

const sandbox = useSandbox();
const idOf = (item: { id: string }) => `AAkALg${item.id}`;
const disk = Container.get(BinaryDataService);
let folder = '';

/** As N8N_DEFAULT_BINARY_DATA_MODE=filesystem. */
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'mailops-outlook-'));
	const { config } = disk as unknown as { config: object };
	Object.assign(config, { localStoragePath: folder, mode: 'filesystem' });
	await disk.init();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a large file goes from a message to the disk, and from the disk into another message, byte for byte', async () => {
	const { outlook } = sandbox.current;
	const content = randomBytes(9_000_001);
	const item = outlook.receive('Scan');
	attach(item, 'fileAttachment', { name: 'scan.tiff', contentType: 'image/tiff' });
	item.attachments.get('a0')!.content = content;

	const form = { messageId: idOf(item), attachmentId: 'a0', property: 'data' };
	const [downloaded] = (await run(sandbox.current, 'attachment.getContent', form)).items(NODE);
	const file = downloaded!.binary!.data!;
	expect(file).toMatchObject({ fileName: 'scan.tiff', mimeType: 'image/tiff' });
	expect(file.id).toMatch(/^filesystem/);
	expect((await disk.getAsBuffer(file)).equals(content)).toBe(true);

	const mail = {
		to: 'ben@contoso.example',
		subject: 'Scan',
		html: '<p>Hi</p>',
		options: { attachments: 'data' },
	};
	const sent = await run(sandbox.current, 'message.send', mail, { items: [downloaded!] });
	expect(sent.error).toBeUndefined();
	const [one] = outlook.post.sent[0]!.attachments;
	expect(one!.props.name).toBe('scan.tiff');
	expect(one!.content.equals(content)).toBe(true);
	expect(outlook.uploads.largest).toBeLessThanOrEqual(4 * 1024 * 1024);
});

test('so do a small one, which travels inside a request, and what comes along with its message', async () => {
	const { outlook } = sandbox.current;
	const item = outlook.receive('Notes');
	attach(item, 'fileAttachment', { name: 'notes.txt', contentType: 'text/plain' }, 'hello');
	const [found] = (
		await run(sandbox.current, 'message.get', { messageId: idOf(item), attachments: true })
	).items(NODE);
	expect(found!.binary!.attachment_0!.id).toMatch(/^filesystem/);
	const form = { attachedTo: 'message', messageId: idOf(outlook.receive('Other')), property: 'attachment_0' };
	const added = await run(sandbox.current, 'attachment.add', form, { items: [found!] });
	expect(added.json(NODE)).toMatchObject([{ name: 'notes.txt', kind: 'file' }]);
	const other = [...outlook.mailbox().messages.items.values()].at(-1)!;
	expect([...other.attachments.values()].map(({ content }) => String(content))).toEqual(['hello']);
});
