import type { INodeExecutionData } from 'n8n-workflow';
import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { asked, problem, rows, run } from './support';

const sandbox = useSandbox();
const JPEG = Buffer.from('ffd8ffe000104a46494600ffd9', 'hex');

/** A contact, and its ID as the node knows it. */
function contact() {
	const item = sandbox.current.outlook.mailbox().contacts.add('', { givenName: 'Ana' });
	return { item, contactId: `AAkALg${item.id}` };
}
/** As the HTTP Request node at times loads a picture: its type is not told. */
const withFile = (content: Buffer): Array<Partial<INodeExecutionData>> => [
	{ json: {}, binary: { data: { data: content.toString('base64'), mimeType: 'application/octet-stream' } } },
];
const set = async (contactId: string, content = JPEG) =>
	await rows(
		sandbox.current,
		'contact.setPhoto',
		{ contactId, property: 'data' },
		{ items: withFile(content) },
	);
const got = async (contactId: string) =>
	(await run(sandbox.current, 'contact.getPhoto', { contactId, property: 'photo' })).items(NODE);

test('a photo is set as it is, and comes back as a file', async () => {
	const { item, contactId } = contact();
	expect(await got(contactId)).toMatchObject([{ json: { id: contactId, hasPhoto: false } }]);
	expect(await set(contactId)).toEqual([{ id: contactId, photoSet: true }]);
	expect(item.photo).toEqual({ content: JPEG, mimeType: 'image/jpeg' });
	expect(asked(sandbox.current)).toContain(`PUT /v1.0/me/contacts/${contactId}/photo/$value`);
	expect(await got(contactId)).toMatchObject([
		{
			json: { id: contactId, hasPhoto: true },
			binary: { photo: { data: JPEG.toString('base64'), mimeType: 'image/jpeg', fileName: 'photo.jpg' } },
		},
	]);
	const png = Buffer.from('89504e470d0a1a0a', 'hex');
	await set(contactId, png);
	expect(item.photo).toEqual({ content: png, mimeType: 'image/png' });
});

test('no contact is not a contact without a photo', async () => {
	expect(
		await problem(sandbox.current, 'contact.getPhoto', { contactId: 'AAkALg00009999', property: 'data' }),
	).toMatchObject({ details: { code: 'ErrorItemNotFound', outcome: 'refused' } });
});

test.each([
	['too large', Buffer.concat([JPEG, Buffer.alloc(4 * 1024 * 1024)]), /4 MB/],
	['no image', Buffer.from('<html>'), /no image/],
	['empty', Buffer.alloc(0), /empty/],
])('a file that is %s is refused before anything is sent', async (_what, content, words) => {
	const { contactId } = contact();
	const { error, details } = await problem(
		sandbox.current,
		'contact.setPhoto',
		{ contactId, property: 'data' },
		{ items: withFile(content) },
	);
	expect(error).toMatch(words);
	expect(details).toMatchObject({ field: 'Input Data Field Name', outcome: 'notSent' });
	expect(asked(sandbox.current)).toEqual([]);
});

test("a proxy's empty 200 is not taken for Outlook's, nor its page for a photo", async () => {
	const { item, contactId } = contact();
	const path = `/v1.0/me/contacts/${contactId}/photo/$value`;
	sandbox.current.faults.add({ service: 'outlook', method: 'PUT', path, kind: 'emptyBody', when: 'before' });
	await set(contactId);
	expect(item.photo?.content).toEqual(JPEG);
	expect(asked(sandbox.current)).toEqual([`PUT ${path}`, `PUT ${path}`]);
	sandbox.current.faults.add({ service: 'outlook', method: 'GET', path, kind: 'html', status: 200 });
	expect(await got(contactId)).toMatchObject([{ binary: { photo: { data: JPEG.toString('base64') } } }]);
});
