import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useShared } from '../../../../core/shared';
import { forgetDelivered } from '../../../../core/webhook/deliveredIds';
import { selfCallsDone } from '../../../../core/webhook/selfCall';
import { writeMember } from '../../../../sandbox/services/mailchimp/memberRules';
import type { Source } from '../../../../sandbox/services/mailchimp/records';
import type { MailchimpService } from '../../../../sandbox/services/mailchimp/service';
import { credentialFor, useSandbox } from '../../../support/services';
import { TriggerHost } from '../../../support/triggerHost';

/** A sandbox, and a trigger's n8n for each test. */
export function useTrigger() {
	const sandbox = useSandbox();
	const hosts: TriggerHost[] = [];
	// As another n8n would: nothing of earlier tests is in the memory of the process.
	beforeEach(() => {
		forgetDelivered();
		useShared();
	});
	afterEach(async () => {
		for (const host of hosts.splice(0)) await host.close();
	});
	afterAll(selfCallsDone);
	const trigger = async (parameters: INodeParameters = {}): Promise<TriggerHost> => {
		const host = await TriggerHost.start({
			type: 'mailchimpTrigger',
			parameters: {
				audience: { __rl: true, mode: 'id', value: 'a1b2c3d4e5' },
				events: ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'upemail'],
				...parameters,
			},
			credentials: credentialFor(sandbox.current, 'mailOpsMailchimpApi'),
		});
		hosts.push(host);
		return host;
	};
	return { sandbox, trigger };
}

export const hooksOf = ({ audience }: MailchimpService) => [...audience.webhooks.values()];

/** Adds or changes a contact as somebody does in Mailchimp. */
export function write(mailchimp: MailchimpService, given: IDataObject, source: Source = 'user'): void {
	const known = mailchimp.audience.find(String(given.email_address));
	writeMember(mailchimp, mailchimp.audience, known, {
		given: known ? { ...given } : { status: 'subscribed', ...given },
		expects: known ? 'old' : 'new',
		skipMergeValidation: true,
		source,
	});
}

export const told = (host: TriggerHost) =>
	host.json.map(({ type, email }) => `${String(type)} ${String(email)}`);

/** Until it holds, for some seconds. */
export async function eventually(holds: () => boolean, ms = 20_000): Promise<void> {
	const end = Date.now() + ms;
	while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}
