import type { IDataObject } from 'n8n-workflow';

/** A server as it goes out of the node: its API tokens would let anyone who sees the item send with it. */
export function withoutTokens(server: IDataObject): IDataObject {
	const { ApiTokens: _tokens, ...rest } = server;
	return rest;
}

/** The same for any answer, however deep the servers in it are. */
export function withoutAnyTokens(value: IDataObject): IDataObject {
	return clean(value) as IDataObject;
}

function clean(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(clean);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(withoutTokens(value as IDataObject)).map(([key, inner]) => [key, clean(inner)]),
	);
}
