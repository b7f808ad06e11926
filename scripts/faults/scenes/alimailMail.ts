import type { AlimailService } from '../../../sandbox';
import { byId, scene, type Scene, type Scenes } from '../scene';

const SHOP = 'shop@yunhe.example';
const PEOPLE = ['ana@yunhe.example', 'ben@yunhe.example'];
const mailbox = { __rl: true, mode: 'email', value: SHOP };
const MAIL = { mailbox, to: '={{ $json.email }}', subject: 'Hi', html: '<p>Hi</p>' };
const FILE = { data: Buffer.from('hello').toString('base64'), fileName: 'a.txt', mimeType: 'text/plain' };

/** The shop's mailbox, new. */
function shop(alimail: AlimailService) {
	alimail.seed({ users: [{ email: SHOP, name: 'Shop' }] });
	return alimail.post.mailbox(SHOP);
}

function sending(alimail: AlimailService, form: object = {}, more: Partial<Scene> = {}): Scene {
	shop(alimail);
	const times = (item: number) => {
		alimail.post.settle();
		return alimail.post.sent.filter(({ to }) => to.includes(PEOPLE[item]!)).length;
	};
	return scene('message.send', { ...MAIL, ...form }, times, {
		items: PEOPLE.map((email) => ({ email })),
		...more,
	});
}

/** Two messages that came in, and a change to them. */
function ofMessages(
	alimail: AlimailService,
	operation: string,
	form: object,
	isDone: (message: { folderId: string; isRead: boolean } | undefined) => boolean,
): Scene {
	const box = shop(alimail);
	const ids = PEOPLE.map(() => box.put('2', '2026-11-20T08:00:00Z', { subject: 'Question' }).id);
	return scene(
		`message.${operation}`,
		{ mailbox, messageId: '={{ $json.id }}', ...form },
		(item) => isDone(box.messages.get(ids[item]!)),
		{ items: ids.map((id) => ({ id })) },
	);
}

const foldersCalled = (alimail: AlimailService, wanted: string): number =>
	[...alimail.post.mailbox(SHOP).folders.values()].filter(({ displayName }) => displayName === wanted).length;

export const mail: Scenes<AlimailService>['scenes'] = {
	'message.send': (alimail) => sending(alimail),
	'message.send: with a file': (alimail) =>
		sending(alimail, { options: { attachments: 'data' } }, { binary: { data: FILE } }),
	'message.send: by key': (alimail) =>
		sending(alimail, {
			preventDoubleSending: 'key',
			onceKey: '={{ $json.email }}',
			lookBackDays: 2,
		}),
	'message.markRead': (alimail) =>
		ofMessages(alimail, 'markRead', { isRead: true }, (message) => message?.isRead === true),
	'message.move': (alimail) =>
		ofMessages(alimail, 'move', { folder: byId('junk') }, (message) => message?.folderId === '3'),
	'message.delete': (alimail) =>
		ofMessages(alimail, 'delete', {}, (message) => message === undefined || message.folderId === '6'),
	'mailFolder.create': (alimail) => {
		shop(alimail);
		return scene('mailFolder.create', { mailbox, name: 'Invoices' }, () =>
			foldersCalled(alimail, 'Invoices'),
		);
	},
	'mailFolder.rename': (alimail) => {
		const { id } = shop(alimail).addFolder('Invoices');
		return scene('mailFolder.rename', { mailbox, folder: byId(id), name: 'Bills' }, () =>
			foldersCalled(alimail, 'Bills'),
		);
	},
	'mailFolder.delete': (alimail) => {
		const { id } = shop(alimail).addFolder('Invoices');
		return scene(
			'mailFolder.delete',
			{ mailbox, folder: byId(id) },
			() => foldersCalled(alimail, 'Invoices') === 0,
		);
	},
};
