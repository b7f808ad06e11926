import type { IDataObject } from 'n8n-workflow';
import { addAudience } from '../../../../sandbox/services/mailchimp/lists';
import { credentialFor, useSandbox } from '../../../support/services';
import { NODE, runNode } from '../../../support/runNode';
import { asked, AUDIENCE, mapped, operationNode, perform, performSome, refusal } from '../operations';

const sandbox = useSandbox();

const add = async (...addresses: string[]) => {
	await perform(
		sandbox.current,
		'member.upsert',
		{ emailAddress: '={{ $json.email }}' },
		addresses.map((email) => ({ email })),
	);
	sandbox.current.requests.clear();
};
const stored = (address: string) => sandbox.current.mailchimp.audience.find(address);

describe('Create', () => {
	const create = async (more: IDataObject = {}) =>
		await perform(sandbox.current, 'member.create', {
			emailAddress: 'ana@example.com',
			mergeFields: mapped({ FNAME: 'Ana' }),
			...more,
		});

	test('adds one with everything that can be said of it', async () => {
		sandbox.current.mailchimp.audience.info.marketing_permissions = true;
		const { rows } = await create({
			status: 'pending',
			tags: 'One',
			options: {
				language: 'de',
				vip: true,
				location: '52.52，13.405',
				ipOpt: '203.0.113.7',
				timestampOpt: '2026-01-02T03:04:05Z',
				permissions: ['a1e0000001'],
				emailType: 'text',
			},
		});
		expect(rows[0]).toMatchObject({
			status: 'pending',
			language: 'de',
			vip: true,
			location: { latitude: 52.52, longitude: 13.405 },
			ip_opt: '203.0.113.7',
			email_type: 'text',
			tags: [{ name: 'One' }],
		});
		expect(rows[0]).not.toHaveProperty('_links');
		expect(stored('ana@example.com')?.permissions).toEqual({ a1e0000001: true });
	});

	test('one that is there is an error that names the other way', async () => {
		await add('Ana@example.com');
		const { message, details } = await refusal(sandbox.current, 'member.create', {
			emailAddress: 'ana@example.com',
		});
		expect(message).toBe('This address is in the audience already, or in another one of the account');
		expect(details.remedy).toContain('Create or Update');
	});

	test('one of another audience that Mailchimp takes for one of this is an error too, and Create or Update adds it', async () => {
		const other = addAudience(sandbox.current.mailchimp, { name: 'Press' }, 'bbbbbbbbbb');
		await perform(sandbox.current, 'member.upsert', {
			audience: { __rl: true, mode: 'id', value: other.id },
			emailAddress: 'ana@example.com',
		});
		sandbox.current.mailchimp.settings.onePerAccount = true;
		const { message, details } = await refusal(sandbox.current, 'member.create', {
			emailAddress: 'Ana@example.com',
		});
		expect(message).toBe('This address is in the audience already, or in another one of the account');
		expect(details.remedy).toContain('it also adds who is only in another audience');
		await add('Ana@example.com');
		expect(stored('ana@example.com')).toMatchObject({ status: 'subscribed' });
	});

	test('one whose answer got lost is looked up, and not made twice', async () => {
		sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
		const { rows } = await create();
		expect(rows[0]).toMatchObject({ email_address: 'ana@example.com', status: 'subscribed' });
		expect(asked(sandbox.current).filter((one) => one.startsWith('POST'))).toHaveLength(1);
	});

	test('one who was deleted for good is told as such', async () => {
		await add('gone@example.com');
		await perform(sandbox.current, 'member.deletePermanently', {
			member: 'gone@example.com',
			confirmed: true,
		});
		const { message } = await refusal(sandbox.current, 'member.create', { emailAddress: 'gone@example.com' });
		expect(message).toMatch(/deleted for good, and Mailchimp does not let anybody add/);
	});
});

