import { writeMember } from '../../../../sandbox/services/mailchimp/memberRules';
import { useSandbox } from '../../../support/services';
import { byId } from '../../../../scripts/faults/scene';
import { asked, AUDIENCE, perform, refusal } from '../operations';

const sandbox = useSandbox();

const BERLIN = {
	name: 'Berliners 🐻',
	match: 'any',
	conditions: {
		conditions: [{ condition_type: 'EmailAddress', field: 'EMAIL', op: 'ends', value: '@berlin.example' }],
	},
};

function has(...addresses: string[]): void {
	const { mailchimp } = sandbox.current;
	for (const address of addresses)
		writeMember(mailchimp, mailchimp.audience, undefined, {
			given: { email_address: address, status: 'subscribed', merge_fields: { FNAME: 'Ana' } },
			expects: 'new',
			skipMergeValidation: true,
			source: 'admin',
		});
}

test('a segment is made, found with who is in it, changed and deleted', async () => {
	has('ana@berlin.example', 'ben@bonn.example');
	const { rows } = await perform(sandbox.current, 'segment.create', BERLIN);
	expect(rows[0]).toMatchObject({ name: 'Berliners 🐻', type: 'saved', member_count: 1 });
	const segment = byId(String(rows[0]!.id));
	expect((await perform(sandbox.current, 'segment.get', { segment })).rows[0]).toMatchObject({
		options: { match: 'any', conditions: BERLIN.conditions.conditions },
	});
	const members = await perform(sandbox.current, 'segment.getMembers', { segment, returnAll: true });
	expect(members.rows.map(({ email_address: address }) => address)).toEqual(['ana@berlin.example']);
	await perform(sandbox.current, 'segment.update', { ...BERLIN, segment, name: 'Locals' });
	const { rows: all } = await perform(sandbox.current, 'segment.getAll', { returnAll: true });
	expect(all.map(({ name }) => name)).toEqual(['Locals']);
	await perform(sandbox.current, 'segment.delete', { segment });
	expect(sandbox.current.mailchimp.audience.segments.size).toBe(0);
});

test('a segment of no conditions, and one that is a name, say what to do', async () => {
	const none = await refusal(sandbox.current, 'segment.create', { ...BERLIN, conditions: '{}' });
	expect(none.message).toMatch(/^'Conditions \(JSON\)' has no list “conditions”/);
	const named = await refusal(sandbox.current, 'segment.get', { segment: byId('Berliners') });
	expect(named.message).toBe("'Segment' is not a number: “Berliners”");
});

test('contacts are found by a part of their address or name, each once', async () => {
	has('ana@berlin.example', 'ben@bonn.example');
	const find = async (query: string, more = {}) =>
		(await perform(sandbox.current, 'member.getBySearch', { query, ...more })).rows.map(
			({ email_address: address }) => address,
		);
	expect(await find('ana@berlin.example')).toEqual(['ana@berlin.example']);
	expect(await find('BONN', { scope: 'one' })).toEqual(['ben@bonn.example']);
	expect(asked(sandbox.current).at(-1)).toBe(`GET /search-members?query=BONN&list_id=${AUDIENCE}`);
	expect(await find('nobody')).toEqual([]);
});
