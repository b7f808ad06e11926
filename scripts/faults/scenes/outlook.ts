import type { OutlookService } from '../../../sandbox';
import { byId, scene, type Scene, type Scenes } from '../scene';
import { records } from './outlookRecords';
import { userSync } from './outlookSync';

const PEOPLE = ['ana@yunhe.example', 'ben@yunhe.example'];
const items = PEOPLE.map((email) => ({ email }));
const MAIL = { to: '={{ $json.email }}', subject: 'Hi', html: '<p>Hi</p>', once: true };

const immutable = ({ id }: { id: string }): string => `AAkALg${id}`;
const sentTo =
	({ post }: OutlookService) =>
	(item: number): number =>
		post.sent.filter(({ to }) => to.includes(PEOPLE[item]!)).length;

/** A message that came in, and a change to it. */
function ofMessage(
	service: OutlookService,
	operation: string,
	form: object,
	times: (message: ReturnType<OutlookService['receive']>) => boolean | number,
): Scene {
	const message = service.receive('Question');
	return scene(`message.${operation}`, { messageId: immutable(message), ...form }, () => times(message));
}

const answers = (service: OutlookService, operation: string, form: object = {}) =>
	ofMessage(
		service,
		operation,
		{ html: '<p>Thanks</p>', text: '', asDraft: false, ...form },
		() => service.post.sent.length,
	);

const FILE = { data: Buffer.from('hello').toString('base64'), fileName: 'a.txt', mimeType: 'text/plain' };
const drafts = (service: OutlookService) => service.mailbox().messages.in('drafts');
const foldersCalled = (service: OutlookService, wanted: string) =>
	[...service.mailbox().folders.values()].filter(({ name }) => name === wanted).length;

/** A draft, ready to go. */
const written = (service: OutlookService) =>
	service
		.mailbox()
		.receive({ isDraft: true, toRecipients: [{ emailAddress: { address: PEOPLE[0] } }] }, 'drafts');

const { once: _once, ...WORDS } = MAIL;
const QUEUE = { ...WORDS, queue: 'News', key: '={{ $json.email }}' };
/** It waits, or its turn came while an answer was waited for and it has left. */
const queuedTo =
	(service: OutlookService) =>
	(item: number): number =>
		drafts(service).filter(
			({ isSubmitted, props }) => isSubmitted && JSON.stringify(props).includes(PEOPLE[item]!),
		).length + sentTo(service)(item);

/** A message of a queue, which leaves in an hour. */
function queued(service: OutlookService) {
	const held = written(service);
	held.props.singleValueExtendedProperties = [
		{ id: 'String {6f1c2a52-9a52-4f0e-8d0e-4d61696c4f70} Name mailops-queue', value: 'News|1' },
		{ id: 'SystemTime 0x3FEF', value: new Date(Date.now() + 3_600_000).toISOString() },
	];
	service.post.sendDraft(service.mailbox(), held);
	return held;
}

