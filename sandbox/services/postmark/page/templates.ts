import type { PostmarkService } from '../service';
import { parseTemplate, suggestModel } from '../mustachio';
import type { PostmarkServer } from '../server';
import { PARTS, type Template } from '../templateStore';
import { mailFrame } from '../../../shell/page/frame';
import { Html, html, number } from '../../../shell/page/html';
import type { Shown, View } from '../../../shell/standIn';
import { type Query, empty, pageOf, searchForm, searcher, tableOf } from '../../../shell/page/list';
import { field } from '../../../shell/page/letter';

export const templatesView: View<PostmarkService> = {
	tab: 'templates',
	label: 'Templates',
	count: ({ servers }) => servers.reduce((sum, { templates }) => sum + templates.size, 0),
	show: templatesList,
	one: templatePage,
};

interface Row {
	template: Template;
	server: PostmarkServer;
}

/** The templates of all servers; the uses are counted from the messages that are still kept. */
function templatesList(postmark: PostmarkService, query: Query): Shown {
	const hit = searcher(query.q);
	const all = postmark.servers.flatMap((server) =>
		server.templates.all.map((template): Row => ({ template, server })),
	);
	const found = all.filter(({ template, server }) =>
		hit(`${template.Name} ${template.Alias ?? ''} ${template.Subject ?? ''} ${server.name}`),
	);
	const page = pageOf(found, query, '/templates', 'template');
	const uses = new Map<number, number>();
	for (const { template } of postmark.messages) {
		if (template) uses.set(template.id, (uses.get(template.id) ?? 0) + 1);
	}
	return {
		title: 'Templates',
		live: true,
		tools: searchForm('/templates', query, 'Name, alias, subject, server…'),
		shown:
			all.length === 0
				? empty('No templates yet', 'Templates and layouts created through the API appear here, rendered.')
				: tableOf(['Name', 'Alias', 'Type', 'Subject', 'Layout', 'Server', { number: 'Sent' }], page, (one) =>
						row(one, uses.get(one.template.TemplateId) ?? 0),
					),
	};
}

function row({ template, server }: Row, uses: number): Html {
	const { TemplateId, Name, Alias, TemplateType, Subject, LayoutTemplate } = template;
	return html`<tr>
		<td class="any"><a href="/templates/${server.id}-${TemplateId}">${Name}</a></td>
		<td class="mono any">${Alias ?? ''}</td>
		<td>
			${TemplateType === 'Layout' ? html`<span class="pill">layout</span>` : html`<span class="small">standard</span>`}
		</td>
		<td class="small any">${Subject ?? ''}</td>
		<td class="mono any">${LayoutTemplate ?? ''}</td>
		<td class="small">${server.name}</td>
		<td class="num">${number(uses)}</td>
	</tr>`;
}

/** One template, drawn with a model that has every name it uses, and its source. */
function templatePage(postmark: PostmarkService, id: string, query: Query): Shown | undefined {
	const [serverId, templateId = ''] = id.split('-');
	const server = postmark.servers.find((one) => String(one.id) === serverId);
	const template = server?.templates.find(Number(templateId));
	if (!server || !template) return undefined;
	const view = query.view ?? (template.HtmlBody ? 'html' : 'text');
	const layout = template.LayoutTemplate ? server.templates.find(template.LayoutTemplate) : undefined;
	const programs = [template, layout].flatMap((one) =>
		one ? PARTS.map((part) => parseTemplate(one[part] ?? '').program ?? []) : [],
	);
	const model = suggestModel(programs);
	const drawn = server.templates.render(template, model);
	const tab = (name: string, label: string) =>
		html`<a href="/templates/${id}?view=${name}" ${name === view ? new Html(' aria-current="true"') : ''}
			>${label}</a
		>`;
	return {
		title: template.Name,
		live: false,
		shown: html`<div class="card pad">
				<h2>${template.Name}</h2>
				<dl>
					${field('Alias', template.Alias ?? '')} ${field('ID', String(template.TemplateId))}
					${field('Server', server.name)} ${field('Type', template.TemplateType)}
					${field('Layout', template.LayoutTemplate ?? '')} ${field('Subject', template.Subject ?? '')}
					${field('Example subject', template.Subject ? drawn.subject : '')}
				</dl>
			</div>
			<div class="views">
				${template.HtmlBody ? tab('html', 'HTML') : ''} ${template.TextBody ? tab('text', 'Text') : ''}
				${tab('source', 'Source')} ${tab('model', 'Example values')}
			</div>
			<div class="card">
				${
					view === 'html'
						? mailFrame(drawn.html ?? '')
						: html`<pre>
${view === 'text' ? (drawn.text ?? '') : view === 'model' ? JSON.stringify(model, null, 2) : sourceOf(template)}</pre>`
				}
			</div>`,
	};
}

function sourceOf(template: Template): string {
	return PARTS.filter((part) => template[part])
		.map((part) => `${part}\n${'─'.repeat(part.length)}\n${template[part]}`)
		.join('\n\n');
}
