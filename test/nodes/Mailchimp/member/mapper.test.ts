import type { ResourceMapperFields } from 'n8n-workflow';
import { useSandbox } from '../../../support/services';
import { menu } from '../menu';
import { AUDIENCE, mapped, perform } from '../operations';

const sandbox = useSandbox();
const audience = { __rl: true, mode: 'id', value: AUDIENCE };
const form = { resource: 'member', operation: 'upsert', audience };

/** A merge field of each type that Mailchimp has. */
const TYPES: Array<[type: string, tag: string, choices?: string[]]> = [
	['text', 'NICK'],
	['number', 'AGE'],
	['address', 'HOME'],
	['phone', 'CALL'],
	['date', 'START'],
	['url', 'SITE'],
	['imageurl', 'FACE'],
	['radio', 'SHIFT', ['早班', 'Late']],
	['dropdown', 'OFFICE', ['Berlin', '杭州']],
	['birthday', 'BORN'],
	['zip', 'ZIP'],
];

async function makeAll(): Promise<void> {
	for (const [type, tag, choices] of TYPES)
		await perform(sandbox.current, 'mergeField.create', {
			name: `The ${type}`,
			tag,
			type,
			...(choices === undefined ? {} : { settings: { choices: choices.join(', ') } }),
		});
}

test('the table offers every merge field of the audience, however many, each in the form of its type', async () => {
	await makeAll();
	const { fields } = (await menu(
		sandbox.current,
		'resourceMapping',
		'getMergeFields',
		form,
	)) as ResourceMapperFields;
	const offered = Object.fromEntries(fields.map(({ id, type, options }) => [id, options ?? type]));
	expect(offered).toMatchObject({
		NICK: 'string',
		AGE: 'number',
		'HOME:addr1': 'string',
		'HOME:city': 'string',
		'HOME:state': 'string',
		'HOME:zip': 'string',
		CALL: 'string',
		'START:date': 'dateTime',
		SITE: 'url',
		FACE: 'url',
		SHIFT: [
			{ name: '早班', value: '早班' },
			{ name: 'Late', value: 'Late' },
		],
		OFFICE: [
			{ name: 'Berlin', value: 'Berlin' },
			{ name: '杭州', value: '杭州' },
		],
		'BORN:birthday': 'string',
		ZIP: 'string',
	});
	const tags = new Set(fields.map(({ id }) => id.split(':')[0]));
	expect(tags.size).toBe(sandbox.current.mailchimp.audience.mergeFields.size);
	expect(tags.size).toBeGreaterThan(10);
});

test('a value of each type is stored as the form has it', async () => {
	await makeAll();
	await perform(
		sandbox.current,
		'member.upsert',
		{
			emailAddress: 'ana@example.com',
			mergeFields: mapped({
				NICK: '安娜 🎉',
				AGE: 41,
				'HOME:addr1': '1 Main Street',
				'HOME:city': '杭州',
				'HOME:state': 'ZJ',
				'HOME:zip': '310000',
				CALL: '+49 30 1234567',
				'START:date': '2026-03-01T00:00:00.000+08:00',
				SITE: 'https://example.com/?a=1',
				FACE: 'https://example.com/face.png',
				SHIFT: '早班',
				OFFICE: '杭州',
				'BORN:birthday': '1985-11-26',
				ZIP: '10115',
			}),
		},
		[{}],
	);
	expect(sandbox.current.mailchimp.audience.find('ana@example.com')?.merge_fields).toMatchObject({
		NICK: '安娜 🎉',
		AGE: 41,
		HOME: { addr1: '1 Main Street', city: '杭州', state: 'ZJ', zip: '310000' },
		CALL: '+49 30 1234567',
		START: '2026-03-01',
		SITE: 'https://example.com/?a=1',
		FACE: 'https://example.com/face.png',
		SHIFT: '早班',
		OFFICE: '杭州',
		BORN: '11/26',
		ZIP: '10115',
	});
});

test('the menu of merge fields finds by name and tag; without an audience it is empty', async () => {
	await makeAll();
	const found = await menu(sandbox.current, 'listSearch', 'searchMergeFields', form, 'shift');
	expect(found).toMatchObject([{ name: 'The radio (SHIFT)' }]);
	expect(await menu(sandbox.current, 'listSearch', 'searchMergeFields', { ...form, audience: '' })).toEqual(
		[],
	);
	expect(await menu(sandbox.current, 'resourceMapping', 'getMergeFields', { ...form, audience: '' })).toEqual(
		{
			fields: [],
		},
	);
});

test('interests, their categories, tags and segments stand in their menus', async () => {
	const category = await perform(sandbox.current, 'interestCategory.create', {
		title: '部门',
		type: 'checkboxes',
	});
	const categoryId = String(category.rows[0]?.id);
	const inCategory = { category: { __rl: true, mode: 'id', value: categoryId } };
	for (let i = 1; i <= 12; i++)
		await perform(sandbox.current, 'interest.create', { ...inCategory, name: `Interest ${i}` });
	await perform(sandbox.current, 'tag.create', { name: 'Staff 员工' });
	const options = (await menu(sandbox.current, 'loadOptions', 'getInterests', form)) as Array<{
		name: string;
	}>;
	expect(options).toHaveLength(12);
	expect(options.map(({ name }) => name)).toContain('部门: Interest 12');
	expect(await menu(sandbox.current, 'loadOptions', 'getCategories', form)).toEqual([
		{ name: '部门', value: categoryId },
	]);
	expect(await menu(sandbox.current, 'listSearch', 'searchCategories', form)).toEqual([
		{ name: '部门', value: categoryId },
	]);
	expect(
		await menu(
			sandbox.current,
			'listSearch',
			'searchInterests',
			{ resource: 'interest', operation: 'update', audience, ...inCategory },
			'interest 12',
		),
	).toMatchObject([{ name: 'Interest 12' }]);
	expect(await menu(sandbox.current, 'listSearch', 'searchTags', form, '员工')).toMatchObject([
		{ name: 'Staff 员工' },
	]);
	expect(await menu(sandbox.current, 'listSearch', 'searchSegments', form)).toEqual([]);
});

test('what contacts can agree to stands in its menu, once somebody is in an audience that asks them', async () => {
	const permissions = async () => await menu(sandbox.current, 'loadOptions', 'getPermissions', form);
	sandbox.current.mailchimp.audience.info.marketing_permissions = true;
	expect(await permissions()).toEqual([]);
	await perform(sandbox.current, 'member.create', { emailAddress: 'ana@example.com' });
	expect(await permissions()).toEqual([
		{ name: 'Email', value: 'a1e0000001' },
		{ name: 'Direct Mail', value: 'a1e0000002' },
		{ name: 'Customized online advertising', value: 'a1e0000003' },
	]);
	sandbox.current.mailchimp.audience.info.marketing_permissions = false;
	expect(await permissions()).toEqual([]);
});
