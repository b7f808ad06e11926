import type { OutlookService } from '../../../sandbox';
import { byId, scene, type Scenes } from '../scene';

type Kind = 'calendar' | 'contactFolder' | 'outlookCategory' | 'messageRule';

const immutable = ({ id }: { id: string }): string => `AAkALg${id}`;
const store = (service: OutlookService, kind: Kind) => service.mailbox().kinds[kind];
const named = (service: OutlookService, kind: Kind, field: string, wanted: string) =>
	[...store(service, kind).items.values()].filter(({ props }) => props[field] === wanted).length;
const add = (service: OutlookService, kind: Kind, props: object) =>
	store(service, kind).add('', props as Record<string, unknown>);

const PLAN = { subject: 'Planning', start: '2026-12-01T09:30', end: '2026-12-01T10:30' };
const times = {
	start: { dateTime: '2026-12-01T09:30:00', timeZone: 'UTC' },
	end: { dateTime: '2026-12-01T10:30:00', timeZone: 'UTC' },
};
const planned = (service: OutlookService, more: object = {}) => {
	const mailbox = service.mailbox();
	return mailbox.events.add(mailbox.calendar.id, {
		subject: 'Planning',
		isOrganizer: true,
		...times,
		...more,
	});
};
const PHOTO = {
	data: Buffer.from('ffd8ffe000104a464946', 'hex').toString('base64'),
	fileName: 'ana.jpg',
	mimeType: 'image/jpeg',
};
const listed = (value: unknown): number => ((value as unknown[] | undefined) ?? []).length;
const eva = { userPrincipalName: 'eva@contoso.example', displayName: 'Eva', accountEnabled: true };

