import { imageKind } from '../../../core/image';
import type { Client } from '../../../core/http/client';
import { selectBinary } from '../../../core/mail/attachments';
import { perItem, WithFiles } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { megabytes } from '../../../core/text';
import { mailboxField } from '../mailbox';
import { contactField, onePath, readOne, type One } from './one';

/** “The size of the photo you can update to is limited to 4 MB” (https://learn.microsoft.com/graph/api/profilephoto-update). */
const MOST_BYTES = 4 * 1024 * 1024;

const photoPath = (one: One, client: Client): string => `${onePath(one, client)}/photo/$value`;

/** Not a page of a proxy, which a status of 200 may come with. */
const isPhoto = (body: unknown): boolean =>
	Buffer.isBuffer(body) && body.length > 0 && !/^\s*[<{]/.test(body.subarray(0, 32).toString('latin1'));

/** https://learn.microsoft.com/graph/api/profilephoto-get */
export const getPhoto = perItem({
	name: 'Get Photo',
	value: 'getPhoto',
	action: 'Get the photo of a contact',
	description: 'Get the photo of a contact as a file; hasPhoto is false for one without',
	fields: [
		mailboxField,
		contactField,
		{
			displayName: 'Put Output File in Field',
			name: 'property',
			type: 'string',
			required: true,
			default: 'data',
			description: 'The name of the binary field that the photo goes to',
		},
	],
	read: (item) => ({ ...readOne(item), property: item.requiredText('property') }),
	async call({ property, ...one }, client) {
		const content = await photoOf(one, client);
		if (content === undefined) return { id: one.id, hasPhoto: false };
		const { ending, mimeType } = imageKind(content) ?? {
			ending: 'bin',
			mimeType: 'application/octet-stream',
		};
		return new WithFiles(
			{ id: one.id, hasPhoto: true },
			{ [property]: { content, fileName: `photo.${ending}`, mimeType } },
		);
	},
});

/** undefined when the contact has none. @throws {ServiceError} also when there is no such contact */
async function photoOf(one: One, client: Client): Promise<Buffer | undefined> {
	try {
		return await client.send<Buffer>({ path: photoPath(one, client), as: 'bytes', answer: isPhoto });
	} catch (error) {
		if (!client.isGone(error)) throw error;
		// “Not found” is said of the photo and of the contact alike.
		await client.get(onePath(one, client), { $select: 'id' });
		return undefined;
	}
}

async function readPhoto(item: ParameterReader): Promise<{ photo: Buffer; mimeType: string }> {
	const property = item.requiredText('property');
	selectBinary(item, [property], 'Input Data Field Name');
	const { bytes } = await item.stream(property);
	if (bytes > MOST_BYTES)
		throw item.fieldError(
			'property',
			`has ${megabytes(bytes)}, and Outlook takes photos of up to 4 MB`,
			'Make the picture smaller, such as 648 × 648 pixels.',
		);
	const photo = await item.bytes(property);
	const kind = imageKind(photo);
	if (kind === undefined)
		throw item.fieldError(
			'property',
			photo.length === 0 ? 'is empty' : 'is no image',
			'Give a JPEG (or a PNG, GIF or BMP), and check the node that should have loaded it.',
		);
	return { photo, mimeType: kind.mimeType };
}

/** https://learn.microsoft.com/graph/api/profilephoto-update; Graph removes no photo of a contact (…/resources/profilephoto). */
export const setPhoto = perItem({
	name: 'Set Photo',
	value: 'setPhoto',
	action: 'Set the photo of a contact',
	description:
		'Give a contact a photo of up to 4 MB, instead of the one it has. Outlook cannot remove it again.',
	fields: [
		mailboxField,
		contactField,
		{
			displayName: 'Input Data Field Name',
			name: 'property',
			type: 'string',
			required: true,
			default: 'data',
			description: 'The name of the binary field with the photo',
		},
	],
	read: async (item) => ({ ...readOne(item), ...(await readPhoto(item)) }),
	async call({ photo, mimeType, ...one }, client) {
		await client.send({
			method: 'PUT',
			path: photoPath(one, client),
			bytes: photo,
			headers: { 'Content-Type': mimeType },
			answer: 'anything',
			manualCheck: 'Look at the contact in Outlook.',
		});
		return { id: one.id, photoSet: true };
	},
});
