import { useSandbox } from '../support/services';
import { attack, expectEscaped } from './attack';
import { ask } from './client';

const sandbox = useSandbox();
const page = async (path: string) => await ask(`${sandbox.current.url}${path}`);

/** Fills a mailbox with what somebody bad would write, and answers with the page of each record. */
function outlookPages(): string[] {
	const { outlook } = sandbox.current;
	const mailbox = outlook.mailbox();
	const item = outlook.receive(attack, `${attack}@x.example`, {
		body: { contentType: 'html', content: `"></iframe>${attack}` },
		categories: [attack],
	});
	item.attachments.set('a', {
		id: 'a',
		props: { name: `${attack}.txt`, contentType: attack },
		content: Buffer.from('hi'),
	});
	const folder = mailbox.addFolder(attack);
	mailbox.receive({ subject: 'filed' }, folder.id);
	const event = mailbox.events.add(mailbox.calendar.id, {
		subject: attack,
		start: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
		end: { dateTime: '2026-12-01T10:30:00', timeZone: 'Europe/Berlin' },
		location: { displayName: attack },
		attendees: [{ type: 'optional', emailAddress: { name: attack, address: 'ben@contoso.example' } }],
		body: { contentType: 'text', content: `</pre>${attack}` },
	});
	const contact = mailbox.contacts.add('', {
		displayName: attack,
		emailAddresses: [{ address: attack }],
		businessAddress: { city: attack },
	});
	const of = (tab: string, id: string) => `/${tab}/${encodeURIComponent(`anna@contoso.example-${id}`)}`;
	const message = of('outlook-messages', item.id);
	return [
		'/outlook-mailboxes',
		'/outlook-messages',
		'/outlook-calendar',
		'/outlook-contacts',
		...['html', 'phone', 'text', 'headers'].map((view) => `${message}?view=${view}`),
		...['text', 'headers'].map((view) => `${of('outlook-calendar', event.id)}?view=${view}`),
		of('outlook-contacts', contact.id),
	];
}

function alimailPages(): string[] {
	const { alimail } = sandbox.current;
	alimail.seed({ users: [{ email: 'wang@example.com', name: 'Wang' }] });
	const mailbox = alimail.post.mailbox('wang@example.com');
	mailbox.addFolder(attack);
	const { id } = mailbox.put('2', '2026-11-01T08:00:00Z', {
		subject: attack,
		from: { email: 'a@example.com', name: attack },
		body: { bodyHtml: `"></iframe>${attack}`, bodyText: `</pre>${attack}` },
		attachments: [
			{
				id: 'a',
				name: `${attack}.txt`,
				isInline: false,
				extHeaders: { 'Content-Type': attack },
				content: Buffer.from('hi'),
			},
		],
	});
	const message = `/alimail-messages/${encodeURIComponent(`wang@example.com-${id}`)}`;
	return [
		'/alimail-messages',
		'/alimail-messages?mailbox=wang%40example.com',
		...['html', 'phone', 'text', 'headers'].map((view) => `${message}?view=${view}`),
	];
}

test.each([
	['Outlook', outlookPages],
	['Alimail', alimailPages],
])('what others wrote in %s is shown and escaped everywhere', async (_, fill) => {
	await expectEscaped(sandbox.current.url, fill());
});

test('Outlook: folders with what is in them lead to their messages; files can be loaded', async () => {
	const { outlook } = sandbox.current;
	const mailbox = outlook.mailbox();
	const archive = mailbox.addFolder('Projects');
	const inner = mailbox.addFolder('2026', archive.id);
	mailbox.receive({ subject: 'Filed', isRead: true }, inner.id);
	const item = outlook.receive('Fresh');
	item.attachments.set('a', { id: 'a', props: { name: '图.png' }, content: Buffer.from('png') });
	const folders = (await page('/outlook-mailboxes')).text;
	expect(folders.indexOf('>Projects<')).toBeLessThan(folders.indexOf('>2026<'));
	expect(folders).toContain(`folder=${inner.id}`);
	const within = (await page(`/outlook-messages?mailbox=anna%40contoso.example&folder=${inner.id}`)).text;
	expect([within.includes('Filed'), within.includes('Fresh')]).toEqual([true, false]);
	const [all, found] = [await page('/outlook-messages'), await page('/outlook-messages?q=fresh')];
	expect([all.text.includes('Filed'), found.text.includes('Filed')]).toEqual([true, false]);
	expect(all.text).toContain('unread');
	const message = `/outlook-messages/${encodeURIComponent(`anna@contoso.example-${item.id}`)}`;
	const file = await fetch(`${sandbox.current.url}${message}/attachments/0`);
	expect(await file.text()).toBe('png');
	for (const path of [
		`${message}/attachments/3`,
		'/outlook-messages/x',
		'/outlook-calendar/x',
		'/outlook-contacts/x',
	])
		expect([path, (await page(path)).status]).toEqual([path, 404]);
});

