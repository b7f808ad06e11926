import { newTag } from '../../../sandbox/services/mailchimp/audience';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import { byId, type Scenes, scene as sceneOf } from '../scene';

const AUDIENCE = byId('a1b2c3d4e5');
const CATEGORY = 'cafe000001';

/** In the audience that the stand-in has. */
const scene: typeof sceneOf = (operation, parameters, times, more) =>
	sceneOf(operation, { audience: AUDIENCE, ...parameters }, times, more);

const within = (more: object = {}) => ({ category: byId(CATEGORY), ...more });

function withCategory({ audience }: MailchimpService, names: string[] = []) {
	const interests = new Map(
		names.map((name, at) => [`beef00000${at}`, { id: `beef00000${at}`, name, display_order: 0 }]),
	);
	const category = {
		id: CATEGORY,
		list_id: audience.id,
		title: 'Topics',
		type: 'checkboxes',
		display_order: 0,
		interests: interests as Map<string | number, { id: string; name: string; display_order: number }>,
	};
	audience.categories.set(CATEGORY, category);
	return category;
}

function withSegment(mailchimp: MailchimpService) {
	const segment = newTag(mailchimp.newId(), 'Berliners', '2020-01-01T00:00:00+00:00');
	segment.type = 'saved';
	mailchimp.audience.segments.set(segment.id, segment);
	return segment;
}

const CONDITIONS =
	'{ "conditions": [{ "condition_type": "EmailAddress", "field": "EMAIL", "op": "ends", "value": "@example.org" }] }';
const CHANGED = { name: 'Locals', match: 'any', conditions: CONDITIONS };

export const groups: Scenes<MailchimpService>['scenes'] = {
	'interestCategory.create': ({ audience: { categories } }) =>
		scene('interestCategory.create', { title: 'Topics' }, () => categories.size),
	'interestCategory.create: is there already': (mailchimp) => {
		withCategory(mailchimp).type = 'radio';
		return scene(
			'interestCategory.create',
			{ title: 'Topics' },
			() => mailchimp.audience.categories.size - 1,
			{
				isRefused: true,
			},
		);
	},
	'interestCategory.update': (mailchimp) => {
		const category = withCategory(mailchimp);
		return scene('interestCategory.update', within({ title: 'Themes' }), () => category.title === 'Themes');
	},
	'interestCategory.delete': (mailchimp) => {
		withCategory(mailchimp);
		return scene('interestCategory.delete', within(), () => mailchimp.audience.categories.size === 0);
	},
	'interest.create': (mailchimp) => {
		const { interests } = withCategory(mailchimp);
		return scene('interest.create', within({ name: 'Tea' }), () => interests.size);
	},
	'interest.update': (mailchimp) => {
		const { interests } = withCategory(mailchimp, ['Tea']);
		return scene(
			'interest.update',
			within({ interest: byId('beef000000'), name: 'Coffee' }),
			() => interests.get('beef000000')?.name === 'Coffee',
		);
	},
	'interest.delete': (mailchimp) => {
		const { interests } = withCategory(mailchimp, ['Tea']);
		return scene('interest.delete', within({ interest: byId('beef000000') }), () => interests.size === 0);
	},
	'tag.rename': ({ audience }) => {
		const tag = newTag(2901, 'Blue', '2020-01-01T00:00:00+00:00');
		audience.segments.set(tag.id, tag);
		return scene('tag.rename', { tag: byId(String(tag.id)), name: 'Navy' }, () => tag.name === 'Navy');
	},
	'segment.create': ({ audience: { segments } }) =>
		scene('segment.create', { name: 'Berliners', conditions: CONDITIONS }, () => segments.size),
	'segment.create: is there already': (mailchimp) => {
		withSegment(mailchimp);
		return scene(
			'segment.create',
			{ name: 'Berliners', conditions: CONDITIONS },
			() => mailchimp.audience.segments.size - 1,
			{ isRefused: true },
		);
	},
	'segment.update': (mailchimp) => {
		const segment = withSegment(mailchimp);
		return scene(
			'segment.update',
			{ segment: byId(String(segment.id)), ...CHANGED },
			() => segment.name === 'Locals',
		);
	},
	'segment.delete': (mailchimp) => {
		const { id } = withSegment(mailchimp);
		return scene('segment.delete', { segment: byId(String(id)) }, () => !mailchimp.audience.segments.has(id));
	},
};
