import type { IDataObject } from 'n8n-workflow';
import { storeOf } from '../../../sandbox/services/mailchimp/ecommerce';
import { newTag } from '../../../sandbox/services/mailchimp/audience';
import { useSandbox } from '../../support/services';
import { withCampaign } from './campaign/support';
import { menu } from './menu';
import { AUDIENCE, perform } from './operations';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;

const list = async (
	kind: 'listSearch' | 'loadOptions',
	method: string,
	form: IDataObject = {},
	search?: string,
) => await menu(sandbox.current, kind, method, form, search);

test('audiences, folders and templates stand in the menus', async () => {
	mailchimp().campaignFolders.set('f1', { id: 'f1', name: 'Letters' });
	mailchimp().templateFolders.set('f2', { id: 'f2', name: '模板' });
	expect(await list('loadOptions', 'getAudiences')).toEqual([{ name: 'MailOps News', value: AUDIENCE }]);
	expect(await list('loadOptions', 'getCampaignFolders')).toEqual([{ name: 'Letters', value: 'f1' }]);
	expect(await list('loadOptions', 'getTemplateFolders')).toEqual([{ name: '模板', value: 'f2' }]);
	for (const name of ['Letter', 'Card'])
		await perform(sandbox.current, 'template.create', { name, html: '<p>x</p>' });
	const [id] = mailchimp().templates.keys();
	expect(await list('listSearch', 'searchTemplates', {}, 'LETT')).toEqual([
		{ name: 'Letter', value: String(id) },
	]);
});

test('stores stand in their menu, customers and products in that of the chosen store', async () => {
	storeOf(mailchimp());
	expect(await list('listSearch', 'searchStores')).toEqual([{ name: 'Parent', value: 'parent' }]);
	for (const resource of ['customer', 'product']) {
		const method = resource === 'customer' ? 'searchCustomers' : 'searchProducts';
		const form = { resource, operation: 'get', store: { __rl: true, mode: 'id', value: 'parent' } };
		const value = resource === 'customer' ? 'ana' : 'tea';
		expect(await list('listSearch', method, form)).toMatchObject([{ value }]);
		expect(await list('listSearch', method, form, 'nothing of it')).toEqual([]);
		expect(await list('listSearch', method, { ...form, store: '' })).toEqual([]);
	}
});

test('a campaign is limited to a tag or segment of the audience that is chosen', async () => {
	for (const [id, name, type] of [
		[1, 'Staff', 'static'],
		[2, 'Berliners', 'saved'],
	] as const)
		mailchimp().audience.segments.set(id, { ...newTag(id, name, mailchimp().stamp()), type });
	const audience = { __rl: true, mode: 'id', value: AUDIENCE };
	const form = { resource: 'campaign', operation: 'create', audience };
	expect(await list('listSearch', 'searchRecipients', form)).toEqual([
		{ name: 'Berliners (segment)', value: '2' },
		{ name: 'Staff (tag)', value: '1' },
	]);
	expect(await list('listSearch', 'searchRecipients', form, 'staff')).toHaveLength(1);
});

test('links are those of the campaign that is chosen', async () => {
	const { chosen } = withCampaign(mailchimp(), {
		status: 'sent',
		sends: 1,
		content: { html: '<a href="https://example.org/shop">Shop</a>', plain_text: '' },
	});
	const form = { resource: 'report', operation: 'getClickers', ...chosen };
	expect(await list('listSearch', 'searchLinks', form)).toEqual([
		{ name: 'https://example.org/shop', value: expect.stringMatching(/^[0-9a-f]{10}$/) },
	]);
	expect(await list('listSearch', 'searchLinks', form, 'blog')).toEqual([]);
});
