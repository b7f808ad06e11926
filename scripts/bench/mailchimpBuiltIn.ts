import type { IExecuteFunctions, IHttpRequestOptions, INodeType } from 'n8n-workflow';
import { ofN8n } from '../engine/nodeTypes';

export const BUILT_IN = 'n8n-nodes-base.mailchimp';

/** n8n's own Mailchimp node knows one address, by https: what it sends there goes to the stand-in, and is otherwise as it is. */
export function builtIn(url: string): INodeType {
	const node = ofN8n<INodeType>('nodes', 'mailchimp')!;
	const execute = node.execute!;
	const elsewhere = (address: string) =>
		address.replace(
			/^https:\/\/(\w+)\.api\.mailchimp\.com/,
			(_, dataCenter: string) => `${url}/mailchimp/${dataCenter}`,
		);
	node.execute = async function (this: IExecuteFunctions) {
		const { helpers } = this;
		const requestWithAuthentication = async (credential: string, options: IHttpRequestOptions) =>
			(await helpers.requestWithAuthentication.call(this, credential, {
				...options,
				url: elsewhere(options.url),
			})) as unknown;
		const context = Object.create(this, {
			helpers: { value: { ...helpers, requestWithAuthentication } },
		}) as IExecuteFunctions;
		return (await execute.call(context)) as never;
	};
	return node;
}