describe('Get and Get Many', () => {
	test('by address in any case, by hash and by contact ID', async () => {
		await add('Ana@example.com');
		const { id, contact_id: contact } = stored('ana@example.com')!;
		for (const member of ['ANA@example.com', id, contact]) {
			const { rows } = await perform(sandbox.current, 'member.get', { member });
			expect(rows[0]).toMatchObject({ id });
			expect(rows[0]).not.toHaveProperty('_links');
		}
		expect((await refusal(sandbox.current, 'member.get', { member: 'nobody@example.com' })).message).toBe(
			'Mailchimp does not have it',
		);
	});

	test('all of them, page after page, and never one page too many', async () => {
		const { audience } = sandbox.current.mailchimp;
		await add(...Array.from({ length: 1500 }, (_, at) => `m${at}@example.com`));
		const { rows } = await perform(sandbox.current, 'member.getAll', { returnAll: true });
		expect(rows).toHaveLength(1500);
		expect(audience.members.size).toBe(1500);
		expect(asked(sandbox.current)).toHaveLength(2);
		expect((await perform(sandbox.current, 'member.getAll', { limit: 7 })).rows).toHaveLength(7);
	});

	test('only the fields that are chosen come, with the ID, page after page', async () => {
		await add(...Array.from({ length: 1001 }, (_, at) => `m${at}@example.com`));
		const options = { fields: 'email_address，merge_fields.FNAME' };
		const { rows } = await perform(sandbox.current, 'member.getAll', { returnAll: true, options });
		expect(rows).toHaveLength(1001);
		expect(Object.keys(rows[1000]!).sort()).toEqual(['email_address', 'id', 'merge_fields']);
		expect(asked(sandbox.current)).toHaveLength(2);
		const one = await perform(sandbox.current, 'member.get', {
			member: 'm7@example.com',
			options: { fields: ['status', 'id'] },
		});
		expect(one.rows).toEqual([{ id: stored('m7@example.com')?.id, status: 'subscribed' }]);
		const { message } = await refusal(sandbox.current, 'member.get', {
			member: 'm7@example.com',
			options: { fields: 'status, *' },
		});
		expect(message).toBe("'Fields' has “*”, which is no name of a field");
	});

	test('all fields come but those that are excluded', async () => {
		await add('a@example.com');
		const excluded = 'stats，merge_fields.FNAME, tags';
		const all = await perform(sandbox.current, 'member.getAll', { options: { excluded } });
		const member = 'a@example.com';
		const one = await perform(sandbox.current, 'member.get', { member, options: { excluded } });
		for (const { rows } of [all, one]) {
			expect(rows).toHaveLength(1);
			for (const name of ['stats', 'tags', '_links']) expect(rows[0]).not.toHaveProperty(name);
			expect(rows[0]).toMatchObject({ email_address: member, merge_fields: { LNAME: '' } });
			expect(rows[0]?.merge_fields).not.toHaveProperty('FNAME');
		}
		const options = { excluded, fields: 'status' };
		expect((await refusal(sandbox.current, 'member.get', { member, options })).message).toMatch(
			/^'Excluded Fields' and 'Fields' are both filled in/,
		);
	});

	test('filters go out under their own names, item by item', async () => {
		await add('a@example.com', 'b@example.com');
		stored('b@example.com')!.vip = true;
		const { rows } = await perform(
			sandbox.current,
			'member.getAll',
			{ filters: { vipOnly: '={{ $json.vip }}', status: 'subscribed', changedAfter: '2020-01-01' } },
			[{ vip: true }, { vip: false }],
		);
		expect(rows.map(({ email_address: one }) => one)).toEqual([
			'b@example.com',
			'a@example.com',
			'b@example.com',
		]);
		expect(asked(sandbox.current)[0]).toContain('since_last_changed=2020-01-01T00:00:00+00:00');
	});

	test('those that Mailchimp takes only together go together, or are told', async () => {
		await add('a@example.com', 'b@example.com', 'c@example.com');
		const found = async (filters: IDataObject) =>
			(await perform(sandbox.current, 'member.getAll', { filters })).rows.map(
				({ email_address: one }) => one,
			);
		const category = 'c0ffee0001';
		stored('b@example.com')!.interests = { i1: true };
		expect(await found({ interests: ['i1', 'i2'], category })).toEqual(['b@example.com']);
		expect(await found({ interests: ['i1', 'i2'], category, interestMatch: 'all' })).toEqual([]);
		await perform(sandbox.current, 'member.update', { member: 'c@example.com', status: 'unsubscribed' });
		expect(await found({ unsubscribedAfter: '2020-01-01' })).toEqual(['c@example.com']);
		expect(await found({ sinceLastCampaign: true, status: 'unsubscribed' })).toEqual(['c@example.com']);
		const { unique_email_id: uniqueEmailId } = stored('a@example.com')!;
		expect(await found({ uniqueEmailId })).toEqual(['a@example.com']);
		const wrong: Array<[IDataObject, string]> = [
			[{ interests: ['i1'] }, "'Interest Names or IDs' needs the filter Interest Category beside it"],
			[{ category }, "'Interest Category Name or ID' needs the filter Interests beside it"],
			[{ interestMatch: 'any' }, "'Interests Match' needs the filter Interests beside it"],
			[
				{ unsubscribedAfter: '2020-01-01', status: 'subscribed' },
				"'Unsubscribed After' finds nobody who is subscribed",
			],
			[{ sinceLastCampaign: true }, "'Since Last Campaign' needs the filter Status beside it"],
		];
		for (const [filters, words] of wrong)
			expect((await refusal(sandbox.current, 'member.getAll', { filters })).message).toBe(words);
	});
});

