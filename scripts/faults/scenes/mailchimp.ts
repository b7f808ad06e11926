import { newTag } from '../../../sandbox/services/mailchimp/audience';
import { writeMember } from '../../../sandbox/services/mailchimp/memberRules';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import { byId, scene as sceneOf, type Scenes } from '../scene';
import { audiences, campaigns, templates, webhooks } from './mailchimpCampaigns';
import { automations } from './mailchimpAutomations';
import { batches } from './mailchimpBatches';
import { ecommerce } from './mailchimpEcommerce';
import { groups } from './mailchimpGroups';
import { syncScene } from './mailchimpSync';

const AUDIENCE = byId('a1b2c3d4e5');
const ANA = 'ana@example.org';
const PEOPLE = ['ana', 'ben', 'cem'].map((name) => ({ email: `${name}@example.org` }));

/** In the audience that the stand-in has. */
const scene: typeof sceneOf = (operation, parameters, times, more) =>
	sceneOf(operation, { audience: AUDIENCE, ...parameters }, times, more);

function withMember(mailchimp: MailchimpService, email_address = ANA) {
	return writeMember(mailchimp, mailchimp.audience, undefined, {
		given: { email_address, status: 'subscribed' },
		expects: 'new',
		skipMergeValidation: true,
		source: 'admin',
	}).member;
}

function withTag(mailchimp: MailchimpService) {
	const tag = newTag(mailchimp.newId(), 'Blue', '2020-01-01T00:00:00+00:00');
	mailchimp.audience.segments.set(tag.id, tag);
	return tag;
}

const id = (value: number) => byId(String(value));
const fieldsTagged = ({ audience }: MailchimpService, wanted: string) =>
	[...audience.mergeFields.values()].filter(({ tag }) => tag === wanted).length;
const stored = ({ audience }: MailchimpService, address = ANA) => audience.find(address);
/** How often the contact was subscribed: a second write shows as a second entry of its history. */
const subscribed = (mailchimp: MailchimpService, address = ANA) =>
	stored(mailchimp, address)?.activity.filter(({ action }) => action === 'subscribed').length ?? 0;