export const outlook: Scenes<OutlookService> = {
	node: 'outlook',
	signIn: /\/oauth2\//,
	scenes: {
		'message.send': (service) => scene('message.send', MAIL, sentTo(service), { items }),
		'message.send: in one request': (service) =>
			scene('message.send', { ...MAIL, once: false }, sentTo(service), { items }),
		'message.send: without a copy': (service) =>
			scene('message.send', { ...MAIL, options: { save: false } }, sentTo(service), { items }),
		'message.send: in one request, without a copy': (service) =>
			scene('message.send', { ...MAIL, once: false, options: { save: false } }, sentTo(service), {
				items,
			}),
		'message.sendAndWait': (service) =>
			scene(
				'message.sendAndWait',
				{ to: PEOPLE[0], subject: 'May it be paid?', message: 'Invoice 7' },
				() => service.post.sent.length,
			),
		'message.queue': (service) => scene('message.queue', QUEUE, queuedTo(service), { items }),
		'message.cancelQueued': (service) => {
			const held = queued(service);
			const form = { what: 'message', messageId: immutable(held) };
			return scene('message.cancelQueued', form, () => held.folder !== 'drafts');
		},
		'message.cancelQueued: a whole queue': (service) => {
			const held = queued(service);
			const form = { what: 'queue', queue: 'News' };
			return scene('message.cancelQueued', form, () => held.folder !== 'drafts');
		},
		'message.reply': (service) => answers(service, 'reply'),
		'message.replyAll': (service) => answers(service, 'replyAll'),
		'message.forward': (service) => answers(service, 'forward', { to: PEOPLE[0] }),
		'message.update': (service) =>
			ofMessage(service, 'update', { updateFields: { isRead: true } }, ({ props }) => props.isRead === true),
		'message.markRead': (service) =>
			ofMessage(service, 'markRead', { isRead: true }, ({ props }) => props.isRead === true),
		'message.flag': (service) =>
			ofMessage(
				service,
				'flag',
				{ flagStatus: 'flagged' },
				({ props }) => (props.flag as { flagStatus: string }).flagStatus === 'flagged',
			),
		'message.categorize': (service) =>
			ofMessage(service, 'categorize', { categories: 'Invoice', how: 'add' }, ({ props }) =>
				(props.categories as string[]).includes('Invoice'),
			),
		'message.move': (service) =>
			ofMessage(service, 'move', { folder: byId('archive') }, ({ folder }) => folder === 'archive'),
		'message.copy': (service) =>
			ofMessage(
				service,
				'copy',
				{ folder: byId('archive') },
				() => service.mailbox().messages.in('archive').length,
			),
		'message.delete': (service) =>
			ofMessage(service, 'delete', {}, ({ folder }) => folder === 'deleteditems'),
		'message.deletePermanently': (service) =>
			ofMessage(service, 'deletePermanently', {}, ({ id }) => !service.mailbox().messages.items.has(id)),
		'draft.create': (service) =>
			scene(
				'draft.create',
				{ to: PEOPLE[0], subject: 'Hi', html: '<p>Hi</p>' },
				() => drafts(service).length,
			),
		'draft.send': (service) =>
			scene('draft.send', { messageId: immutable(written(service)) }, () => service.post.sent.length),
		'draft.update': (service) => {
			const draft = written(service);
			const form = { messageId: immutable(draft), updateFields: { subject: 'Changed' } };
			return scene('draft.update', form, () => draft.props.subject === 'Changed');
		},
		'draft.delete': (service) => {
			const draft = written(service);
			return scene('draft.delete', { messageId: immutable(draft) }, () => drafts(service).length === 0);
		},
		'attachment.add': (service) => {
			const draft = written(service);
			const form = { messageId: immutable(draft), property: 'data' };
			return scene('attachment.add', form, () => draft.attachments.size, { binary: { data: FILE } });
		},
		'attachment.add: to an event': (service) => {
			const event = service.mailbox().events.add(service.mailbox().calendar.id, { subject: 'Planning' });
			const form = { attachedTo: 'event', eventId: immutable(event), property: 'data' };
			return scene('attachment.add', form, () => event.attachments.size, { binary: { data: FILE } });
		},
		'message.send: with a large file': (service) =>
			scene('message.send', { ...MAIL, to: PEOPLE[0], options: { attachments: 'data' } }, sentTo(service), {
				binary: { data: { ...FILE, data: Buffer.alloc(4_200_000).toString('base64') } },
			}),
		'attachment.delete': (service) => {
			const draft = written(service);
			const props = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt' };
			draft.attachments.set('a1', { id: 'a1', props, content: Buffer.from('a') });
			const form = { messageId: immutable(draft), attachmentId: 'a1' };
			return scene('attachment.delete', form, () => draft.attachments.size === 0);
		},
		'folder.create': (service) =>
			scene('folder.create', { name: 'Invoices' }, () => foldersCalled(service, 'Invoices')),
		'folder.create: one of that name is there': (service) => {
			service.mailbox().addFolder('Invoices');
			return scene('folder.create', { name: 'Invoices' }, () => foldersCalled(service, 'Invoices') - 1, {
				isRefused: true,
				// Whether a folder without the mark is the one asked for is left to a person.
				ifLost: { said: 'unknown', words: 'Look in Outlook' },
			});
		},
		'folder.create: in another one': (service) => {
			const { id } = service.mailbox().addFolder('Bills');
			return scene('folder.create', { name: 'Invoices', parent: byId(id) }, () =>
				foldersCalled(service, 'Invoices'),
			);
		},
		'folder.update': (service) => {
			const { id } = service.mailbox().addFolder('Invoices');
			return scene('folder.update', { folder: byId(id), name: 'Bills' }, () =>
				foldersCalled(service, 'Bills'),
			);
		},
		'folder.move': (service) => {
			const folder = service.mailbox().addFolder('Invoices');
			const form = { folder: byId(folder.id), to: byId('archive') };
			return scene('folder.move', form, () => folder.parent === 'archive');
		},
		'folder.copy': (service) => {
			const { id } = service.mailbox().addFolder('Invoices');
			const form = { folder: byId(id), to: byId('archive') };
			return scene('folder.copy', form, () => foldersCalled(service, 'Invoices') - 1);
		},
		'folder.delete': (service) => {
			const folder = service.mailbox().addFolder('Invoices');
			return scene('folder.delete', { folder: byId(folder.id) }, () => folder.parent === 'deleteditems');
		},
		...records,
		...userSync,
		'custom.request': (service) =>
			scene(
				'custom.request',
				{ method: 'POST', path: '/me/mailFolders', body: '{"displayName":"Invoices"}' },
				() => [...service.mailbox().folders.values()].filter(({ name }) => name === 'Invoices').length,
			),
	},
};
