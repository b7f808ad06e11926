import type { ICredentialType } from 'n8n-workflow';
import type { WorkflowExecute } from 'n8n-core';
import type { Client } from '../../../core/http/client';
import type { ServiceDefinition } from '../../../core/http/definition';
import { service } from '../../../core/http/service';
import { perItem } from '../../../core/node/operation';
import { runToy } from './toyNode';

/** What no request of the toy may carry but its own, and no message at all. */
export const TOY_KEY = 'toy-key-never-to-be-seen-elsewhere';

const signIn: ICredentialType = {
	name: 'mailOpsToyApi',
	displayName: 'Toy API',
	properties: ['baseUrl', 'apiKey'].map((name) => ({
		displayName: name,
		name,
		type: 'string' as const,
		default: '',
	})),
	authenticate: { type: 'generic', properties: { headers: { 'X-Api-Key': '={{ $credentials.apiKey }}' } } },
};

let accounts = 0;

/**
 * Runs `work` with a client inside a node that n8n's engine executes, for what a client can do and no operation of the
 * pack does yet. Answers with what `work` answers, and throws what it throws.
 */
export async function withClient<T>(
	baseUrl: string,
	work: (client: Client) => Promise<T>,
	{
		definition = {},
		started,
	}: {
		definition?: Partial<ServiceDefinition>;
		started?: (execution: WorkflowExecute) => void;
	} = {},
): Promise<T> {
	const account = `toy ${++accounts}`;
	let outcome: { value: T } | { error: unknown } | undefined;
	const operation = perItem({
		name: 'Work',
		value: 'work',
		action: 'Do the work',
		description: 'What the test says',
		fields: [],
		read: () => undefined,
		call: async (_parameters: undefined, client) => {
			outcome = await work(client).then(
				(value) => ({ value }),
				(error: unknown) => ({ error }),
			);
			return {};
		},
	});
	const toy = service({
		name: 'Toy Mail',
		credential: signIn.name,
		baseUrl: (credential) => String(credential.baseUrl),
		limits: () => ({ concurrency: 4 }),
		account: () => account,
		...definition,
	});
	const data = { baseUrl, apiKey: TOY_KEY };
	const run = await runToy(
		{ operations: [operation], service: toy, signIn: { type: signIn, data } },
		[{}],
		started ? { started } : {},
	);
	if (outcome === undefined) throw run.error ?? new Error('The work was never begun');
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}
