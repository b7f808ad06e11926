import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PollHost } from '../../../support/pollHost';
import { credentialFor, useSandbox } from '../../../support/services';

/** A sandbox, and a workflow whose trigger looks into it. */
export function usePolling() {
	const sandbox = useSandbox();
	/** What n8n has in its database of this workflow. */
	const memory: { saved: IDataObject } = { saved: {} };
	beforeEach(() => void (memory.saved = {}));
	/** One poll by n8n's own context. Static data is taken over when the poll has not failed. */
	const poll = async (
		parameters: INodeParameters = {},
		mode: 'trigger' | 'manual' = 'trigger',
	): Promise<INodeExecutionData[]> => {
		const host = new PollHost({
			type: 'outlookTrigger',
			parameters: { authentication: 'user', event: 'messageReceived', ...parameters },
			credentials: credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api'),
		});
		host.saved = memory.saved;
		const found = await host.poll(mode);
		memory.saved = host.saved;
		return found;
	};
	const service = () => sandbox.current.outlook;
	return {
		sandbox,
		service,
		mailbox: () => service().mailbox(),
		memory,
		poll,
		subjects: async (parameters: INodeParameters = {}) =>
			(await poll(parameters)).map(({ json }) => json.subject),
	};
}

/** So many minutes from now, for the start or the end of an event. */
export const inMinutes = (minutes: number) => ({
	dateTime: new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19),
	timeZone: 'UTC',
});