export const mailchimp: Scenes<MailchimpService> = {
	node: 'mailchimp',
	// Who the user is, asked once.
	signIn: /\/3\.0\/$/,
	scenes: {
		...groups,
		...audiences,
		...campaigns,
		...templates,
		...webhooks,
		...batches,
		...automations,
		...ecommerce,
		'member.upsert': (mailchimp) =>
			scene(
				'member.upsert',
				{ emailAddress: '={{ $json.email }}' },
				(item) => subscribed(mailchimp, PEOPLE[item]?.email),
				{ items: PEOPLE },
			),
		'member.create': (mailchimp) =>
			scene('member.create', { emailAddress: ANA }, () => subscribed(mailchimp)),
		'member.create: is there already': (mailchimp) => {
			withMember(mailchimp).last_changed = '2020-01-01T00:00:00+00:00';
			return scene('member.create', { emailAddress: ANA }, () => subscribed(mailchimp) - 1, {
				isRefused: true,
			});
		},
		'member.update': (mailchimp) => {
			withMember(mailchimp);
			return scene(
				'member.update',
				{ member: ANA, options: { language: 'de' } },
				() => stored(mailchimp)?.language === 'de',
			);
		},
		'member.update: another address': (mailchimp) => {
			withMember(mailchimp);
			const newAddress = 'lima@example.org';
			return scene(
				'member.update',
				{ member: ANA, newAddress },
				() => stored(mailchimp, newAddress) !== undefined,
			);
		},
		'member.changeTags': (mailchimp) => {
			const { id } = withMember(mailchimp);
			return scene(
				'member.changeTags',
				{ member: ANA, add: 'Blue' },
				() => mailchimp.audience.tagsOf(id).length,
			);
		},
		'member.archive': (mailchimp) => {
			withMember(mailchimp);
			return scene('member.archive', { member: ANA }, () => stored(mailchimp)?.status === 'archived');
		},
		'member.deletePermanently': (mailchimp) => {
			withMember(mailchimp);
			return scene(
				'member.deletePermanently',
				{ member: ANA, confirmed: true },
				() => stored(mailchimp) === undefined,
			);
		},
		'member.addNote': (mailchimp) => {
			const { notes } = withMember(mailchimp);
			return scene('member.addNote', { member: ANA, note: 'Called' }, () => notes.size);
		},
		'member.addEvent': (mailchimp) => {
			const { events } = withMember(mailchimp);
			return scene('member.addEvent', { member: ANA, name: 'purchased' }, () => events.length);
		},
		'tag.addMembers': (mailchimp) => {
			const tag = withTag(mailchimp);
			for (const { email } of PEOPLE) withMember(mailchimp, email);
			return scene(
				'tag.addMembers',
				{ tag: id(tag.id), emailAddress: '={{ $json.email }}' },
				(item) => tag.hashes.has(stored(mailchimp, PEOPLE[item]?.email)?.id ?? ''),
				{ items: PEOPLE },
			);
		},
		'tag.removeMembers': (mailchimp) => {
			const tag = withTag(mailchimp);
			for (const { email } of PEOPLE) tag.hashes.set(withMember(mailchimp, email).id, mailchimp.stamp());
			return scene(
				'tag.removeMembers',
				{ tag: id(tag.id), emailAddress: '={{ $json.email }}' },
				(item) => !tag.hashes.has(stored(mailchimp, PEOPLE[item]?.email)?.id ?? ''),
				{ items: PEOPLE },
			);
		},
		'tag.create': (mailchimp) =>
			scene('tag.create', { name: 'Blue' }, () => mailchimp.audience.segments.size),
		'tag.delete': (mailchimp) => {
			const tag = withTag(mailchimp);
			return scene('tag.delete', { tag: id(tag.id) }, () => !mailchimp.audience.segments.has(tag.id));
		},
		'mergeField.create': (mailchimp) =>
			scene('mergeField.create', { name: 'Team', tag: 'TEAM' }, () => fieldsTagged(mailchimp, 'TEAM')),
		'mergeField.update': (mailchimp) =>
			scene(
				'mergeField.update',
				{ mergeField: id(1), settings: { name: 'Given Name' } },
				() => mailchimp.audience.mergeFields.get(1)?.name === 'Given Name',
			),
		'mergeField.delete': (mailchimp) =>
			scene('mergeField.delete', { mergeField: id(1) }, () => !mailchimp.audience.mergeFields.has(1)),
		'audience.sync: somebody new': (mailchimp) =>
			syncScene(
				mailchimp,
				(people) => [...people, { email: ANA, name: 'Ana' }],
				() => subscribed(mailchimp),
			),
		'audience.sync: another tag': (mailchimp) =>
			syncScene(
				mailchimp,
				([first, ...others]) => [{ ...first!, tags: 'Legal' }, ...others],
				() => mailchimp.audience.tag('Legal')?.hashes.size ?? 0,
			),
		'audience.sync: somebody unsubscribed': (mailchimp) =>
			syncScene(
				mailchimp,
				(people) => people.slice(1),
				() => stored(mailchimp, 'person0@example.org')?.status === 'unsubscribed',
				{ leavers: 'unsubscribe' },
			),
		'audience.sync: somebody archived': (mailchimp) =>
			syncScene(
				mailchimp,
				(people) => people.slice(1),
				() => stored(mailchimp, 'person0@example.org')?.status === 'archived',
				{ leavers: 'archive' },
			),
		'custom.request': (mailchimp) =>
			scene(
				'custom.request',
				{
					method: 'POST',
					path: `/lists/${AUDIENCE.value}/segments`,
					body: '{"name":"Blue","static_segment":[]}',
				},
				() => mailchimp.audience.segments.size,
			),
	},
};
