import { answerEach, checkSize } from './batch';
import { readBody } from './body';
import { named } from './names';
import { PostmarkError, invalidField } from './errors';
import type { Model } from './mustachio';
import type { StoredMessage } from './records';
import type { Resource } from './resource';
import { type Accepted, accept } from './sending';
import type { Caller, PostmarkState } from './state';

/**
 * `POST /email/withTemplate`, and `POST /email/batchWithTemplates` with the messages in `Messages`
 * (postmarkapp.com/developer/api/templates-api).
 */
export const templateSend: Resource = ({ app, state, testable }) => {
	app.post('/email/withTemplate', async (request) => {
		const caller = testable(request);
		checkSize(request);
		return acceptTemplated(request.body, caller, state, 'POST /email/withTemplate');
	});

	app.post('/email/batchWithTemplates', async (request) => {
		const caller = testable(request);
		const { Messages } = readBody(request, state, { Messages: 'array' });
		return answerEach(Messages, request, (message) =>
			acceptTemplated(message, caller, state, 'POST /email/batchWithTemplates'),
		);
	});
};

const OF_TEMPLATE = ['TemplateId', 'TemplateAlias', 'TemplateModel', 'InlineCss'];
/** Words of a message that a template gives. */
const WORDS = ['Subject', 'HtmlBody', 'TextBody'];

/** Renders the template and takes the message in like any other. The service also puts CSS inline; the sandbox does not. */
export function acceptTemplated(
	value: unknown,
	caller: Caller,
	state: PostmarkState,
	route: string,
): Accepted {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new PostmarkError(402, 'The message must be a JSON object.');
	}
	const given = named(value, [...OF_TEMPLATE, ...WORDS]);
	const { template, parts } = compose(given, caller);
	const message = Object.fromEntries(Object.entries(given).filter(([name]) => !OF_TEMPLATE.includes(name)));
	return accept({ ...message, ...parts }, caller, state, route, template);
}

/** The rendered parts of a message that names a template. @throws 403, 1101 or 1123. */
export function compose(given: Record<string, unknown>, { server }: Caller) {
	for (const field of WORDS) {
		if (given[field]) {
			throw new PostmarkError(1123, `The field '${field}' is not allowed: it comes from the template.`);
		}
	}
	const { TemplateId: id, TemplateAlias: alias, TemplateModel: model, InlineCss: inline } = given;
	// A number may come as text.
	if (id !== undefined && id !== null && id !== '' && !Number.isInteger(Number(id))) {
		throw invalidField("The field 'TemplateId' must be a whole number.");
	}
	if (alias !== undefined && alias !== null && typeof alias !== 'string') {
		throw invalidField("The field 'TemplateAlias' must be a string.");
	}
	if (!id && !alias) throw invalidField("Either 'TemplateId' or 'TemplateAlias' is required.");
	if (typeof model !== 'object' || model === null || Array.isArray(model)) {
		throw invalidField("The field 'TemplateModel' is required, and must be an object.");
	}
	if (inline !== undefined && inline !== null && typeof inline !== 'boolean') {
		throw invalidField("The field 'InlineCss' must be true or false.");
	}
	// The test token belongs to no server, so it has no templates.
	const template = server?.templates.find((Number(id) || alias) as number | string);
	if (!server || !template || template.TemplateType === 'Layout') {
		throw new PostmarkError(
			1101,
			`The Template's 'Alias' or 'TemplateId' associated with this request is not valid or was not found.`,
		);
	}
	const { subject, html, text } = server.templates.render(template, model as Model);
	// Line breaks that come from the model would end the subject's header.
	const Subject = subject.replace(/[\r\n]+/g, ' ');
	const named: StoredMessage['template'] = { id: template.TemplateId, alias: template.Alias };
	// A template may have only one of the two bodies.
	return { template: named, parts: { Subject, HtmlBody: html ?? null, TextBody: text ?? null } };
}