/** Everything of a mailbox but messages, and users. */
export const records: Scenes<OutlookService>['scenes'] = {
	'event.create': (service) => scene('event.create', PLAN, () => service.mailbox().events.items.size),
	'event.update': (service) => {
		const event = planned(service);
		const form = { eventId: immutable(event), updateFields: { subject: 'New' } };
		return scene('event.update', form, () => event.props.subject === 'New');
	},
	'event.respond': (service) => {
		const event = planned(service, { isOrganizer: false });
		const form = { eventId: immutable(event), response: 'accept', sendResponse: true };
		return scene('event.respond', form, () => listed(event.props.answered));
	},
	'event.forward': (service) => {
		const event = planned(service);
		const form = { eventId: immutable(event), to: 'x@yunhe.example' };
		return scene('event.forward', form, () => listed(event.props.forwarded));
	},
	'event.cancel': (service) =>
		scene(
			'event.cancel',
			{ eventId: immutable(planned(service)) },
			() => service.mailbox().events.items.size === 0,
		),
	'event.delete': (service) =>
		scene(
			'event.delete',
			{ eventId: immutable(planned(service)) },
			() => service.mailbox().events.items.size === 0,
		),
	'calendar.create': (service) =>
		scene('calendar.create', { name: 'Holidays' }, () => named(service, 'calendar', 'name', 'Holidays')),
	'calendar.update': (service) => {
		const calendar = byId(immutable(add(service, 'calendar', { name: 'Holidays' })));
		return scene('calendar.update', { calendar, updateFields: { name: 'Off' } }, () =>
			named(service, 'calendar', 'name', 'Off'),
		);
	},
	'calendar.delete': (service) => {
		const calendar = byId(immutable(add(service, 'calendar', { name: 'Holidays' })));
		return scene('calendar.delete', { calendar }, () => named(service, 'calendar', 'name', 'Holidays') === 0);
	},
	'contact.create': (service) =>
		scene('contact.create', { fields: { givenName: 'Ana' } }, () => service.mailbox().contacts.items.size),
	'contact.update': (service) => {
		const contact = service.mailbox().contacts.add('', { givenName: 'Ana' });
		const form = { contactId: immutable(contact), updateFields: { givenName: 'Eva' } };
		return scene('contact.update', form, () => contact.props.givenName === 'Eva');
	},
	'contact.setPhoto': (service) => {
		const contact = service.mailbox().contacts.add('', { givenName: 'Ana' });
		return scene(
			'contact.setPhoto',
			{ contactId: immutable(contact), property: 'data' },
			() => contact.photo !== undefined,
			{ binary: { data: PHOTO } },
		);
	},
	'contact.delete': (service) => {
		const contact = service.mailbox().contacts.add('', { givenName: 'Ana' });
		return scene(
			'contact.delete',
			{ contactId: immutable(contact) },
			() => service.mailbox().contacts.items.size === 0,
		);
	},
	'contactFolder.create': (service) =>
		scene('contactFolder.create', { name: 'New' }, () =>
			named(service, 'contactFolder', 'displayName', 'New'),
		),
	'contactFolder.update': (service) => {
		const contactFolder = byId(immutable(add(service, 'contactFolder', { displayName: 'Old' })));
		const form = { contactFolder, name: 'New' };
		return scene('contactFolder.update', form, () => named(service, 'contactFolder', 'displayName', 'New'));
	},
	'contactFolder.delete': (service) => {
		const contactFolder = byId(immutable(add(service, 'contactFolder', { displayName: 'Old' })));
		return scene(
			'contactFolder.delete',
			{ contactFolder },
			() => store(service, 'contactFolder').items.size === 0,
		);
	},
	'category.create': (service) =>
		scene(
			'category.create',
			{ name: 'Red', color: 'preset0' },
			() => store(service, 'outlookCategory').items.size,
		),
	'category.create: one of that name is there': (service) => {
		add(service, 'outlookCategory', { displayName: 'Red', color: 'preset5' });
		const isMade = () => store(service, 'outlookCategory').items.size - 1;
		return scene('category.create', { name: 'Red', color: 'preset0' }, isMade, { isRefused: true });
	},
	'category.update': (service) => {
		const category = add(service, 'outlookCategory', { displayName: 'Red', color: 'none' });
		const form = { categoryId: immutable(category), color: 'preset0' };
		return scene('category.update', form, () => category.props.color === 'preset0');
	},
	'category.delete': (service) => {
		const category = add(service, 'outlookCategory', { displayName: 'Red', color: 'none' });
		const isGone = () => store(service, 'outlookCategory').items.size === 0;
		return scene('category.delete', { categoryId: immutable(category) }, isGone);
	},
	'rule.create': (service) =>
		scene(
			'rule.create',
			{ name: 'Bills', actions: '{"markAsRead":true}' },
			() => store(service, 'messageRule').items.size,
		),
	'rule.create: another one of that name is there, the same': (service) => {
		const rule = { displayName: 'Bills', actions: { markAsRead: true }, sequence: 1, isEnabled: true };
		add(service, 'messageRule', rule);
		return scene(
			'rule.create',
			{ name: 'Bills', actions: '{"markAsRead":true}' },
			() => store(service, 'messageRule').items.size - 1,
		);
	},
	'rule.update': (service) => {
		const rule = add(service, 'messageRule', { displayName: 'Bills', isEnabled: true });
		const form = { ruleId: immutable(rule), updateFields: { isEnabled: false } };
		return scene('rule.update', form, () => rule.props.isEnabled === false);
	},
	'rule.delete': (service) => {
		const rule = add(service, 'messageRule', { displayName: 'Bills' });
		return scene(
			'rule.delete',
			{ ruleId: immutable(rule) },
			() => store(service, 'messageRule').items.size === 0,
		);
	},
	'mailboxSettings.update': (service) =>
		scene(
			'mailboxSettings.update',
			{ updateFields: { timeZone: 'Tokyo Standard Time' } },
			() => service.mailbox().settings.timeZone === 'Tokyo Standard Time',
		),
	'mailboxSettings.setAutomaticReply': (service) =>
		scene(
			'mailboxSettings.setAutomaticReply',
			{ status: 'alwaysEnabled', internal: 'Away' },
			() =>
				(service.mailbox().settings.automaticRepliesSetting as { status: string }).status === 'alwaysEnabled',
		),
	'user.create': (service) =>
		scene(
			'user.create',
			{ user: 'eva@contoso.example', displayName: 'Eva', password: 'S3cret-pass!' },
			() => [...service.directory.users.values()].filter(({ props }) => props.displayName === 'Eva').length,
		),
	'user.create: one of that address is there': (service) => {
		service.directory.put('u1', { ...eva, createdDateTime: '2020-01-01T00:00:00Z' });
		return scene(
			'user.create',
			{ user: 'eva@contoso.example', displayName: 'Eva', password: 'S3cret-pass!' },
			() => service.directory.users.size - 4,
			{ isRefused: true },
		);
	},
	'user.update': (service) => {
		const user = service.directory.put('u1', eva);
		const form = { user: 'eva@contoso.example', updateFields: { department: 'Sales' } };
		return scene('user.update', form, () => user.props.department === 'Sales');
	},
	'user.disable': (service) => {
		const user = service.directory.put('u1', { ...eva });
		return scene('user.disable', { user: 'eva@contoso.example' }, () => user.props.accountEnabled === false);
	},
	'user.enable': (service) => {
		const user = service.directory.put('u1', { ...eva, accountEnabled: false });
		return scene('user.enable', { user: 'eva@contoso.example' }, () => user.props.accountEnabled === true);
	},
	'user.delete': (service) => {
		service.directory.put('u1', { ...eva });
		return scene(
			'user.delete',
			{ user: 'eva@contoso.example' },
			() => service.directory.find('eva@contoso.example') === undefined,
		);
	},
};
