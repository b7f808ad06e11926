import type { INodeParameters } from 'n8n-workflow';
import { selfCallsDone } from '../../../../core/webhook/selfCall';
import { credentialFor } from '../../../support/services';
import type { TriggerHost } from '../../../support/triggerHost';
import { eventually, useTriggers } from '../../../support/triggers';
import { byId } from '../support';

/** A sandbox, and workflows that Outlook calls. */
export function useInstant() {
	const { sandbox, trigger } = useTriggers(
		'outlookInstantTrigger',
		(current) => ({
			...credentialFor(current, 'mailOpsOutlookOAuth2Api'),
			...credentialFor(current, 'mailOpsOutlookAppOAuth2Api'),
		}),
		{ authentication: 'user', event: 'messageReceived', folder: byId('inbox') },
	);
	const service = () => sandbox.current.outlook;
	/** Until nothing is on its way any more. */
	const settled = async (): Promise<void> => {
		await service().subscriptions.notifications.idle();
		await selfCallsDone();
	};
	return {
		sandbox,
		trigger,
		service,
		settled,
		mailbox: () => service().mailbox(),
		active: () => service().subscriptions.active,
		calls: () => service().subscriptions.notifications.calls,
		started: async (parameters: INodeParameters = {}): Promise<TriggerHost> => {
			const host = await trigger(parameters);
			await host.activate();
			return host;
		},
		subjects: (host: TriggerHost) => host.json.map(({ subject }) => subject),
		/** What n8n does when it starts: the trigger calls itself, so that it looks. */
		restart: async (host: TriggerHost): Promise<void> => {
			const before = host.answers.length;
			await host.restartTrigger();
			await eventually(() => host.answers.length > before);
			await settled();
		},
		wake: async (host: TriggerHost, more: object = {}) => await host.prove({ wake: true, ...more }),
	};
}
