import { useSandbox } from '../../../support/services';
import { perform, refusal } from '../operations';

const sandbox = useSandbox();
const fields = () => [...sandbox.current.mailchimp.audience.mergeFields.values()];

test('made, listed, got, changed and deleted', async () => {
	const { rows } = await perform(sandbox.current, 'mergeField.create', {
		name: '部门',
		tag: 'dept',
		type: 'dropdown',
		settings: { choices: 'Berlin, New York，上海', helpText: 'Where you work', required: false },
	});
	expect(rows[0]).toMatchObject({
		tag: 'DEPT',
		name: '部门',
		options: { choices: ['Berlin', 'New York', '上海'] },
	});
	const mergeField = String(rows[0]?.merge_id);
	expect((await perform(sandbox.current, 'mergeField.getAll', { returnAll: true })).rows).toHaveLength(6);
	const changed = await perform(sandbox.current, 'mergeField.update', {
		mergeField,
		settings: { name: 'Office', required: true },
	});
	expect(changed.rows[0]).toMatchObject({ name: 'Office', required: true, help_text: 'Where you work' });
	const got = await perform(sandbox.current, 'mergeField.get', { mergeField });
	expect(got.rows[0]).toMatchObject({ tag: 'DEPT', name: 'Office' });
	await perform(sandbox.current, 'mergeField.delete', { mergeField });
	expect(fields()).toHaveLength(5);
});

test('one whose answer got lost is looked up, and not made twice', async () => {
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { rows } = await perform(sandbox.current, 'mergeField.create', { name: 'Team', tag: 'TEAM' });
	expect(rows[0]).toMatchObject({ tag: 'TEAM' });
	expect(fields()).toHaveLength(6);
});

test('what cannot be is told before anything is sent', async () => {
	const create = async (more: Record<string, string>) =>
		(await refusal(sandbox.current, 'mergeField.create', { name: 'x', ...more })).message;
	expect(await create({ tag: 'NO GOOD' })).toBe("'Merge Tag' is “NO GOOD”");
	expect(await create({ tag: 'X', type: 'radio' })).toContain('has no choices');
	const named = await refusal(sandbox.current, 'mergeField.get', { mergeField: 'FNAME' });
	expect(named.details.remedy).toContain('It is not its tag');
	const nothing = await refusal(sandbox.current, 'mergeField.update', { mergeField: '1' });
	expect(nothing.message).toBe("'Settings' names nothing to change");
	const taken = await refusal(sandbox.current, 'mergeField.create', { name: 'First', tag: 'FNAME' });
	expect(taken.details.said).toContain('already exists');
});
