import { CLASSIC, JOURNEY } from '../../../../sandbox/services/mailchimp/automations';
import { officialClient } from '../../../sandbox/mailchimpClient';
import { useSandbox } from '../../../support/services';
import { asked, perform, performSome, refusal } from '../operations';

const sandbox = useSandbox();
const stepUrl = `https://us6.api.mailchimp.com/3.0/customer-journeys/journeys/${JOURNEY.id}/steps/${JOURNEY.step}/actions/trigger`;
const queue = { automationId: CLASSIC.id, emailId: CLASSIC.email };
const ANA = 'ana@example.com';

beforeEach(async () => {
	await perform(sandbox.current, 'member.upsert', { emailAddress: ANA });
	sandbox.current.requests.clear();
});

test('a step of a journey is started for each contact, in the account of the credential', async () => {
	const { rows } = await perform(sandbox.current, 'automation.triggerStep', { stepUrl, emailAddress: ANA });
	expect(rows).toEqual([{ triggered: true, email_address: ANA }]);
	expect(sandbox.current.mailchimp.triggered).toEqual([ANA]);
	expect(asked(sandbox.current)).toEqual(['POST /customer-journeys/journeys/11/steps/22/actions/trigger']);
});

test('what is no step, no address or nobody of the audience is told on its item', async () => {
	for (const url of ['https://mailchimp.com/journeys/11', '/journeys/../../lists/steps/2/actions/trigger'])
		expect(
			(await refusal(sandbox.current, 'automation.triggerStep', { stepUrl: url, emailAddress: ANA })).message,
		).toContain('is not the URL of a step');
	const { done, problems } = await performSome(
		sandbox.current,
		'automation.triggerStep',
		{ stepUrl, emailAddress: '={{ $json.email }}' },
		[{ email: ANA }, { email: 'nobody' }, { email: 'stranger@example.com' }],
	);
	expect(done).toHaveLength(1);
	expect(problems.map(({ error }) => error)).toEqual([
		"'Email Address' is not a mail address: “nobody”",
		'Mailchimp does not have it',
	]);
});

test('a step whose answer got lost is not started a second time', async () => {
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { details } = await refusal(sandbox.current, 'automation.triggerStep', {
		stepUrl,
		emailAddress: ANA,
	});
	expect(details).toMatchObject({ outcome: 'unknown', canRetry: false });
	expect(sandbox.current.mailchimp.triggered).toEqual([ANA]);
});

test('a contact gets an email of a classic automation once, also when the answer got lost', async () => {
	sandbox.current.faults.add({ service: 'mailchimp', method: 'POST', kind: 'resetAfter' });
	const { rows } = await perform(sandbox.current, 'automation.addToQueue', {
		...queue,
		emailAddress: 'Ana@example.com',
	});
	expect(rows).toMatchObject([{ email_address: 'Ana@example.com', workflow_id: CLASSIC.id }]);
	expect(sandbox.current.mailchimp.queued.size).toBe(1);
	const again = await refusal(sandbox.current, 'automation.addToQueue', { ...queue, emailAddress: ANA });
	expect(again.details.said).toContain('already sent this email');
	expect(
		(await refusal(sandbox.current, 'automation.addToQueue', { ...queue, emailId: 'a b', emailAddress: ANA }))
			.message,
	).toContain('is not an ID');
});

test('automations and their emails are listed', async () => {
	const { rows } = await perform(sandbox.current, 'automation.getAll', { filters: { status: 'sending' } });
	expect(rows).toMatchObject([{ id: CLASSIC.id, settings: { title: 'Welcome' } }]);
	expect(
		(await perform(sandbox.current, 'automation.getAll', { filters: { status: 'paused' } })).rows,
	).toEqual([]);
	const emails = await perform(sandbox.current, 'automation.getEmails', { automationId: CLASSIC.id });
	expect(emails.rows).toMatchObject([{ id: CLASSIC.email }]);
});

test('the official client is answered in the same way', async () => {
	const { automations, customerJourneys } = officialClient(sandbox.current);
	await automations.addWorkflowEmailSubscriber!(CLASSIC.id, CLASSIC.email, { email_address: ANA });
	expect(await automations.getWorkflowEmailSubscriberQueue!(CLASSIC.id, CLASSIC.email)).toMatchObject({
		total_items: 1,
		queue: [{ email_address: ANA }],
	});
	await customerJourneys.trigger!(JOURNEY.id, JOURNEY.step, { email_address: ANA });
	expect(sandbox.current.mailchimp.triggered).toEqual([ANA]);
});
