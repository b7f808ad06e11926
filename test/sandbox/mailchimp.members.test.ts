import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { OpenApi } from '../../sandbox/shell/table/openapi';
import { answerFaults } from '../support/description';
import { mailchimpCall, officialClient, refusal } from './mailchimpClient';

type Json = Record<string, unknown>;

const fixture = (path: string) => JSON.parse(readFileSync(join(__dirname, '..', path), 'utf8')) as OpenApi;
const spec = fixture('fixtures/openapi/mailchimp.json');

let sandbox: Sandbox;
let lists: ReturnType<typeof officialClient>['lists'];
beforeAll(async () => {
	sandbox = await startSandbox();
	({ lists } = officialClient(sandbox));
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const LIST = 'a1b2c3d4e5';
const MEMBER = '/lists/{list_id}/members/{subscriber_hash}';
const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
	await mailchimpCall(sandbox, method, path, body, headers);
const add = async (email_address: string, more: Json = {}) =>
	await lists.addListMember!(LIST, { email_address, status: 'subscribed', ...more });

/** What of an answer the description does not know, or the answer lacks. */
const faults = (method: string, path: string, answer: unknown) =>
	answerFaults(spec, method, path, 200, answer).filter(
		(one) =>
			!/targetSchema|answers no schema|answers no (?:unsubscribe_reason|interests|marketing_permissions|last_note|ecommerce_data)|should match format|sms_subscription_status|should be equal to one of/.test(
				one,
			),
	);

test('the requests of the stand-in are those of the official description', () => {
	const own = JSON.parse(
		readFileSync(join(__dirname, '../../sandbox/services/mailchimp/official.json'), 'utf8'),
	) as OpenApi;
	for (const [path, methods] of Object.entries(own.paths)) {
		for (const [method, { parameters, requestBody }] of Object.entries(methods)) {
			const official = spec.paths[path]?.[method];
			expect([path, method, parameters, requestBody]).toEqual([
				path,
				method,
				official?.parameters,
				official?.requestBody,
			]);
		}
	}
	expect(Object.keys(own.paths).length).toBeGreaterThan(80);
});

describe('members, by the official client', () => {
	test('added, got by hash, address and contact ID, changed, archived, forgotten', async () => {
		const made = await add('Ana@Example.com', {
			merge_fields: { FNAME: 'Ana 安' },
			tags: ['Blue'],
			vip: true,
		});
		expect(made).toMatchObject({
			email_address: 'Ana@Example.com',
			status: 'subscribed',
			full_name: 'Ana 安',
			vip: true,
			tags: [{ name: 'Blue' }],
		});
		expect(faults('POST', '/lists/{list_id}/members', made)).toEqual([]);
		for (const key of [made.id, 'ana@example.com', made.contact_id])
			expect((await lists.getListMember!(LIST, key)).id).toBe(made.id);
		const changed = await lists.updateListMember!(LIST, made.id, { merge_fields: { LNAME: 'Lima' } });
		expect(changed.merge_fields).toMatchObject({ FNAME: 'Ana 安', LNAME: 'Lima', BIRTHDAY: '' });
		await lists.deleteListMember!(LIST, made.id);
		expect(await lists.getListMembersInfo!(LIST)).toMatchObject({ total_items: 0 });
		expect(await lists.getListMembersInfo!(LIST, { status: 'archived' })).toMatchObject({ total_items: 1 });
		await lists.deleteListMemberPermanent!(LIST, made.id);
		const { body } = await refusal(add('ana@example.com'));
		expect(body).toMatchObject({ status: 400, title: 'Forgotten Email Not Subscribed' });
	});

	test('every rule of the status', async () => {
		await add('a@example.com');
		expect((await refusal(add('A@example.com'))).body).toMatchObject({ status: 400, title: 'Member Exists' });
		const set = async (status: string) => await lists.updateListMember!(LIST, 'a@example.com', { status });
		await set('unsubscribed');
		expect((await refusal(set('subscribed'))).body).toMatchObject({ title: 'Member In Compliance State' });
		expect(await set('pending')).toMatchObject({ status: 'pending' });
		await set('cleaned');
		for (const status of ['subscribed', 'pending'])
			expect((await refusal(set(status))).body.title).toBe('Member In Compliance State');
		const archive = async (address: string) => await lists.deleteListMember!(LIST, address);
		expect((await refusal(archive('a@example.com'))).status).toBe(405);
		await add('c@example.com');
		await lists.updateListMember!(LIST, 'c@example.com', { status: 'unsubscribed' });
		await archive('c@example.com');
		expect((await refusal(add('c@example.com'))).body.title).toBe('Member In Compliance State');
		expect((await refusal(archive('c@example.com'))).status).toBe(405);
		await add('b@example.com');
		await lists.deleteListMember!(LIST, 'b@example.com');
		expect(await add('b@example.com')).toMatchObject({ status: 'subscribed' });
	});

	test('PUT adds with status_if_new, changes with status, and moves no address onto another', async () => {
		const put = async (hash: string, body: Json) => await lists.setListMember!(LIST, hash, body);
		const first = await put('p@example.com', { email_address: 'p@example.com', status_if_new: 'pending' });
		expect(first.status).toBe('pending');
		const again = { email_address: 'p@example.com', status_if_new: 'subscribed', language: 'de' };
		expect(await put('p@example.com', again)).toMatchObject({ status: 'pending', language: 'de' });
		await add('q@example.com');
		const moved = await refusal(
			put('p@example.com', { email_address: 'q@example.com', status_if_new: 'pending' }),
		);
		expect(moved.body.title).toBe('Member Exists');
		expect(
			await put('p@example.com', { email_address: 'r@example.com', status_if_new: 'pending' }),
		).toMatchObject({ email_address: 'r@example.com' });
		expect((await call('GET', `/lists/${LIST}/members/p%40example.com`)).status).toBe(404);
	});

	test('merge fields: each type, required ones, and those the audience lacks', async () => {
		await lists.addListMergeField!(LIST, { name: 'Start', tag: 'START', type: 'date', required: true });
		await lists.addListMergeField!(LIST, {
			name: 'Team',
			tag: 'TEAM',
			type: 'dropdown',
			options: { choices: ['A', 'B'] },
		});
		const refused = await refusal(
			add('a@example.com', {
				merge_fields: { TEAM: 'C', BIRTHDAY: '2/30', ADDRESS: { addr1: 'x' }, NOBODY: 'x' },
			}),
		);
		expect(refused.body).toMatchObject({ status: 400, detail: 'Your merge fields were invalid.' });
		expect((refused.body.errors as Json[]).map(({ field }) => field).sort()).toEqual([
			'ADDRESS',
			'BIRTHDAY',
			'START',
			'TEAM',
		]);
		const address = { addr1: '1 Main St', city: 'Berlin', state: 'BE', zip: '10115' };
		const good = { START: '2026-11-26', TEAM: 'A', BIRTHDAY: '2/29', ADDRESS: address };
		expect((await add('a@example.com', { merge_fields: good })).merge_fields).toMatchObject(good);
		expect(sandbox.mailchimp.unknownFields).toEqual(['merge field NOBODY']);
		const skipped = await call('POST', `/lists/${LIST}/members?skip_merge_validation=true`, {
			email_address: 'b@example.com',
			status: 'subscribed',
		});
		expect(skipped.status).toBe(200);
	});

	test('what the service does not take', async () => {
		const titles: Array<[Json, RegExp]> = [
			[{ email_address: 'nobody', status: 'subscribed' }, /valid email address/],
			[{ email_address: 'x@fake.example', status: 'subscribed' }, /looks fake or invalid/],
			[{ email_address: 'x@example.com', status: 'archived' }, /could not be validated/],
			[{ email_address: 'x@example.com' }, /could not be validated/],
			[{ email_address: 'x@example.com', status: 'subscribed', nmae: 1 }, /could not be validated/],
			[{ email_address: 'x@example.com', status: 'subscribed', interests: { nope: true } }, /interest ID/],
			[{ email_address: 'x@example.com', status: 'subscribed', tags: ['x'.repeat(101)] }, /100 characters/],
			[{ email_address: 'x@example.com', status: 'subscribed', timestamp_opt: '14:11 today' }, /validated/],
		];
		for (const [body, words] of titles) {
			const answer = await call('POST', `/lists/${LIST}/members`, body);
			expect([answer.status, String(answer.body.detail)]).toEqual([400, expect.stringMatching(words)]);
			expect(answer.headers.get('content-type')).toContain('application/problem+json');
		}
	});

	test('filters, sorting, pages and fields', async () => {
		for (const name of ['a', 'b', 'c', 'd']) await add(`${name}@example.com`, { vip: name === 'c' });
		const list = async (query: string) => (await call('GET', `/lists/${LIST}/members?${query}`)).body;
		const names = (body: Json) =>
			(body.members as Json[]).map(({ email_address: a }) => String(a)[0]).join('');
		expect(names(await list('count=2&offset=1'))).toBe('bc');
		expect(names(await list('vip_only=true'))).toBe('c');
		expect(names(await list('since_last_changed=2099-01-01T00:00:00Z'))).toBe('');
		expect(await list('fields=total_items,members.email_address&count=1')).toEqual({
			members: [{ email_address: 'a@example.com' }],
			total_items: 4,
		});
		const without = (await list('exclude_fields=members.merge_fields,members._links')).members as Json[];
		expect(without[0]).not.toHaveProperty('merge_fields');
		expect(without[0]).toHaveProperty('status');
		expect((await call('GET', `/lists/${LIST}/members?count=1001`)).status).toBe(400);
		for (const alone of [
			'interest_ids=i1',
			'interest_category_id=c1&interest_ids=i1',
			'unsubscribed_since=2020-01-01T00:00:00Z&status=subscribed',
			'since_last_campaign=true',
		])
			expect((await call('GET', `/lists/${LIST}/members?${alone}`)).status).toBe(400);
		expect((await call('GET', `/lists/${LIST}/members?fields=a&exclude_fields=b`)).status).toBe(400);
	});
});

describe('many at once', () => {
	const batch = async (members: Json[], more: Json = {}) =>
		await lists.batchListMembers!(LIST, { members, ...more });
	const member = (name: string, more: Json = {}) => ({
		email_address: `${name}@example.com`,
		status: 'subscribed',
		...more,
	});

	test('each has an answer of its own, in no order', async () => {
		await add('old@example.com');
		const answer = await batch([
			member('a', { tags: ['New'] }),
			member('b'),
			member('old'),
			{ email_address: 'nobody', status: 'subscribed' },
			member('c', { merge_fields: { BIRTHDAY: 'x' } }),
		]);
		const addresses = (rows: unknown) => (rows as Json[]).map(({ email_address: one }) => one);
		expect(addresses(answer.new_members)).toEqual(['b@example.com', 'a@example.com']);
		expect(answer).toMatchObject({ total_created: 2, total_updated: 0, error_count: 3 });
		expect(answer.errors).toEqual([
			expect.objectContaining({ email_address: 'old@example.com', error_code: 'ERROR_CONTACT_EXISTS' }),
			expect.objectContaining({ email_address: 'nobody', error_code: 'ERROR_GENERIC' }),
			expect.objectContaining({ field: 'BIRTHDAY', error: 'Your merge fields were invalid.' }),
		]);
		expect(
			faults('POST', '/lists/{list_id}', answer).filter((one) => !/answers (?:.* too|no field)/.test(one)),
		).toEqual([]);
		expect(await batch([member('old')], { update_existing: true })).toMatchObject({ total_updated: 1 });
	});

	test('sync_tags puts the tags in place of those there', async () => {
		await batch([member('a', { tags: ['One', 'Two'] })]);
		const tags = async () =>
			((await lists.getListMemberTags!(LIST, 'a@example.com')).tags as Json[]).map(({ name }) => name).sort();
		await batch([member('a', { tags: ['Three'] })], { update_existing: true });
		expect(await tags()).toEqual(['One', 'Three', 'Two']);
		await batch([member('a', { tags: ['two'] })], { update_existing: true, sync_tags: true });
		expect(await tags()).toEqual(['Two']);
	});

	test('more than 500, and an address twice, are refused whole', async () => {
		const many = Array.from({ length: 501 }, (_, at) => member(`m${at}`));
		expect((await refusal(batch(many))).status).toBe(400);
		expect((await refusal(batch([member('a'), member('A')]))).status).toBe(400);
		expect(sandbox.mailchimp.audience.members.size).toBe(0);
		const first = await call('POST', `/lists/${LIST}?skip_duplicate_check=true`, {
			members: [member('a', { vip: true }), member('a', { vip: false })],
		});
		expect(first.body).toMatchObject({ total_created: 1, new_members: [{ vip: true }] });
	});
});

test('tags, notes, events and history of a contact', async () => {
	await add('a@example.com');
	await lists.updateListMemberTags!(LIST, 'a@example.com', {
		tags: [
			{ name: 'Blue', status: 'active' },
			{ name: 'Red', status: 'active' },
		],
	});
	await lists.updateListMemberTags!(LIST, 'a@example.com', { tags: [{ name: 'Red', status: 'inactive' }] });
	const tags = await lists.getListMemberTags!(LIST, 'a@example.com');
	expect(tags).toMatchObject({ total_items: 1, tags: [{ name: 'Blue' }] });
	expect(faults('GET', `${MEMBER}/tags`, tags)).toEqual([]);
	expect(await lists.tagSearch!(LIST, { name: 'b' })).toMatchObject({ tags: [{ name: 'Blue' }] });
	const note = await lists.createListMemberNote!(LIST, 'a@example.com', { note: 'Called' });
	expect(await lists.getListMemberNotes!(LIST, 'a@example.com')).toMatchObject({ notes: [{ id: note.id }] });
	await lists.createListMemberEvent!(LIST, 'a@example.com', {
		name: 'purchased',
		properties: { tea: 'oolong' },
	});
	const events = await lists.getListMemberEvents!(LIST, 'a@example.com');
	expect(events).toMatchObject({ events: [{ name: 'purchased', properties: { tea: 'oolong' } }] });
	expect((await refusal(lists.createListMemberEvent!(LIST, 'a@example.com', { name: 'x' }))).status).toBe(
		400,
	);
	await lists.updateListMember!(LIST, 'a@example.com', { status: 'unsubscribed' });
	const activity = await lists.getListMemberActivity!(LIST, 'a@example.com');
	expect((activity.activity as Json[]).map(({ action }) => action)).toEqual(['unsub', 'subscribed']);
});
