import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';

export interface Traceless {
	path: string;
	body: IDataObject;
	/** What is not known when no answer of Mailchimp's came: "whether the test was sent". */
	unknown: string;
	/** What a person does then. */
	check: string;
}

/**
 * A POST that leaves nothing at Mailchimp by which it could be found again. Mailchimp's own yes is a 204; an empty 200 is a
 * proxy's.
 *
 * @throws {ServiceError}
 */
export async function postTraceless(
	client: Client,
	{ path, body, unknown, check }: Traceless,
): Promise<void> {
	const { status } = await client.exchange({
		method: 'POST',
		path,
		body,
		answer: (content) => content === undefined,
		idempotent: false,
		manualCheck: check,
	});
	if (status === 204) return;
	throw new ServiceError({
		service: 'Mailchimp',
		message: `An empty answer came back that is not Mailchimp’s. It is not known ${unknown}`,
		remedy: check,
		outcome: 'unknown',
		canRetry: false,
	});
}
