import type { INodeParameters } from 'n8n-workflow';
import { PollHost } from '../../../support/pollHost';
import { alimailCredential } from '../../../support/services';
import { folder, mailbox, shopBox, useMail } from '../mailSupport';

const sandbox = useMail();
const now = () => new Date().toISOString();

function trigger(more: INodeParameters = {}) {
	const host = new PollHost({
		type: 'alimailTrigger',
		parameters: { watch: 'messages', mailbox, folder: folder('inbox'), ...more },
		credentials: alimailCredential(sandbox.current),
	});
	const subjects = async () => {
		// A poll in the very millisecond of a message may leave it to the next one.
		await new Promise((resolve) => setTimeout(resolve, 5));
		return (await host.poll()).map(({ json }) => json.subject);
	};
	return { host, subjects };
}
const receive = (subject: string, more: object = {}, where = '2') =>
	shopBox(sandbox).put(where, now(), { subject, ...more });

test('what was there before is not told; what comes is, once, the oldest first', async () => {
	receive('old', { receivedDateTime: '2026-01-01T00:00:00Z' });
	const { subjects } = trigger();
	expect(await subjects()).toEqual([]);
	receive('one');
	receive('elsewhere', {}, '3');
	receive('two');
	expect(await subjects()).toEqual(['one', 'two']);
	expect(await subjects()).toEqual([]);
	for (let n = 0; n < 250; n++) receive(`m${n}`);
	expect(await subjects()).toHaveLength(250);
	expect(await subjects()).toEqual([]);
});

test('a message that becomes visible later than its time says is told', async () => {
	const { host, subjects } = trigger();
	await subjects();
	const started = Number((host.saved['node:Under Test'] as { startedAt: number }).startedAt);
	receive('first');
	await subjects();
	receive('late', { receivedDateTime: new Date(started + 1).toISOString() });
	expect(await subjects()).toEqual(['late']);
});

test('with attachments and bodies; a file that fails is looked at again, and nothing is lost', async () => {
	const { host } = trigger({ withBody: true, attachments: true });
	await host.poll();
	receive('files', {
		body: { bodyText: 'Hello' },
		attachments: [
			{
				id: 'a',
				name: 'a.pdf',
				isInline: false,
				extHeaders: { 'Content-Type': 'application/pdf' },
				content: Buffer.from('pdf'),
			},
		],
	});
	receive('none');
	sandbox.current.faults.add({
		service: 'alimail',
		method: 'GET',
		path: /\$value$/,
		kind: 'status',
		status: 400,
	});
	await new Promise((resolve) => setTimeout(resolve, 5));
	await expect(host.poll()).rejects.toThrow();
	const items = await host.poll();
	expect(items.map(({ json }) => json.subject)).toEqual(['files', 'none']);
	expect(items[0]).toMatchObject({
		json: { body: { bodyText: 'Hello' } },
		binary: { attachment_0: { fileName: 'a.pdf', mimeType: 'application/pdf' } },
	});
	expect(items[1]!.binary).toBeUndefined();
});

test('another folder begins anew, and so does another thing to watch', async () => {
	const { host, subjects } = trigger();
	await subjects();
	receive('junk', { receivedDateTime: '2026-01-01T00:00:00Z' }, '3');
	host.spec.parameters = { ...host.spec.parameters, folder: folder('junk') };
	expect(await subjects()).toEqual([]);
	receive('more junk', {}, '3');
	expect(await subjects()).toEqual(['more junk']);
	host.spec.parameters = { watch: 'users', events: ['created'], fields: [], mostDeleted: 20 };
	expect(await host.poll()).toEqual([]);
	expect(JSON.stringify(host.saved)).not.toContain('cursor');
});

test('by hand it shows the newest few, and keeps nothing', async () => {
	for (let n = 0; n < 5; n++) receive(`m${n}`);
	const { host } = trigger();
	const items = await host.poll('manual');
	expect(items.map(({ json }) => json.subject)).toEqual(['m2', 'm3', 'm4']);
	expect(host.saved).toEqual({});
});

test.each([
	[{ mailbox: { ...mailbox, value: 'nobody' } }, "'Mailbox' is not a mail address"],
	[{ folder: folder('') }, "'Folder' is empty"],
])('%j is named', async (more, words) => {
	await expect(trigger(more as INodeParameters).host.poll()).rejects.toThrow(words);
});
