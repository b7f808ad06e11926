import { MailchimpError, badRequest, notFound } from './errors';
import { checkAddress } from './memberRules';
import type { QueuedEmail } from './records';
import { hashOf } from './records';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';

const EMAILS = '/automations/{workflow_id}/emails';
const QUEUE = `${EMAILS}/{workflow_email_id}/queue`;

/** A classic automation with one email, and the steps of a journey that wait for a call, all of the first audience. */
export const CLASSIC = { id: 'c0ffee0001', email: 'c0ffee0002' };
export const JOURNEY = { id: 11, step: 22 };

/** Somebody of the audience; others are none of the automation's. @throws {MailchimpError} 400, 404 */
function contactIn({ state, body }: Ask): string {
	const address = String(body.email_address).trim();
	checkAddress(address);
	const [audience] = state.audiences.values();
	const member = audience?.members.get(hashOf(address));
	if (member?.status !== 'subscribed')
		throw new MailchimpError(404, 'Resource Not Found', 'The requested resource could not be found.');
	return address;
}

/** Classic automations and journeys: read, and started for a contact. */
export function automations(resource: Resource): void {
	const { state } = resource;
	const known = ({ params }: Ask) => {
		if (params.workflow_id !== CLASSIC.id) throw notFound();
		if (params.workflow_email_id !== undefined && params.workflow_email_id !== CLASSIC.email)
			throw notFound();
	};
	route(resource, 'GET', '/automations', ({ query }) => {
		const all = [classic(state.audience.id)].filter(
			({ status }) => query.status === undefined || query.status === status,
		);
		return {
			automations: pageOf(all, query),
			total_items: all.length,
			_links: linksTo(state, '/automations'),
		};
	});
	route(resource, 'GET', EMAILS, (ask) => {
		known(ask);
		const email = { id: CLASSIC.email, workflow_id: CLASSIC.id, position: 1, status: 'sending' };
		return { emails: [email], total_items: 1, _links: linksTo(state, `/automations/${CLASSIC.id}/emails`) };
	});
	route(resource, 'GET', QUEUE, (ask) => {
		known(ask);
		return {
			workflow_id: CLASSIC.id,
			email_id: CLASSIC.email,
			queue: [...state.queued.values()],
			total_items: state.queued.size,
			_links: linksTo(state, '/automations'),
		};
	});
	route(resource, 'POST', QUEUE, (ask) => {
		known(ask);
		const address = contactIn(ask);
		const id = hashOf(address);
		// Each contact gets an email of a classic automation once.
		if (state.queued.has(id)) throw badRequest("You've already sent this email to the subscriber.");
		const queued: QueuedEmail = {
			id,
			workflow_id: CLASSIC.id,
			email_id: CLASSIC.email,
			list_id: state.audience.id,
			email_address: address,
			next_send: state.stamp(),
		};
		state.queued.set(id, queued);
		return { ...queued, list_is_active: true, _links: linksTo(state, '/automations') };
	});
	route(
		resource,
		'POST',
		'/customer-journeys/journeys/{journey_id}/steps/{step_id}/actions/trigger',
		(ask) => {
			const { journey_id: journey, step_id: step } = ask.params;
			if (journey !== String(JOURNEY.id) || step !== String(JOURNEY.step)) throw notFound();
			state.triggered.push(contactIn(ask));
		},
		{ empty: true },
	);
}

const classic = (list_id: string) => ({
	id: CLASSIC.id,
	create_time: '2020-01-01T00:00:00+00:00',
	start_time: '2020-01-02T00:00:00+00:00',
	status: 'sending',
	emails_sent: 0,
	recipients: { list_id, list_is_active: true, list_name: 'MailOps News' },
	settings: { title: 'Welcome', from_name: 'Ana', reply_to: 'news@example.org' },
	trigger_settings: { workflow_type: 'emailFollowup' },
});
