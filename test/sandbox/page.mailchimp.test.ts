import { hashOf } from '../../sandbox/services/mailchimp/records';
import { useSandbox } from '../support/services';
import { attack, expectEscaped } from './attack';
import { ask } from './client';
import { mailchimpCall } from './mailchimpClient';

const sandbox = useSandbox();
const page = async (path: string) => await ask(`${sandbox.current.url}${path}`);

/** Asks Mailchimp's stand-in for something that it must do. */
async function call(method: string, path: string, body?: object): Promise<Record<string, string>> {
	const answer = await mailchimpCall<Record<string, string>>(sandbox.current, method, path, body);
	expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
	return answer.body;
}

/** A new member, subscribed unless it says otherwise; its hash. */
async function member(address: string, more: object = {}): Promise<string> {
	const list = sandbox.current.mailchimp.audience.id;
	const { id = '' } = await call('POST', `/lists/${list}/members`, {
		email_address: address,
		status: 'subscribed',
		...more,
	});
	return id;
}

/** A draft for everybody, ready to be sent; its ID. */
async function campaign(settings: object, html: string): Promise<string> {
	const { id = '' } = await call('POST', '/campaigns', {
		type: 'regular',
		recipients: { list_id: sandbox.current.mailchimp.audience.id },
		settings: { from_name: 'Tea House', reply_to: 'tea@example.com', ...settings },
	});
	await call('PUT', `/campaigns/${id}/content`, { html });
	return id;
}

test('what others wrote in Mailchimp is shown and escaped everywhere', async () => {
	const { mailchimp } = sandbox.current;
	const { audience } = mailchimp;
	audience.info.name = attack;
	audience.mergeFields.get(1)!.name = attack;
	const id = await member('ana@example.com', {
		merge_fields: { FNAME: attack, ADDRESS: { addr1: attack, city: 'X', state: 'X', zip: '1' } },
		tags: [attack],
	});
	await call('POST', `/lists/${audience.id}/members/${id}/notes`, { note: attack });
	await call('POST', `/lists/${audience.id}/members/${id}/events`, {
		name: '<script>alert("x")',
		properties: { k: attack },
	});
	await call('POST', `/lists/${audience.id}/segments`, {
		name: `${attack} too`,
		options: {
			match: 'any',
			conditions: [{ condition_type: 'TextMerge', field: 'FNAME', op: 'contains', value: attack }],
		},
	});
	const sent = await campaign(
		{ subject_line: attack, title: attack, preview_text: attack },
		`"></iframe>${attack}`,
	);
	await call('POST', `/campaigns/${sent}/actions/send`);
	mailchimp.campaigns
		.get(sent)!
		.activity.get(id)!
		.push(
			{ action: 'click', timestamp: mailchimp.stamp(), url: attack },
			{ action: 'unsubscribe', timestamp: mailchimp.stamp(), reason: attack },
		);
	await expectEscaped(sandbox.current.url, [
		...['audiences', 'members', 'segments', 'campaigns'].map((tab) => `/mailchimp-${tab}`),
		`/mailchimp-audiences/${audience.id}`,
		`/mailchimp-members/${audience.id}-${id}`,
		`/mailchimp-members?audience=${audience.id}`,
		...['html', 'phone', 'text', 'headers'].map((view) => `/mailchimp-campaigns/${sent}?view=${view}`),
	]);
});

