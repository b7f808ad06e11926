import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Engine } from '../engine';
import type { RemoteSandbox } from './sandbox';

export const OURS = 'n8n-nodes-mailops.outlook';

type Data = ICredentialDataDecryptedObject;

export interface Signed {
	engine: Engine;
	credentials: Record<string, { id: string; name: string }>;
}

export async function signedIn(sandbox: RemoteSandbox, messagesPerMinute = 100_000): Promise<Signed> {
	const { credentials } = await sandbox.get<{ credentials: Array<{ type: string; data: Data }> }>(
		'credentials',
	);
	const of = (name: string) => credentials.find(({ type }) => type === name)!.data;
	const data = of('mailOpsOutlookOAuth2Api');
	const engine = new Engine('dist');
	engine.addCredential('mailOpsOutlookOAuth2Api', { ...data, messagesPerMinute });
	engine.addCredential('mailOpsOutlookAppOAuth2Api', {
		...of('mailOpsOutlookAppOAuth2Api'),
		messagesPerMinute,
	});
	engine.addCredential('microsoftOutlookOAuth2Api', {
		...data,
		grantType: 'authorizationCode',
		graphApiBaseUrl: `${sandbox.url}/outlook`,
	});
	const named = (name: string) => ({ [name]: { id: name, name } });
	return {
		engine,
		credentials: {
			...named('mailOpsOutlookOAuth2Api'),
			...named('mailOpsOutlookAppOAuth2Api'),
			...named('microsoftOutlookOAuth2Api'),
		},
	};
}