test('Outlook: an event as it was entered, with its zone, series, people and answers', async () => {
	const mailbox = sandbox.current.outlook.mailbox();
	const { id } = mailbox.events.add(mailbox.calendar.id, {
		subject: 'Stand-up',
		start: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
		end: { dateTime: '2026-12-01T09:30:00', timeZone: 'Europe/Berlin' },
		isOnlineMeeting: true,
		recurrence: {
			pattern: { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'friday'] },
			range: { type: 'numbered', startDate: '2026-12-01', numberOfOccurrences: 5 },
		},
		attendees: [
			{
				type: 'required',
				status: { response: 'accepted' },
				emailAddress: { name: 'Ben', address: 'ben@contoso.example' },
			},
		],
	});
	mailbox.events.add(mailbox.calendar.id, {
		subject: 'Fair',
		isAllDay: true,
		isCancelled: true,
		start: { dateTime: '2026-11-01T00:00:00', timeZone: 'UTC' },
		end: { dateTime: '2026-11-03T00:00:00', timeZone: 'UTC' },
	});
	const list = (await page('/outlook-calendar')).text;
	expect(list).toContain('2026-12-01 09:00 – 09:30 Europe/Berlin');
	expect(list).toContain('2026-11-01 – 2026-11-03, all day');
	expect(list.indexOf('Fair')).toBeLessThan(list.indexOf('Stand-up'));
	for (const word of ['series', 'cancelled', 'online']) expect(list).toContain(word);
	const { text } = await page(`/outlook-calendar/${encodeURIComponent(`anna@contoso.example-${id}`)}`);
	expect(text).toContain('weekly, every 2 on monday, friday, 5 times');
	expect(text).toContain('Ben &lt;ben@contoso.example&gt; (accepted)');
});

test('Alimail: by account and folder, and as its reader would see it', async () => {
	const { alimail } = sandbox.current;
	alimail.seed({ users: [{ email: 'wang@example.com', name: 'Wang' }] });
	const mailbox = alimail.post.mailbox('wang@example.com');
	mailbox.put('2', '2026-11-01T08:00:00Z', { subject: 'Came in' });
	const { id } = mailbox.put('1', '2026-11-02T08:00:00Z', {
		subject: 'Went out',
		body: { bodyHtml: '<img src="cid:logo">' },
		attachments: [
			{
				id: 'a',
				name: 'logo.png',
				contentId: 'logo',
				isInline: true,
				extHeaders: { 'Content-Type': 'image/png' },
				content: Buffer.from('png'),
			},
		],
	});
	const all = (await page('/alimail-messages')).text;
	expect(all.indexOf('Went out')).toBeLessThan(all.indexOf('Came in'));
	const sent = (await page('/alimail-messages?mailbox=wang%40example.com&folder=1')).text;
	expect([sent.includes('Went out'), sent.includes('>Came in<')]).toEqual([true, false]);
	expect(sent).toContain('Inbox (1)');
	const message = `/alimail-messages/${encodeURIComponent(`wang@example.com-${id}`)}`;
	expect((await page(message)).text).toContain(
		`data:image/png;base64,${Buffer.from('png').toString('base64')}`,
	);
	expect(await (await fetch(`${sandbox.current.url}${message}/attachments/0`)).text()).toBe('png');
	expect((await page('/alimail-messages/nope')).status).toBe(404);
});
