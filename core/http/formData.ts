/** A field or a file of a form (multipart/form-data). */
export type FormPart =
	{ name: string; value: string } | { name: string; content: Buffer; fileName: string; mimeType: string };

/** A form with files as bytes, so that each attempt sends the same; a stream could be sent only once. */
export async function encodeFormData(parts: FormPart[]): Promise<{ body: Buffer; contentType: string }> {
	const form = new FormData();
	for (const part of parts)
		if ('value' in part) form.append(part.name, part.value);
		else
			form.append(
				part.name,
				new Blob([new Uint8Array(part.content)], { type: part.mimeType }),
				part.fileName,
			);
	const encoded = new Response(form);
	return {
		body: Buffer.from(await encoded.arrayBuffer()),
		contentType: encoded.headers.get('content-type') ?? '',
	};
}
