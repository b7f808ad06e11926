import { useSandbox } from '../../../support/services';
import { asked, AUDIENCE, perform, performSome, refusal } from '../operations';

const sandbox = useSandbox();

const people = (count: number) => Array.from({ length: count }, (_, at) => ({ email: `p${at}@example.com` }));
const each = { emailAddress: '={{ $json.email }}' };
async function withTag(count: number): Promise<string> {
	await perform(sandbox.current, 'member.upsert', each, people(count));
	const { rows } = await perform(sandbox.current, 'tag.create', { name: '研发 Engineering' });
	sandbox.current.requests.clear();
	return String(rows[0]?.id);
}
const tagged = (tag: string) => sandbox.current.mailchimp.audience.segments.get(Number(tag))?.hashes.size;

test('1,000 contacts are tagged in two requests, and untagged in two', async () => {
	const tag = await withTag(1000);
	const { rows } = await perform(sandbox.current, 'tag.addMembers', { tag, ...each }, people(1000));
	expect(rows.map(({ email_address: one }) => one)).toEqual(people(1000).map(({ email }) => email));
	expect(rows[0]).toMatchObject({ tagged: true });
	expect(asked(sandbox.current)).toEqual(Array(2).fill(`POST /lists/${AUDIENCE}/segments/${tag}`));
	expect(tagged(tag)).toBe(1000);
	const { rows: members } = await perform(sandbox.current, 'tag.getMembers', { tag, returnAll: true });
	expect(members).toHaveLength(1000);
	await perform(sandbox.current, 'tag.removeMembers', { tag, ...each }, people(999));
	expect(tagged(tag)).toBe(1);
});

test('a list of names makes no tag, and none of them is dropped; quotes keep a comma', async () => {
	const { message, details } = await refusal(sandbox.current, 'tag.create', { name: 'Sales, Legal' });
	expect(message).toBe("'Name' has 2 names with commas between, and an item is about one tag");
	expect(details.remedy).toContain('an item of its own');
	const { rows } = await perform(sandbox.current, 'tag.create', { name: '"Sales, EU"' });
	expect(rows[0]?.name).toBe('Sales, EU');
});

test('whom Mailchimp leaves out comes when it is asked for', async () => {
	const tag = await withTag(4);
	await perform(sandbox.current, 'tag.addMembers', { tag, ...each }, people(4));
	const { audience } = sandbox.current.mailchimp;
	for (const [at, status] of ['unsubscribed', 'cleaned', 'transactional'].entries())
		Object.assign(audience.find(`p${at}@example.com`)!, { status });
	const got = async (more: object) =>
		(await perform(sandbox.current, 'tag.getMembers', { tag, ...more })).rows.map(({ status }) => status);
	expect(await got({})).toEqual(['subscribed']);
	expect(await got({ also: ['unsubscribed'] })).toEqual(['unsubscribed', 'subscribed']);
	expect(await got({ also: ['cleaned', 'transactional', 'unsubscribed'] })).toHaveLength(4);
	const { message } = await refusal(sandbox.current, 'tag.getMembers', { tag, also: ['archived'] });
	expect(message).toBe("'Also Get' is “archived”, which is not one of its choices");
});

test('who is not in the audience is told on its own item, and an address twice has two answers', async () => {
	const tag = await withTag(2);
	const { done, problems } = await performSome(sandbox.current, 'tag.addMembers', { tag, ...each }, [
		{ email: 'P0@example.com' },
		{ email: 'nobody@example.com' },
		{ email: 'p0@example.com' },
		{ email: 'no address' },
	]);
	expect(done).toHaveLength(2);
	expect(problems.map(({ error }) => error)).toEqual([
		'Mailchimp did not tag “nobody@example.com”: most likely it is not in the audience',
		"'Email Address' is not a mail address: “no address”",
	]);
	expect(problems[0]?.details).toMatchObject({ said: expect.stringMatching(/\w/) });
	const { rows } = await perform(sandbox.current, 'tag.removeMembers', { tag, ...each }, [
		{ email: 'p0@example.com' },
		{ email: 'p1@example.com' },
	]);
	expect(rows).toMatchObject([{ untagged: true }, { email_address: 'p1@example.com', untagged: false }]);
});

test('made once although the answer got lost, listed, and deleted', async () => {
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { rows } = await perform(sandbox.current, 'tag.create', { name: 'Blue' });
	expect(sandbox.current.mailchimp.audience.segments.size).toBe(1);
	const listed = await perform(sandbox.current, 'tag.getAll');
	expect(listed.rows).toMatchObject([{ id: rows[0]?.id, name: 'Blue', member_count: 0 }]);
	expect((await refusal(sandbox.current, 'tag.create', { name: 'x'.repeat(101) })).message).toContain(
		'101 characters',
	);
	expect((await refusal(sandbox.current, 'tag.delete', { tag: 'Blue' })).message).toBe(
		"'Tag' is not a number: “Blue”",
	);
	const tag = String(rows[0]?.id);
	await perform(sandbox.current, 'member.upsert', { emailAddress: 'ana@example.com', tags: 'Blue' });
	const renamed = await perform(sandbox.current, 'tag.rename', { tag, name: '蓝色 Navy' });
	expect(renamed.rows).toMatchObject([{ id: rows[0]?.id, name: '蓝色 Navy', member_count: 1 }]);
	const { rows: got } = await perform(sandbox.current, 'tag.get', { tag });
	expect(got).toEqual(renamed.rows);
	expect(got[0]).not.toHaveProperty('_links');
	expect((await refusal(sandbox.current, 'tag.rename', { tag, name: ' ' })).message).toContain("'Name'");
	await perform(sandbox.current, 'tag.delete', { tag: String(rows[0]?.id) });
	expect(sandbox.current.mailchimp.audience.segments.size).toBe(0);
});
