import type { SendPulseService } from '../../../sandbox';
import { FIRST_LIST, FIRST_TAG } from '../../../sandbox/services/sendpulse/account';
import { FLOW } from '../../../sandbox/services/sendpulse/automation';
import { byId, scene, type Scenes } from '../scene';
import { syncScene } from './sendpulseSync';

const NEW = 'new@example.net';
const PEOPLE = ['ana@yunhe.example', 'ben@yunhe.example'];

const MAIL = { from: 'shop@example.com', to: '={{ $json.email }}', subject: 'Hi', html: '<p>Hi</p>' };
const items = PEOPLE.map((email) => ({ email }));
const listsCalled = ({ account }: SendPulseService, wanted: string) =>
	[...account.lists.values()].filter(({ name }) => name === wanted).length;

const CAMPAIGN = {
	name: 'Spring sale',
	when: 'now',
	recipients: 'list',
	list: byId(String(FIRST_LIST)),
	sender: byId('shop@example.com'),
	subject: 'Half price',
	content: 'html',
	html: '<p>Hi</p>',
};
const TEMPLATE = { name: 'Order', html: '<p>Your order</p>', language: 'en' };
const templatesCalled = ({ templates }: SendPulseService['account'], wanted: string) =>
	[...templates.values()].filter(({ name }) => name === wanted).length;
const SENDER = { email: 'news@example.com', name: 'News' };
const campaignsCalled = ({ account }: SendPulseService, wanted: string) =>
	[...account.campaigns.values()].filter(({ name }) => name === wanted).length;

