import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { invalid, SendPulseError } from './errors';
import { bodyOf, page } from './lists';
import { nowStamp, type Template } from './records';

/** One of those that SendPulse offers to everybody: lists have them, and not the account's own, unless an owner is named. */
const OFFERED = {
	id: 'f3266876955c9d21e214deed49b97446',
	real_id: 1153018,
	lang: 'en',
	name: 'Webinar Speakers',
	owner: 'sendpulse',
};

export function templateRoutes(app: FastifyInstance, { templates, newId }: Account): void {
	const ownOf = (id: string): [string, Template] => {
		const found = templates.get(id);
		if (found === undefined) throw new SendPulseError(404, 290, 'Template not found');
		return [id, found];
	};
	app.get('/templates', async (request) => {
		const { owner = 'sendpulse' } = request.query as { owner?: string };
		return page(owner === 'me' ? [...templates].map(briefOf) : [OFFERED], request);
	});
	app.get('/template/:id', async (request) => {
		const { id } = request.params as { id: string };
		const { owner = 'me' } = request.query as { owner?: string };
		if (owner === 'sendpulse' && [OFFERED.id, String(OFFERED.real_id)].includes(id)) return OFFERED;
		const [found, template] = ownOf(id);
		return { ...briefOf([found, template]), body: Buffer.from(template.html).toString('base64') };
	});
	app.post('/template', async (request) => {
		const { body, name, lang = 'en' } = bodyOf(request) as Record<string, string>;
		if ([...templates.values()].some((one) => one.name === name))
			throw invalid('Template name already in use', 573);
		const id = newId();
		templates.set(String(id), {
			name: name || `Template ${id}`,
			html: decoded(body!),
			lang,
			created: nowStamp(),
		});
		return { result: true, real_id: id };
	});
	app.post('/template/edit/:id', async (request) => {
		const [, found] = ownOf((request.params as { id: string }).id);
		const { body, lang = found.lang } = bodyOf(request) as Record<string, string>;
		found.html = decoded(body!);
		found.lang = lang;
		return { result: true };
	});
}

const decoded = (body: string): string => {
	const html = Buffer.from(body, 'base64').toString('utf8');
	if (html === '') throw invalid('Template body is empty', 32);
	return html;
};

const briefOf = ([id, { name, lang, created }]: [string, Template]) => ({
	id,
	real_id: Number(id),
	lang,
	name,
	name_slug: name.toLowerCase().replace(/\W+/g, '-'),
	created,
	owner: 'me',
});
