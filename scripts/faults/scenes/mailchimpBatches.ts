import { writeMember } from '../../../sandbox/services/mailchimp/memberRules';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import { byId, scene as sceneOf, type Scenes } from '../scene';

const AUDIENCE = byId('a1b2c3d4e5');
const PEOPLE = ['ana', 'ben', 'cem'].map((name) => ({ email: `${name}@example.org` }));

/** In the audience that the stand-in has. */
const scene: typeof sceneOf = (operation, parameters, times, more) =>
	sceneOf(operation, { audience: AUDIENCE, ...parameters }, times, more);

function withMembers(mailchimp: MailchimpService) {
	for (const { email } of PEOPLE)
		writeMember(mailchimp, mailchimp.audience, undefined, {
			given: { email_address: email, status: 'subscribed' },
			expects: 'new',
			skipMergeValidation: true,
			source: 'admin',
		});
	return (item: number) => mailchimp.audience.find(PEOPLE[item]?.email ?? '');
}

const EACH = { member: '={{ $json.email }}' };
const together = { items: PEOPLE };
const BATCH = { batchFrom: 1 };

/** Calls of many contacts that travel in one batch, and batches of the user's own. */
export const batches: Scenes<MailchimpService>['scenes'] = {
	'member.archive: in a batch': (mailchimp) => {
		const stored = withMembers(mailchimp);
		return scene(
			'member.archive',
			{ ...EACH, options: BATCH },
			(item) => stored(item)?.status === 'archived',
			together,
		);
	},
	'member.update: in a batch': (mailchimp) => {
		const stored = withMembers(mailchimp);
		return scene(
			'member.update',
			{ ...EACH, options: { ...BATCH, language: 'de' } },
			(item) => stored(item)?.language === 'de',
			together,
		);
	},
	'member.changeTags: in a batch': (mailchimp) => {
		const stored = withMembers(mailchimp);
		return scene(
			'member.changeTags',
			{ ...EACH, add: 'Blue', options: BATCH },
			(item) => mailchimp.audience.tagsOf(stored(item)?.id ?? '').length,
			together,
		);
	},
	'member.addNote: in a batch': (mailchimp) => {
		const stored = withMembers(mailchimp);
		return scene(
			'member.addNote',
			{ ...EACH, note: 'Called', options: BATCH },
			(item) => stored(item)?.notes.size ?? 0,
			together,
		);
	},
	'member.addEvent: in a batch': (mailchimp) => {
		const stored = withMembers(mailchimp);
		return scene(
			'member.addEvent',
			{ ...EACH, name: 'purchased', options: BATCH },
			(item) => stored(item)?.events.length ?? 0,
			together,
		);
	},
	'member.deletePermanently: in a batch': (mailchimp) => {
		const stored = withMembers(mailchimp);
		return scene(
			'member.deletePermanently',
			{ ...EACH, confirmed: true, options: BATCH },
			(item) => stored(item) === undefined,
			together,
		);
	},
	'member.create: in a batch': (mailchimp) =>
		scene(
			'member.create',
			{ emailAddress: '={{ $json.email }}', options: BATCH },
			(item) => mailchimp.audience.find(PEOPLE[item]?.email ?? '') !== undefined,
			together,
		),
	'batch.run': (mailchimp) => {
		const stored = withMembers(mailchimp);
		return sceneOf(
			'batch.run',
			{
				method: 'POST',
				path: `=/lists/${AUDIENCE.value}/members/{{ $json.email }}/notes`,
				body: '{"note":"Called"}',
			},
			(item) => stored(item)?.notes.size ?? 0,
			together,
		);
	},
	'batch.run: not waited for': (mailchimp) =>
		sceneOf(
			'batch.run',
			{
				method: 'POST',
				path: `/lists/${AUDIENCE.value}/segments`,
				body: '{"name":"Blue","static_segment":[]}',
				wait: false,
			},
			() => mailchimp.batches.all.size,
		),
	'batch.delete': (mailchimp) => {
		const { id } = mailchimp.batches.add([{ method: 'GET', path: '/ping' }], `Bearer ${mailchimp.apiKey}`);
		return sceneOf('batch.delete', { batchId: id }, () => !mailchimp.batches.all.has(id));
	},
};
