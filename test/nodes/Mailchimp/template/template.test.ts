import { byId } from '../../../../scripts/faults/scene';
import { useSandbox } from '../../../support/services';
import { asked, perform, refusal } from '../operations';
import { withCampaign } from '../campaign/support';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;

const HTML = '<h1 mc:edit="head">新闻</h1><div mc:edit="body"><p>Hi 🎉</p></div>';

async function made(name = 'Letter', options: object = {}) {
	const { rows } = await perform(sandbox.current, 'template.create', {
		name,
		html: HTML,
		options: options as never,
	});
	return { row: rows[0]!, chosen: { template: byId(String(rows[0]!.id)) } };
}

test('a template is made, found, changed, and deleted, which leaves it inactive', async () => {
	mailchimp().templateFolders.set('f1', { id: 'f1', name: 'Letters' });
	const { row, chosen } = await made('Letter 信', { folder: 'f1' });
	expect(row).toMatchObject({ name: 'Letter 信', folder_id: 'f1', active: true });
	expect(row).not.toHaveProperty('_links');
	await made('Card');
	const names = async (filters: object) =>
		(
			await perform(sandbox.current, 'template.getAll', { returnAll: true, filters: filters as never })
		).rows.map(({ name }) => name);
	expect(await names({ folder: 'f1', type: 'user' })).toEqual(['Letter 信']);
	expect(await names({ sortBy: 'name', sortOrder: 'ASC', contentType: 'html' })).toEqual([
		'Card',
		'Letter 信',
	]);
	expect(await names({ createdBefore: '2020-01-01' })).toEqual([]);
	expect(asked(sandbox.current).at(-1)).toContain('before_date_created=2020-01-01T00:00:00+00:00');
	const { rows: changed } = await perform(sandbox.current, 'template.update', {
		...chosen,
		updateFields: { name: 'Postcard', html: '<p mc:edit="all">x</p>' },
	});
	expect(changed[0]).toMatchObject({ name: 'Postcard', folder_id: 'f1' });
	const { rows: got } = await perform(sandbox.current, 'template.get', chosen);
	expect(got[0]).toMatchObject({ id: row.id, name: 'Postcard' });
	expect((await perform(sandbox.current, 'template.delete', chosen)).rows).toEqual([
		{ deleted: true, id: row.id },
	]);
	expect(await names({})).toEqual(['Card']);
});

test('its sections are shown, and filled in by a campaign', async () => {
	const { row, chosen } = await made();
	const sections = { head: '新闻', body: '<p>Hi 🎉</p>' };
	expect((await perform(sandbox.current, 'template.getSections', chosen)).rows).toEqual([
		{ id: row.id, sections },
	]);
	const { campaign, chosen: to } = withCampaign(mailchimp());
	const fill = { ...to, source: 'template', ...chosen, sections: { body: '<p>你好</p>' } };
	await perform(sandbox.current, 'campaign.setContent', fill);
	expect(campaign.content.html).toBe('<h1 mc:edit="head">新闻</h1><div mc:edit="body"><p>你好</p></div>');
	const { details } = await refusal(sandbox.current, 'campaign.setContent', {
		...fill,
		sections: { footer: 'x' },
	});
	expect(details).toMatchObject({ said: expect.stringContaining("no section 'footer'") });
});

test('one whose answer got lost is found among those that are new, older namesakes are not taken for it', async () => {
	const { row } = await made();
	sandbox.current.faults.add({
		service: 'mailchimp',
		method: 'POST',
		path: /templates$/,
		kind: 'resetAfter',
	});
	const again = await made();
	expect(again.row.id).not.toBe(row.id);
	expect(mailchimp().templates.size).toBe(2);
});

test('a name in the place of a number, nothing to change, and no HTML say what to do', async () => {
	const named = await refusal(sandbox.current, 'template.get', { template: byId('Letter') });
	expect(named.message).toBe("'Template' is not a number: “Letter”");
	const nothing = await refusal(sandbox.current, 'template.update', {
		template: byId('1'),
		updateFields: {},
	});
	expect(nothing.message).toMatch(/names no field to change/);
	expect((await refusal(sandbox.current, 'template.create', { name: 'x', html: ' ' })).message).toBe(
		"'HTML' is empty",
	);
	expect((await refusal(sandbox.current, 'template.get', { template: byId('99') })).message).toBe(
		'Mailchimp does not have it',
	);
});