test('audiences with their members by status, which lead to the members', async () => {
	const { mailchimp } = sandbox.current;
	const { audience } = mailchimp;
	expect((await page('/mailchimp-members')).text).toContain('Nobody is in an audience yet');
	for (const name of ['a', 'b', 'c']) await member(`${name}@example.com`);
	await member('gone@example.com', { status: 'unsubscribed' });
	await member('new@example.com', { status: 'pending' });
	await call('DELETE', `/lists/${audience.id}/members/${hashOf('a@example.com')}`);
	await call('POST', `/lists/${audience.id}/members/${hashOf('b@example.com')}/actions/delete-permanent`);
	const list = (await page('/mailchimp-audiences')).text;
	const counts = [...list.matchAll(/status=(\w+)">(\d+)</g)].map(([, status, count]) => [status, count]);
	expect(counts).toEqual([
		['subscribed', '1'],
		['unsubscribed', '1'],
		['pending', '1'],
		['cleaned', '0'],
		['transactional', '0'],
		['archived', '1'],
	]);
	expect(list).toContain('<td class="num">1</td>');
	const of = async (status: string) =>
		(await page(`/mailchimp-members?audience=${audience.id}&status=${status}`)).text;
	const unsubscribed = await of('unsubscribed');
	expect([unsubscribed.includes('gone@example.com'), unsubscribed.includes('c@example.com')]).toEqual([
		true,
		false,
	]);
	expect(await of('archived')).toContain('archived, was subscribed');
	expect(await of('pending')).toContain('pending: not confirmed yet');
	const { text } = await page(`/mailchimp-audiences/${audience.id}`);
	for (const word of ['MailOps &lt;news@mailops.example&gt;', 'FNAME', 'birthday'])
		expect(text).toContain(word);
	for (const path of ['audiences/x', 'members/x', 'campaigns/x'])
		expect([path, (await page(`/mailchimp-${path}`)).status]).toEqual([path, 404]);
});

test('a member with its fields, tags and notes, and what happened to it, newest first', async () => {
	const { mailchimp } = sandbox.current;
	const { audience } = mailchimp;
	mailchimp.moveMinutes(-90);
	const id = await member('fang@example.com', {
		merge_fields: { FNAME: '芳', LNAME: '王', BIRTHDAY: '01/31' },
	});
	const path = `/lists/${audience.id}/members/${id}`;
	mailchimp.moveMinutes(10);
	await call('POST', `${path}/tags`, { tags: [{ name: 'Tea 🍵', status: 'active' }] });
	mailchimp.moveMinutes(10);
	await call('POST', `${path}/notes`, { note: 'Called once' });
	mailchimp.moveMinutes(10);
	await call('POST', `${path}/events`, { name: 'bought', properties: { tea: 'green' } });
	mailchimp.moveMinutes(10);
	const sent = await campaign({ subject_line: '新茶 🍃' }, '<p>你好</p>');
	await call('POST', `/campaigns/${sent}/actions/send`);
	mailchimp.moveMinutes(10);
	const did = mailchimp.campaigns.get(sent)!.activity.get(id)!;
	did.push({ action: 'open', timestamp: mailchimp.stamp() });
	mailchimp.moveMinutes(10);
	await call('PATCH', path, { status: 'unsubscribed' });
	const { text } = await page(`/mailchimp-members/${audience.id}-${id}`);
	const [card = '', history = ''] = text.split('<h3>History</h3>');
	for (const word of ['芳 王', 'Tea 🍵', 'Called once', '01/31', 'unsubscribed'])
		expect(card).toContain(word);
	const told = [...history.matchAll(/<td class="nowrap">([^<]*)<\/td>\s*<td class="any">([^<]*)</g)];
	expect(told.map(([, what, about]) => `${what} ${about}`.trim())).toEqual([
		'Last changed',
		'Unsubscribed',
		'Opened 新茶 🍃',
		'Campaign sent 新茶 🍃',
		'Event bought, tea: green',
		'Note Called once',
		'Tagged Tea 🍵',
		'Subscribed',
	]);
	const [list, tagged] = [await page('/mailchimp-members?q=tea'), await page('/mailchimp-members?q=coffee')];
	expect([list.text.includes('fang@example.com'), tagged.text.includes('fang@example.com')]).toEqual([
		true,
		false,
	]);
});

test('tags and segments with their rules and who is in them', async () => {
	const { audience } = sandbox.current.mailchimp;
	const ana = await member('ana@example.com', { merge_fields: { FNAME: 'Ana' }, tags: ['Tea'] });
	await member('ben@example.com', { merge_fields: { FNAME: 'Ben' } });
	const segment = async (name: string, condition: object) =>
		(
			await call('POST', `/lists/${audience.id}/segments`, {
				name,
				options: { match: 'any', conditions: [condition] },
			})
		).id ?? '';
	const an = await segment('An', { condition_type: 'TextMerge', field: 'FNAME', op: 'starts', value: 'An' });
	audience.segments.get(Number(an))!.options.conditions.push({ condition_type: 'VIP', op: 'member' });
	const list = (await page('/mailchimp-segments')).text;
	expect(list).toContain('FNAME starts An, or VIP member');
	expect(list.match(/<td class="num">1</g)).toHaveLength(2);
	const within = (await page(`/mailchimp-members?audience=${audience.id}&segment=${an}`)).text;
	expect([within.includes(ana), within.includes('ben@example.com')]).toEqual([true, false]);
	expect(within).toContain('Tea (1)');
});

test('campaigns as they look, when they go out, and what became of them', async () => {
	const { mailchimp } = sandbox.current;
	expect((await page('/mailchimp-campaigns')).text).toContain('There is no campaign yet');
	const ids = [await member('ana@example.com'), await member('ben@example.com')];
	const html = '<h1>新茶 🍃</h1><script>alert(1)</script><a href="https://example.com/tea">Buy</a>';
	const sent = await campaign({ subject_line: '新茶 🍃', title: 'Spring' }, html);
	const later = await campaign({ subject_line: 'Later' }, '<p>Soon</p>');
	const at = new Date(Math.ceil(Date.now() / 900_000) * 900_000 + 900_000);
	await call('POST', `/campaigns/${later}/actions/schedule`, { schedule_time: at.toISOString() });
	await call('POST', `/campaigns/${sent}/actions/test`, {
		test_emails: ['me@example.com'],
		send_type: 'html',
	});
	await call('POST', `/campaigns/${sent}/actions/send`);
	const { activity } = mailchimp.campaigns.get(sent)!;
	const open = { action: 'open', timestamp: mailchimp.stamp() } as const;
	activity.get(ids[0]!)!.push(open, open);
	activity.get(ids[1]!)!.push({ action: 'bounce', timestamp: mailchimp.stamp(), type: 'hard' });
	const list = (await page('/mailchimp-campaigns')).text;
	expect(list.indexOf('Later')).toBeLessThan(list.indexOf('新茶 🍃'));
	for (const word of ['scheduled', 'Spring', 'Tea House &lt;tea@example.com&gt;', 'MailOps News'])
		expect(list).toContain(word);
	expect(list).toContain(at.toISOString().slice(0, 16).replace('T', ' '));
	expect((await page('/mailchimp-campaigns?status=sent')).text).not.toContain('Later');
	const { text } = await page(`/mailchimp-campaigns/${sent}`);
	expect(text).toMatch(/<iframe[^>]*sandbox=""/);
	expect(text).toContain('&lt;h1&gt;新茶 🍃&lt;/h1&gt;');
	expect(text).not.toContain('<script>alert');
	for (const word of ['me@example.com', '1 (2 in all)', 'Opened', 'Bounced', '(hard)'])
		expect(text).toContain(word);
	expect((await page(`/mailchimp-campaigns/${later}`)).text).not.toContain('Who got it');
});
