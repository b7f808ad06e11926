import { PostmarkError, invalidEmail, invalidField } from './errors';
import { named } from './names';
import type { StoredAttachment } from './records';

/** File types that are refused: the list of Postmark's user guide as commonly repeated, which may have grown since. */
const FORBIDDEN = new Set(
	(
		'vbs exe bin bat chm com cpl crt hlp hta inf ins isp jse lnk mdb pcd pif reg scr sct shs vbe vba ' +
		'wsf wsh wsl msc msi msp mst'
	).split(' '),
);

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** @throws 403 for a wrong shape, 411 for a forbidden type, 300 for content that is not base64. */
export function readAttachments(value: unknown, unknown: (field: string) => void): StoredAttachment[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw invalidField("The field 'Attachments' must be a list.");
	return value.map((one: unknown, position) => readAttachment(one, `Attachments[${position}]`, unknown));
}

const KNOWN = ['Name', 'Content', 'ContentType', 'ContentID', 'ContentLength', 'Disposition'];

function readAttachment(value: unknown, where: string, unknown: (field: string) => void): StoredAttachment {
	if (typeof value !== 'object' || value === null) throw invalidField(`'${where}' must be an object.`);
	const given = named(value, KNOWN);
	for (const field of Object.keys(given)) if (!KNOWN.includes(field)) unknown(`Attachments[].${field}`);
	for (const field of ['Name', 'Content', 'ContentType']) {
		if (typeof given[field] !== 'string') throw invalidField(`'${where}.${field}' must be a text.`);
	}
	const { Name, Content, ContentType, ContentID } = given as Record<string, string>;
	if (!Name) throw invalidEmail(`'${where}' has no file name.`);
	if (!ContentType) throw invalidEmail(`Attachment '${Name}' has no content type.`);
	const extension = Name.slice(Name.lastIndexOf('.') + 1).toLowerCase();
	if (Name.includes('.') && FORBIDDEN.has(extension)) {
		throw new PostmarkError(411, `Attachment '${Name}' has a forbidden file extension: '${extension}'.`);
	}
	const content = (Content ?? '').replace(/[\r\n]/g, '');
	if (content.length % 4 !== 0 || !BASE64.test(content)) {
		throw invalidEmail(`Attachment '${Name}' is not valid base64.`);
	}
	if (content === '') throw invalidEmail(`Attachment '${Name}' has no content.`);
	return {
		name: Name,
		contentType: ContentType,
		...(typeof ContentID === 'string' && ContentID ? { contentId: ContentID.replace(/^cid:/i, '') } : {}),
		size: (content.length / 4) * 3 - (/=*$/.exec(content)?.[0].length ?? 0),
		content,
	};
}