export const sendpulse: Scenes<SendPulseService> = {
	node: 'sendPulse',
	signIn: /^\/oauth\//,
	scenes: {
		'smtpEmail.send': ({ account }) =>
			scene(
				'smtpEmail.send',
				MAIL,
				(item) => account.emails.filter(({ to }) => to[0]?.email === PEOPLE[item]).length,
				{ items },
			),
		'smtpEmail.sendWithTemplate': ({ account }) => {
			const { from, to, subject } = MAIL;
			const form = { from, to, subject, template: byId('7001') };
			const sent = (item: number) =>
				account.emails.filter(({ to: [one] }) => one?.email === PEOPLE[item]).length;
			return scene('smtpEmail.sendWithTemplate', form, sent, { items });
		},
		'smtpUnsubscribe.add': ({ account: { reports } }) =>
			scene('smtpUnsubscribe.add', {}, (item) => reports.stopped.has(PEOPLE[item]!), { items }),
		'smtpUnsubscribe.remove': ({ account: { reports } }) => {
			for (const email of PEOPLE) reports.stop(email, 'unsubscribed');
			return scene('smtpUnsubscribe.remove', {}, (item) => !reports.stopped.has(PEOPLE[item]!), { items });
		},
		'smtpUnsubscribe.inviteBack': ({ account }) => {
			account.reports.stop(PEOPLE[0]!, 'unsubscribed');
			const form = { email: PEOPLE[0], sender: byId('shop@example.com') };
			return scene('smtpUnsubscribe.inviteBack', form, () => account.invitations.length);
		},
		'contact.add': (service) => {
			const list = service.addList('Customers');
			const form = { list: byId(String(list.id)), email: '={{ $json.email }}' };
			return scene('contact.add', form, (item) => list.contacts.has(PEOPLE[item]!), { items });
		},
		'contact.add: with double opt-in': (service) => {
			const list = service.addList('Customers');
			const form = {
				list: byId(String(list.id)),
				email: '={{ $json.email }}',
				optIn: 'double',
				senderEmail: 'shop@example.com',
			};
			return scene('contact.add', form, (item) => list.contacts.has(PEOPLE[item]!), { items });
		},
		'contact.unsubscribe': (service) => {
			const list = service.addList('Customers', PEOPLE);
			const form = { list: byId(String(list.id)), email: '={{ $json.email }}' };
			return scene('contact.unsubscribe', form, (item) => list.contacts.get(PEOPLE[item]!)?.status === 3, {
				items,
			});
		},
		'contact.delete': (service) => {
			const list = service.addList('Customers', PEOPLE);
			const form = { list: byId(String(list.id)), email: '={{ $json.email }}' };
			return scene('contact.delete', form, (item) => !list.contacts.has(PEOPLE[item]!), { items });
		},
		'contact.update': (service) => {
			const list = service.addList('Customers', PEOPLE);
			const form = {
				list: byId(String(list.id)),
				email: '={{ $json.email }}',
				variables: { variable: [{ name: 'City', type: 'text', value: 'Berlin' }] },
			};
			const hasCity = (item: number) => list.contacts.get(PEOPLE[item]!)?.variables.City === 'Berlin';
			return scene('contact.update', form, hasCity, { items });
		},
		'contact.setPhone': (service) => {
			const list = service.addList('Customers', PEOPLE);
			const form = { list: byId(String(list.id)), email: '={{ $json.email }}', phone: '+4915112345678' };
			return scene('contact.setPhone', form, (item) => list.contacts.get(PEOPLE[item]!)?.phone !== '', {
				items,
			});
		},
		'contact.deleteFromAllLists': (service) => {
			const lists = ['A', 'B'].map((name) => service.addList(name, PEOPLE));
			const isGone = (item: number) => lists.every(({ contacts }) => !contacts.has(PEOPLE[item]!));
			return scene('contact.deleteFromAllLists', { email: '={{ $json.email }}' }, isGone, { items });
		},
		'contact.sync: somebody new': (service) =>
			syncScene(
				service,
				(people) => [...people, { email: NEW, name: 'New' }],
				({ contacts }) => contacts.has(NEW),
			),
		'contact.sync: another name': (service) =>
			syncScene(
				service,
				([first, ...others]) => [{ ...first!, name: 'Renamed' }, ...others],
				({ contacts }) => contacts.get('person0@example.net')?.variables.Name === 'Renamed',
			),
		'contact.sync: somebody unsubscribed': (service) =>
			syncScene(
				service,
				(people) => people.slice(1),
				({ contacts }) => contacts.get('person0@example.net')?.status === 3,
				'unsubscribe',
			),
		'contact.sync: somebody deleted': (service) =>
			syncScene(
				service,
				(people) => people.slice(1),
				({ contacts }) => !contacts.has('person0@example.net'),
				'delete',
			),
		'mailingList.create': (service) =>
			scene('mailingList.create', { name: 'Customers' }, () => listsCalled(service, 'Customers')),
		'mailingList.create: one of that name is there': (service) => {
			service.addList('Customers');
			return scene('mailingList.create', { name: 'Customers' }, () => listsCalled(service, 'Customers') - 1, {
				isRefused: true,
				// SendPulse does not say when a list was made: whether it is the one asked for is left to a person.
				ifLost: { said: 'unknown', words: 'Look in SendPulse' },
			});
		},
		'mailingList.update': (service) => {
			const list = service.addList('Customers');
			return scene(
				'mailingList.update',
				{ list: byId(String(list.id)), name: 'Buyers' },
				() => list.name === 'Buyers',
			);
		},
		'mailingList.delete': (service) => {
			const list = service.addList('Customers');
			return scene(
				'mailingList.delete',
				{ list: byId(String(list.id)) },
				() => !service.account.lists.has(list.id),
			);
		},
		'campaign.create': (service) =>
			scene('campaign.create', CAMPAIGN, () => campaignsCalled(service, 'Spring sale')),
		'campaign.create: an older one of the same words': (service) => {
			service.addCampaign('Spring sale', { subject: CAMPAIGN.subject });
			return scene('campaign.create', CAMPAIGN, () => campaignsCalled(service, 'Spring sale') - 1);
		},
		'campaign.test': ({ account }) => {
			const { name: _name, when: _when, ...form } = CAMPAIGN;
			return scene('campaign.test', form, () => account.tests.length);
		},
		'campaign.update': (service) => {
			const campaign = service.addCampaign('Spring sale');
			const form = { campaign: byId(String(campaign.id)), updateFields: { name: 'Summer sale' } };
			return scene('campaign.update', form, () => campaign.name === 'Summer sale');
		},
		'campaign.cancel': (service) => {
			const campaign = service.addCampaign('Spring sale');
			return scene('campaign.cancel', { campaign: byId(String(campaign.id)) }, () => campaign.status === 5);
		},
		'template.create': ({ account }) =>
			scene('template.create', TEMPLATE, () => templatesCalled(account, 'Order')),
		'template.create: one of that name is there': ({ account }) => {
			account.templates.set('7002', { name: 'Order', html: '<p>Another</p>', lang: 'en', created: '' });
			return scene('template.create', TEMPLATE, () => templatesCalled(account, 'Order') - 1, {
				isRefused: true,
			});
		},
		'template.update': ({ account }) =>
			scene(
				'template.update',
				{ template: byId('7001'), html: '<p>New</p>' },
				() => account.templates.get('7001')?.html === '<p>New</p>',
			),
		'sender.create': ({ account }) =>
			scene('sender.create', SENDER, () => account.unconfirmed.has(SENDER.email)),
		'sender.create: somebody has added it': ({ account }) => {
			account.unconfirmed.set(SENDER.email, { name: 'Somebody Else', code: '', codeAt: 0 });
			return scene('sender.create', SENDER, () => 0, { isRefused: true });
		},
		'sender.requestCode': ({ account }) => {
			const waiting = { name: 'News', code: '', codeAt: 0 };
			account.unconfirmed.set(SENDER.email, waiting);
			return scene('sender.requestCode', { sender: byId(SENDER.email) }, () => waiting.code !== '');
		},
		'sender.confirm': ({ account }) => {
			account.unconfirmed.set(SENDER.email, { name: 'News', code: 'c0de', codeAt: 1 });
			const form = { sender: byId(SENDER.email), code: 'c0de' };
			return scene('sender.confirm', form, () => account.senders.has(SENDER.email));
		},
		'sender.delete': ({ account }) =>
			scene(
				'sender.delete',
				{ sender: byId('shop@example.com') },
				() => !account.senders.has('shop@example.com'),
			),
		'blacklist.add': ({ account }) =>
			scene('blacklist.add', {}, (item) => account.blacklist.has(PEOPLE[item]!), { items }),
		'blacklist.remove': ({ account }) => {
			for (const email of PEOPLE) account.blacklist.add(email);
			return scene('blacklist.remove', {}, (item) => !account.blacklist.has(PEOPLE[item]!), { items });
		},
		'automation.startByEvent': ({ account }) =>
			scene(
				'automation.startByEvent',
				{ event: FLOW.event, email: '={{ $json.email }}' },
				(item) => account.events.filter(({ email }) => email === PEOPLE[item]).length,
				{ items },
			),
		'tag.create': ({ account }) =>
			scene(
				'tag.create',
				{ name: 'vip', color: '#ff0000' },
				() => [...account.tags.values()].filter(({ name }) => name === 'vip').length,
			),
		'tag.update': ({ account }) =>
			scene(
				'tag.update',
				{ tag: byId(String(FIRST_TAG)), name: 'buyer', color: '#ff0000' },
				() => account.tags.get(FIRST_TAG)?.name === 'buyer',
			),
		'tag.addToContact': ({ account }) =>
			scene(
				'tag.addToContact',
				{ tag: byId(String(FIRST_TAG)) },
				(item) => account.tags.get(FIRST_TAG)!.on.has(PEOPLE[item]!),
				{ items },
			),
		'tag.removeFromContact': ({ account }) => {
			const { on } = account.tags.get(FIRST_TAG)!;
			for (const email of PEOPLE) on.add(email);
			const form = { tag: byId(String(FIRST_TAG)) };
			return scene('tag.removeFromContact', form, (item) => !on.has(PEOPLE[item]!), { items });
		},
		'tag.delete': ({ account }) =>
			scene('tag.delete', { tag: byId(String(FIRST_TAG)) }, () => !account.tags.has(FIRST_TAG)),
		'verifier.verifyAddress': ({ account: { verified } }) =>
			scene(
				'verifier.verifyAddress',
				{},
				(item) => verified.addresses.filter((email) => email === PEOPLE[item]).length,
				{ items },
			),
		'verifier.verifyList': ({ account: { verified } }) =>
			scene('verifier.verifyList', { list: byId(String(FIRST_LIST)) }, () => verified.lists.length),
		'custom.request': (service) =>
			scene(
				'custom.request',
				{ method: 'POST', path: '/addressbooks', body: '{"bookName":"Customers"}' },
				() => listsCalled(service, 'Customers'),
			),
	},
};
