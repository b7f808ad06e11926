import type { Item } from '../../../sandbox/services/outlook/records';
import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { asked, attach, rows, run } from './support';

const sandbox = useSandbox();
const mailbox = () => sandbox.current.outlook.mailbox();
const AT = { dateTime: '2026-12-01T09:00:00', timeZone: 'UTC' };
const TIMES = { start: AT, end: { ...AT, dateTime: '2026-12-01T10:00:00' } };

const KINDS: Array<[kind: string, id: string, all: object, make: (subject: string) => Item]> = [
	['message', 'messageId', {}, (subject) => mailbox().receive({ subject })],
	['draft', 'messageId', {}, (subject) => mailbox().receive({ subject, isDraft: true }, 'drafts')],
	[
		'event',
		'eventId',
		{ from: '2026-12-01', until: '2026-12-02' },
		(subject) => mailbox().events.add(mailbox().calendar.id, { subject, ...TIMES }),
	],
	['event', 'eventId', {}, (subject) => mailbox().events.add(mailbox().calendar.id, { subject, ...TIMES })],
];

/** Subject, number of links and files of each row. */
const told = (done: Awaited<ReturnType<typeof run>>) =>
	done
		.items(NODE)
		.map(({ json, binary = {} }) => [
			json.subject,
			json.links === undefined ? 0 : (json.links as unknown[]).length,
			...Object.entries(binary).map(([field, one]) => [
				field,
				one.fileName,
				one.mimeType,
				String(Buffer.from(one.data, 'base64')),
			]),
		]);

test.each(KINDS)(
	'%s: Get and Get Many bring what is attached, named as Download names it; links are told',
	async (kind, id, all, make) => {
		const mixed = make('mixed');
		attach(mixed, 'fileAttachment', { name: '发票.pdf', contentType: 'application/pdf' }, 'pdf');
		attach(mixed, 'itemAttachment', { name: 'Old mail', contentType: null }, 'Subject: x');
		attach(mixed, 'referenceAttachment', { name: 'A link', contentType: null });
		const inline = make('inline only');
		attach(inline, 'fileAttachment', { name: 'l.png', contentType: 'image/png', isInline: true }, 'png');
		make('nothing');
		const expected = [
			'mixed',
			1,
			['attachment_0', '发票.pdf', 'application/pdf', 'pdf'],
			['attachment_1', 'Old mail.eml', 'message/rfc822', 'Subject: x'],
		];
		// Also where few fields are chosen: the ID is enough.
		for (const form of [{}, { output: 'fields', fields: ['subject'] }]) {
			const more = { ...form, attachments: true };
			const one = await run(sandbox.current, `${kind}.get`, { [id]: `AAkALg${mixed.id}`, ...more });
			expect(told(one)).toEqual([expected]);
			const many = await run(sandbox.current, `${kind}.getAll`, { returnAll: true, ...all, ...more });
			expect(told(many).sort()).toEqual(
				[expected, ['inline only', 0, ['attachment_0', 'l.png', 'image/png', 'png']], ['nothing', 0]].sort(),
			);
		}
		const without = await run(sandbox.current, `${kind}.getAll`, { returnAll: true, ...all });
		expect(without.items(NODE).filter(({ binary }) => binary !== undefined)).toEqual([]);
	},
);

test('what twenty-five events have attached is asked twenty in a request', async () => {
	const make = KINDS[2]![3];
	for (let i = 0; i < 25; i++) attach(make(`e${i}`), 'fileAttachment', { name: `${i}.txt` }, String(i));
	const done = await run(sandbox.current, 'event.getAll', { returnAll: true, attachments: true });
	for (const { json, binary } of done.items(NODE))
		expect(binary!.attachment_0!.fileName).toBe(`${String(json.subject).slice(1)}.txt`);
	expect(done.items(NODE)).toHaveLength(25);
	const lines = asked(sandbox.current);
	expect(lines.filter((line) => line.includes('/attachments?'))).toEqual([]);
	expect(lines.filter((line) => line.endsWith('/$value'))).toHaveLength(25);
});

test.each([
	['message', { subject: 'Was: 3/4 done' }, 'Was 3 4 done.eml', 'message/rfc822', 'Subject: Was: 3/4 done'],
	['event', { subject: 'Plan', ...TIMES }, 'Plan.ics', 'text/calendar', 'DTSTART;TZID=UTC:20261201T090000'],
	['contact', { displayName: 'Ana; Lind' }, 'Ana; Lind.vcf', 'text/vcard', 'FN:Ana\\; Lind'],
	['message', { subject: 'Joined.EML' }, 'Joined.EML', 'message/rfc822', 'Subject: Joined.EML'],
])(
	'an attached %s is a file of its kind, wherever it is downloaded',
	async (type, props, fileName, mimeType, line) => {
		const messageId = `AAkALg${mailbox().receive({ subject: 'one', isDraft: true }, 'drafts').id}`;
		const { subject: name = 'Ana; Lind' } = props as { subject?: string };
		const body = {
			'@odata.type': '#microsoft.graph.itemAttachment',
			name,
			item: { '@odata.type': `#microsoft.graph.${type}`, ...props },
		};
		const call = {
			method: 'POST',
			path: `/me/messages/${messageId}/attachments`,
			body: JSON.stringify(body),
		};
		const [{ id: attachmentId }] = (await rows(sandbox.current, 'custom.request', call)) as [{ id: string }];
		const form = { messageId, attachmentId, property: 'data' };
		const [alone] = (await run(sandbox.current, 'attachment.getContent', form)).items(NODE);
		const [along] = (await run(sandbox.current, 'draft.get', { messageId, attachments: true })).items(NODE);
		for (const file of [alone!.binary!.data!, along!.binary!.attachment_0!]) {
			expect(file).toMatchObject({ fileName, mimeType });
			expect(String(Buffer.from(file.data, 'base64')).split('\r\n')).toContain(line);
		}
	},
);
