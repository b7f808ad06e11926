import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Client } from '../../core/http/client';
import { service, type Service } from '../../core/http/service';
import { refusal, wordsOf } from './errors';
import { baseUrlOf, PRODUCT_IDS, productOf } from './products';

export const CREDENTIAL = 'mailOpsAokSendApi';

/** The vendor says that there is no rate limit, so this is modest; the credential can change it. */
export const REQUESTS_PER_SECOND = 20;

const IN_FLIGHT = 8;

const serviceOf = (id: string) => {
	const { name } = productOf({ service: id });
	return service({
		name,
		credential: CREDENTIAL,
		baseUrl: baseUrlOf,
		limits: ({ requestsPerSecond }) => ({
			concurrency: IN_FLIGHT,
			perSecond: Math.max(1, Number(requestsPerSecond) || REQUESTS_PER_SECOND),
		}),
		account: (credential) =>
			`${baseUrlOf(credential)} ${createHash('sha256').update(String(credential.apiKey)).digest('hex').slice(0, 16)}`,
		refusedBy2xx: (response) => refusal(response, name),
		mapError: (response) => refusal(response, name) ?? wordsOf(response),
	});
};

const services = new Map(PRODUCT_IDS.map((id) => [id, serviceOf(id)]));

/** The service that the credential says: all three speak the same way, and each has its own name and address. */
export const aokSend: Service<Client> = {
	async open(context) {
		const credential = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
		const chosen = services.get(String(credential.service)) ?? services.get('aokSend')!;
		return await chosen.open(context);
	},
};