describe('Update', () => {
	test('changes what it names, another address included', async () => {
		await add('ana@example.com');
		const { rows } = await perform(sandbox.current, 'member.update', {
			member: 'ana@example.com',
			newAddress: 'lima@example.com',
			mergeFields: mapped({ LNAME: 'Lima' }),
			options: { vip: false },
		});
		expect(rows[0]).toMatchObject({ email_address: 'lima@example.com', merge_fields: { LNAME: 'Lima' } });
		expect(stored('ana@example.com')).toBeUndefined();
	});

	test.each([
		['resetAfter', 1],
		['resetBefore', 2],
	] as const)('a change of the address whose answer got lost (%s) is looked up', async (kind, writes) => {
		await add('ana@example.com');
		sandbox.current.faults.add({ service: 'mailchimp', method: 'PATCH', kind });
		const { rows } = await perform(sandbox.current, 'member.update', {
			member: 'ana@example.com',
			newAddress: 'lima@example.com',
		});
		expect(rows[0]?.email_address).toBe('lima@example.com');
		expect(asked(sandbox.current).filter((request) => request.startsWith('PATCH'))).toHaveLength(writes);
		expect(stored('ana@example.com')).toBeUndefined();
	});

	test('the same address again, whose answer got lost, takes nothing for done that was not', async () => {
		await add('ana@example.com');
		sandbox.current.faults.add({ service: 'mailchimp', method: 'PATCH', kind: 'resetBefore' });
		await perform(sandbox.current, 'member.update', {
			member: 'ana@example.com',
			newAddress: 'Ana@example.com',
			mergeFields: mapped({ FNAME: 'Ana' }),
		});
		expect(stored('ana@example.com')).toMatchObject({ merge_fields: { FNAME: 'Ana' } });
	});

	test('agrees to marketing permissions and withdraws them', async () => {
		sandbox.current.mailchimp.audience.info.marketing_permissions = true;
		await add('ana@example.com');
		const update = async (options: IDataObject) =>
			await perform(sandbox.current, 'member.update', { member: 'ana@example.com', options });
		await update({ permissions: ['a1e0000001', 'a1e0000002'] });
		const { rows } = await update({ permissionsOff: ['a1e0000001'] });
		expect(rows[0]?.marketing_permissions).toMatchObject([
			{ marketing_permission_id: 'a1e0000001', enabled: false },
			{ marketing_permission_id: 'a1e0000002', enabled: true },
			{ marketing_permission_id: 'a1e0000003', enabled: false },
		]);
	});

	test('nothing to change is an error; who unsubscribed is only asked again', async () => {
		await add('ana@example.com');
		const nothing = await refusal(sandbox.current, 'member.update', { member: 'ana@example.com' });
		expect(nothing.message).toContain('name nothing to change');
		const to = async (status: string) =>
			await performSome(sandbox.current, 'member.update', { member: 'ana@example.com', status }, [{}]);
		await to('unsubscribed');
		expect((await to('subscribed')).problems[0]?.error).toMatch(/cannot be subscribed for them/);
		expect((await to('pending')).done[0]?.json.status).toBe('pending');
	});
});

test('Archive takes out, and Delete Permanently wants its tick', async () => {
	await add('a@example.com', 'b@example.com');
	const { rows } = await perform(sandbox.current, 'member.archive', { member: 'a@example.com' });
	expect(rows[0]).toMatchObject({ archived: true });
	expect(stored('a@example.com')?.status).toBe('archived');
	const unticked = await refusal(sandbox.current, 'member.deletePermanently', { member: 'b@example.com' });
	expect(unticked.message).toContain('is not ticked, and nothing was deleted');
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const gone = await perform(sandbox.current, 'member.deletePermanently', {
		member: 'b@example.com',
		confirmed: true,
	});
	expect(gone.rows[0]).toMatchObject({ deleted: true });
	expect(stored('b@example.com')).toBeUndefined();
});

