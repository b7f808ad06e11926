import { byId } from '../../../../scripts/faults/scene';
import { useSandbox } from '../../../support/services';
import { withMember } from '../campaign/support';
import { AUDIENCE, asked, perform, refusal } from '../operations';

const sandbox = useSandbox();
const mailchimp = () => sandbox.current.mailchimp;

const FORM = {
	name: 'Zweite 二',
	fromName: 'Ana',
	fromEmail: 'ana@example.org',
	subject: 'News',
	language: 'de',
	reminder: 'You signed up.',
	company: 'MailOps',
	street: '1 Main St',
	city: 'Berlin',
	country: 'de',
};

const audience = byId(AUDIENCE);

test('an audience is made with what every one must have, and what was added', async () => {
	const { rows } = await perform(sandbox.current, 'audience.create', {
		...FORM,
		options: { doubleOptIn: true, zip: '10115', archiveBar: false, notifySubscribe: 'ben@example.org' },
	});
	expect(rows[0]).toMatchObject({
		name: 'Zweite 二',
		contact: { company: 'MailOps', address1: '1 Main St', city: 'Berlin', country: 'DE', zip: '10115' },
		campaign_defaults: { from_name: 'Ana', from_email: 'ana@example.org', language: 'de' },
		double_optin: true,
		email_type_option: false,
		use_archive_bar: false,
		notify_on_subscribe: 'ben@example.org',
	});
	expect(rows[0]).not.toHaveProperty('_links');
});

test('one whose answer got lost is the one that is new, whatever else is called so', async () => {
	const { rows } = await perform(sandbox.current, 'audience.create', FORM);
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', path: /lists$/, kind: 'resetAfter' });
	const again = await perform(sandbox.current, 'audience.create', FORM);
	expect(again.rows[0]!.id).not.toBe(rows[0]!.id);
	expect(mailchimp().audiences.size).toBe(3);
});

test('a change leaves the rest as it was', async () => {
	const { audience: kept } = mailchimp();
	Object.assign(kept.info.contact, { company: 'Old', address1: 'x', city: 'y', country: 'US', state: '' });
	const { rows } = await perform(sandbox.current, 'audience.update', {
		audience,
		updateFields: { company: 'New', fromName: 'Ben', name: 'News' },
	});
	expect(rows[0]).toMatchObject({
		name: 'News',
		contact: { company: 'New', address1: 'x', city: 'y', country: 'US' },
		campaign_defaults: { from_name: 'Ben', from_email: 'news@mailops.example' },
	});
	await perform(sandbox.current, 'audience.update', { audience, updateFields: { doubleOptIn: true } });
	expect(kept.info.double_optin).toBe(true);
	// Nothing had to be read for a switch.
	expect(asked(sandbox.current).slice(-1)).toEqual([`PATCH /lists/${AUDIENCE}`]);
});

test('it is deleted with its contacts only when that was ticked', async () => {
	withMember(mailchimp(), 'ana@example.org');
	const { message, details } = await refusal(sandbox.current, 'audience.delete', { audience });
	expect(message).toBe(
		"'I Understand That All Its Contacts Are Lost' is not ticked, and nothing was deleted",
	);
	expect(details).toMatchObject({ remedy: expect.stringContaining('Member → Get Many') });
	expect(mailchimp().audiences.size).toBe(1);
	const { rows } = await perform(sandbox.current, 'audience.delete', { audience, confirmed: true });
	expect(rows).toEqual([{ deleted: true, id: AUDIENCE }]);
	expect(mailchimp().audiences.size).toBe(0);
});

test('what Mailchimp would take for something else is named', async () => {
	const at = async (more: object) =>
		(await refusal(sandbox.current, 'audience.create', { ...FORM, ...more })).message;
	expect(await at({ country: 'Germany' })).toBe("'Country Code' is no country: “GERMANY”");
	expect(await at({ country: 'QZ' })).toBe("'Country Code' is no country: “QZ”");
	expect(await at({ fromEmail: 'Ana' })).toBe("'From Email' is not a mail address: “Ana”");
	expect(await at({ reminder: ' ' })).toBe("'Permission Reminder' is empty");
	const nothing = await refusal(sandbox.current, 'audience.update', { audience, updateFields: {} });
	expect(nothing.message).toMatch(/names no field to change/);
	mailchimp().settings.maxAudiences = 1;
	const full = await refusal(sandbox.current, 'audience.create', FORM);
	expect(full.details).toMatchObject({ said: expect.stringContaining('can have up to 1 audiences') });
});

test('what happened in an audience comes day by day, the newest first', async () => {
	withMember(mailchimp(), 'ana@example.com').activity = [
		{ action: 'subscribed', timestamp: '2020-01-01T10:00:00+00:00' },
		{ action: 'subscribed', timestamp: new Date(Date.now() - 86_400_000).toISOString() },
		{ action: 'unsub', timestamp: new Date().toISOString() },
	];
	const { rows } = await perform(sandbox.current, 'audience.getActivity', { audience, returnAll: true });
	expect(rows).toHaveLength(2);
	expect(rows[0]).toMatchObject({ unsubs: 1, subs: 0, emails_sent: 0 });
	expect(rows[1]).toMatchObject({ unsubs: 0, subs: 1 });
	expect(await perform(sandbox.current, 'audience.getActivity', { audience, limit: 1 })).toMatchObject({
		rows: [rows[0]],
	});
});
