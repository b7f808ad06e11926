import type { INodeParameters } from 'n8n-workflow';
import { useShared } from '../../core/shared';
import { forgetDelivered } from '../../core/webhook/deliveredIds';
import { selfCallsDone } from '../../core/webhook/selfCall';
import type { Sandbox } from '../../sandbox';
import type { NodeUnderTest } from './runNode';
import { useSandbox } from './services';
import { TriggerHost } from './triggerHost';

/** A sandbox, and a trigger's n8n for each test. */
export function useTriggers(
	type: string,
	credentialsOf: (sandbox: Sandbox) => NodeUnderTest['credentials'],
	preset: INodeParameters = {},
) {
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
	const trigger = async (parameters: INodeParameters): Promise<TriggerHost> => {
		const host = await TriggerHost.start({
			type,
			parameters: { ...preset, ...parameters },
			credentials: credentialsOf(sandbox.current),
		});
		hosts.push(host);
		return host;
	};
	return { sandbox, trigger };
}

/** Until it holds, for some seconds. */
export async function eventually(holds: () => boolean, ms = 60_000): Promise<void> {
	const end = Date.now() + ms;
	while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}
