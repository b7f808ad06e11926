import type { IDataObject, INode } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import type { NodeUnderTest } from '../../support/runNode';
import { performing } from '../../support/perform';
import { credentialFor } from '../../support/services';

/** The query by which the connection asks whose key it is. */
export const WHO = 'fields=account_id%2Clogin_id';

/** The audience that a fresh sandbox has. */
export const AUDIENCE = 'a1b2c3d4e5';

export function operationNode(
	sandbox: Sandbox,
	operation: string,
	parameters: IDataObject = {},
	settings: Partial<INode> = {},
): NodeUnderTest {
	const [resource, value] = operation.split('.');
	return {
		type: 'mailchimp',
		parameters: {
			resource,
			operation: value,
			audience: AUDIENCE,
			...parameters,
		} as NodeUnderTest['parameters'],
		credentials: credentialFor(sandbox, 'mailOpsMailchimpApi'),
		settings,
	};
}

const running = performing(operationNode, (sandbox) => sandbox.mailchimp.unknownFields);
export const { perform } = running;

/** Runs `resource.operation` with items on the error output: what worked, and the JSON of what did not. */
export async function performSome(...args: Parameters<typeof running.performSome>) {
	const { problems, ...rest } = await running.performSome(...args);
	return { ...rest, problems: problems.map(({ json }) => json) };
}

/** The error of one item that must fail: its words, with what to do about it. */
export async function refusal(sandbox: Sandbox, operation: string, parameters: IDataObject = {}) {
	const { problems } = await performSome(sandbox, operation, parameters, [{}]);
	const [problem] = problems;
	if (problem === undefined) throw new Error('Nothing failed.');
	const { error, details } = problem as { error: string; details: IDataObject };
	return { message: error, details };
}

/** What was asked of the sandbox, without the one question who the user is: `GET /lists/a1b2c3d4e5/members?count=50`. */
export const asked = (sandbox: Sandbox): string[] =>
	sandbox.requests
		.list({ service: 'mailchimp' })
		.filter(({ query }) => query !== WHO)
		.map(
			({ method, path, query }) =>
				`${method} ${path.replace(/^.*?\/3\.0/, '')}${query ? `?${decodeURIComponent(query)}` : ''}`,
		);

/** The form's resource mapper, as the editor stores it. */
export const mapped = (value: Record<string, unknown>): IDataObject => ({
	mappingMode: 'defineBelow',
	value: value as IDataObject,
	matchingColumns: [],
	schema: [],
});
