import { readBody } from './body';
import { PostmarkError } from './errors';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';
import { PARTS, type Template } from './templateStore';

const FIELDS = {
	SourceServerID: 'number',
	DestinationServerID: 'number',
	PerformChanges: 'boolean',
} as const;

/**
 * `PUT /templates/push` with the account token: copies what has an alias to another server, where the alias decides
 * between Create and Edit. Without PerformChanges it only tells what it would do (postmarkapp.com/developer/api/templates-api).
 */
export const templatePush: Resource = ({ app, state, account }) => {
	app.put('/templates/push', async (request) => {
		account(request);
		const given = readBody(request, state, FIELDS) as {
			SourceServerID?: number;
			DestinationServerID?: number;
			PerformChanges?: boolean;
		};
		const { source, target } = serversOf(state, given);
		// Layouts first: a template cannot be made before the layout it names.
		const pushed = source.templates.all
			.filter(({ Alias }) => Alias)
			.sort((a, b) => Number(b.TemplateType === 'Layout') - Number(a.TemplateType === 'Layout'));
		const actions = pushed.flatMap((template) => actionOf(template, target));
		if (given.PerformChanges) {
			for (const { template, present } of actions) {
				const TemplateId = present?.TemplateId ?? state.newId();
				target.templates.put({ ...template, TemplateId, AssociatedServerId: target.id });
			}
		}
		return {
			TotalCount: actions.length,
			Templates: actions.map(({ action, template, present }) => ({
				Action: action,
				TemplateId:
					present?.TemplateId ??
					(given.PerformChanges ? target.templates.find(template.Alias ?? '')?.TemplateId : null),
				Alias: template.Alias,
				Name: template.Name,
				TemplateType: template.TemplateType,
			})),
		};
	});
};

interface Action {
	action: 'Create' | 'Edit';
	template: Template;
	/** What it replaces. */
	present?: Template;
}

/** Templates that are the same already are left out: the sandbox's own reading. */
function actionOf(template: Template, target: PostmarkServer): Action[] {
	const present = target.templates.find(template.Alias ?? '');
	if (!present) return [{ action: 'Create', template }];
	if (present.TemplateType !== template.TemplateType) {
		throw new PostmarkError(
			1125,
			`'${template.Alias}' is a ${template.TemplateType} on one server and a ${present.TemplateType} on the other.`,
		);
	}
	const same = ([...PARTS, 'Name', 'LayoutTemplate'] as const).every(
		(field) => present[field] === template[field],
	);
	return same ? [] : [{ action: 'Edit', template, present }];
}

/**
 * Which servers a push is between. Whoever names none is told as if it did not exist: that, and the words, are those of
 * the real service (github.com/ActiveCampaign/postmark.js, test/integration/Templates.test.ts).
 */
function serversOf(
	state: PostmarkState,
	given: { SourceServerID?: number; DestinationServerID?: number },
): { source: PostmarkServer; target: PostmarkServer } {
	const [source, target] = [given.SourceServerID, given.DestinationServerID].map((id) =>
		state.servers.find((one) => one.id === id),
	);
	if (source && target) return { source, target };
	if (source) throw new PostmarkError(1122, 'The destination server was not found.');
	if (target) throw new PostmarkError(1122, 'The source server was not found.');
	throw new PostmarkError(1122, 'The source and destination servers were not found.');
}
