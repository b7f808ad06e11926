import { type Html, html } from './html';

/** A picture that a mail brings along and shows by its Content-ID. */
export interface Picture {
	contentType: string;
	/** Without `cid:`. */
	contentId?: string | undefined;
	/** Base64. */
	content?: string | undefined;
}

/** A mail as its reader would see it, in a frame that runs nothing, loads nothing and whose links lead nowhere. */
export function mailFrame(source: string, pictures: readonly Picture[] = [], phone = false): Html {
	return html`<iframe
		class="${phone ? 'phone' : ''}"
		sandbox=""
		title="Message"
		srcdoc="${documentOf(source, pictures)}"
	></iframe>`;
}

/** Inline pictures are put in place. */
function documentOf(source: string, attachments: readonly Picture[]): string {
	const pictures = new Map(attachments.map((one) => [one.contentId, one]));
	const filled = source.replace(/\bcid:([^"'\s)>]+)/gi, (whole, id: string) => {
		const picture = pictures.get(id);
		if (!picture?.content || !/^image\/(?:png|jpeg|gif|webp)$/i.test(picture.contentType)) return whole;
		return `data:${picture.contentType};base64,${picture.content}`;
	});
	const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
	return `<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><style>body{font-family:sans-serif}a{pointer-events:none}</style>${filled}`;
}
