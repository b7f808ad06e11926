import type { OutlookService } from '../../../sandbox';
import { byId, scene, type Scene, type Scenes } from '../scene';

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

export const outlook: Scenes<OutlookService> = {
	node: 'outlook',
	signIn: /\/oauth2\//,
	scenes: {
		'message.send': (service) => scene('message.send', MAIL, sentTo(service), { items }),
		'message.send: in one request': (service) =>
			scene('message.send', { ...MAIL, once: false }, sentTo(service), { items }),
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
		'custom.request': (service) =>
			scene(
				'custom.request',
				{ method: 'POST', path: '/me/mailFolders', body: '{"displayName":"Invoices"}' },
				() => [...service.mailbox().folders.values()].filter(({ name }) => name === 'Invoices').length,
			),
	},
};