describe('what Mailchimp answers with nothing', () => {
	const ways: Array<[string, IDataObject]> = [
		['changeTags', { add: 'One', remove: '' }],
		['addEvent', { name: 'purchased' }],
		['archive', {}],
		['deletePermanently', { confirmed: true }],
	];

	test.each(ways)('is one request: %s', async (operation, more) => {
		await add('a@example.com');
		await perform(sandbox.current, `member.${operation}`, { member: 'a@example.com', ...more });
		expect(asked(sandbox.current)).toHaveLength(1);
	});

	test.each(ways)('is looked up where it may be a proxy’s: %s', async (operation, more) => {
		await add('a@example.com');
		const path = /\/members\/\w+/;
		sandbox.current.faults.add({ service: 'mailchimp', path, kind: 'emptyBody', when: 'after' });
		await perform(sandbox.current, `member.${operation}`, { member: 'a@example.com', ...more });
		expect(asked(sandbox.current)).toHaveLength(2);
		expect(stored('a@example.com')?.events ?? []).toHaveLength(operation === 'addEvent' ? 1 : 0);
	});
});

test('tags, notes, events and activity', async () => {
	await add('a@example.com');
	const member = 'a@example.com';
	await perform(sandbox.current, 'member.changeTags', { member, add: 'One，VIP Customer', remove: '' });
	await perform(sandbox.current, 'member.changeTags', { member, add: '', remove: 'one', automations: false });
	const tags = await perform(sandbox.current, 'member.getTags', { member });
	expect(tags.rows.map(({ name }) => name)).toEqual(['VIP Customer']);
	expect(
		(await refusal(sandbox.current, 'member.changeTags', { member, add: 'x', remove: 'X' })).message,
	).toContain('which is to be added too');
	await perform(sandbox.current, 'member.addNote', { member, note: '你好 👋' });
	expect((await perform(sandbox.current, 'member.getNotes', { member })).rows[0]).toMatchObject({
		note: '你好 👋',
	});
	await perform(sandbox.current, 'member.addEvent', {
		member,
		name: 'purchased',
		properties: '{"tea":"oolong"}',
		occurredAt: '2026-01-02T03:04:05Z',
	});
	expect((await perform(sandbox.current, 'member.getEvents', { member })).rows[0]).toMatchObject({
		name: 'purchased',
		properties: { tea: 'oolong' },
	});
	expect((await perform(sandbox.current, 'member.getActivity', { member })).rows[0]).toMatchObject({
		action: 'subscribed',
	});
	expect((await refusal(sandbox.current, 'member.addEvent', { member, name: 'x' })).message).toContain(
		'1 character',
	);
});

test('a note whose answer got lost is not written again, and the item says what to look at', async () => {
	await add('a@example.com');
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { details } = await refusal(sandbox.current, 'member.addNote', {
		member: 'a@example.com',
		note: 'x',
	});
	expect(details).toMatchObject({ outcome: 'unknown', canRetry: false });
	expect(stored('a@example.com')?.notes.size).toBe(1);
});

test('audiences, by key and by OAuth2, with the account’s own words when the sign-in is wrong', async () => {
	expect((await perform(sandbox.current, 'audience.getAll')).rows).toMatchObject([{ id: AUDIENCE }]);
	expect((await perform(sandbox.current, 'audience.get')).rows[0]).toMatchObject({
		name: 'MailOps News',
		stats: { total_contacts: 0 },
	});
	const spec = operationNode(sandbox.current, 'audience.getAll', { authentication: 'oAuth2' });
	const run = await runNode({
		...spec,
		credentials: credentialFor(sandbox.current, 'mailOpsMailchimpOAuth2Api'),
	});
	expect(run.json(NODE)).toMatchObject([{ id: AUDIENCE }]);
	const wrong = await runNode({
		...operationNode(sandbox.current, 'audience.getAll'),
		credentials: credentialFor(sandbox.current, 'mailOpsMailchimpApi', {
			baseUrl: `${sandbox.current.mailchimp.host}/us19/3.0`,
		}),
	});
	expect(wrong.error?.message).toMatch(/belongs to another data center/);
});
