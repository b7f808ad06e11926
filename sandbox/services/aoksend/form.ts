import type { FastifyRequest } from 'fastify';

export interface SentFile {
	name: string;
	bytes: number;
}

/** The fields of a request, however they were sent; the first file of a multipart form by its field. */
export interface Form {
	fields: Record<string, string>;
	files: Record<string, SentFile>;
}

/** Urlencoded, multipart or in the query: the vendor documents the first two and tests with the third. JSON is not read. */
export async function readForm({ headers, body, query }: FastifyRequest): Promise<Form> {
	const fields: Record<string, string> = { ...(query as Record<string, string>) };
	const files: Record<string, SentFile> = {};
	if (body instanceof URLSearchParams) Object.assign(fields, Object.fromEntries(body));
	else if (Buffer.isBuffer(body) && /^multipart\/form-data/i.test(headers['content-type'] ?? '')) {
		const type = { headers: { 'content-type': headers['content-type']! } };
		for (const [name, value] of await new Response(new Uint8Array(body), type).formData())
			if (typeof value === 'string') fields[name] = value;
			else files[name] ??= { name: value.name, bytes: value.size };
	}
	return { fields, files };
}
