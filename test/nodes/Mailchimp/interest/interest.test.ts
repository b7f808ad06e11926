import { useSandbox } from '../../../support/services';
import { byId } from '../../../../scripts/faults/scene';
import { perform, refusal } from '../operations';

const sandbox = useSandbox();

test('categories and interests are made, listed, renamed, chosen by contacts and deleted', async () => {
	const { rows } = await perform(sandbox.current, 'interestCategory.create', {
		title: '主题',
		type: 'radio',
	});
	expect(rows[0]).toMatchObject({ title: '主题', type: 'radio' });
	const category = byId(String(rows[0]!.id));
	for (const name of ['Tea', 'Coffee']) await perform(sandbox.current, 'interest.create', { category, name });
	const listed = async () => (await perform(sandbox.current, 'interest.getAll', { category })).rows;
	expect((await listed()).map(({ name }) => name)).toEqual(['Tea', 'Coffee']);
	const interest = byId(String((await listed())[0]!.id));
	await perform(sandbox.current, 'interest.update', { category, interest, name: 'Green Tea' });
	await perform(sandbox.current, 'member.create', {
		emailAddress: 'ana@example.com',
		options: { interests: [interest.value] },
	});
	expect((await listed())[0]).toMatchObject({ name: 'Green Tea', subscriber_count: '1' });
	const got = await perform(sandbox.current, 'interest.get', { category, interest });
	expect(got.rows).toEqual([(await listed())[0]]);
	const gotCategory = await perform(sandbox.current, 'interestCategory.get', { category });
	expect(gotCategory.rows).toEqual((await perform(sandbox.current, 'interestCategory.getAll')).rows);
	await perform(sandbox.current, 'interest.delete', { category, interest });
	expect(await listed()).toHaveLength(1);
	await perform(sandbox.current, 'interestCategory.update', { category, title: 'Drinks', type: 'hidden' });
	const all = async () => (await perform(sandbox.current, 'interestCategory.getAll')).rows;
	expect(await all()).toMatchObject([{ title: 'Drinks', type: 'hidden' }]);
	await perform(sandbox.current, 'interestCategory.delete', { category });
	expect(await all()).toEqual([]);
});

test('a name in the place of an ID is told, and so is one that is taken', async () => {
	const named = await refusal(sandbox.current, 'interest.getAll', { category: byId('My Topics') });
	expect(named.message).toBe("'Interest Category' is not an ID: “My Topics”");
	await perform(sandbox.current, 'interestCategory.create', { title: 'Topics' });
	const taken = await refusal(sandbox.current, 'interestCategory.create', { title: 'topics' });
	expect(taken.details).toMatchObject({ said: expect.stringContaining('already exists') });
});
