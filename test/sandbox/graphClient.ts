import { Client } from '@microsoft/microsoft-graph-client';
import type { Sandbox } from '../../sandbox';

/** Microsoft's own client against the stand-in. It takes only addresses with https as whole ones. */
export function graphClient({ outlook }: Sandbox, token: string = outlook.signIn().access_token): Client {
	return Client.initWithMiddleware({
		baseUrl: outlook.url.replace(/v1\.0$/, ''),
		defaultVersion: 'v1.0',
		middleware: {
			// Its own handler signs only requests to Microsoft.
			async execute(context) {
				const options = context.options as RequestInit;
				const headers = new Headers(options.headers);
				headers.set('authorization', `Bearer ${token}`);
				context.response = await fetch(context.request as string, { ...options, headers });
			},
		},
	});
}
