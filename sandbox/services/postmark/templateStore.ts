import { PostmarkError } from './errors';
import { type Model, type Parsed, parseTemplate, renderTemplate } from './mustachio';

export interface Template {
	TemplateId: number;
	Name: string;
	Alias: string | null;
	Subject: string | null;
	HtmlBody: string | null;
	TextBody: string | null;
	TemplateType: 'Standard' | 'Layout';
	/** Alias of the layout around it. */
	LayoutTemplate: string | null;
	AssociatedServerId: number;
	Active: boolean;
}

export type Part = 'Subject' | 'HtmlBody' | 'TextBody';
export const PARTS: Part[] = ['Subject', 'HtmlBody', 'TextBody'];

/** What a template makes of a model. */
export interface Rendered {
	subject: string;
	html?: string | undefined;
	text?: string | undefined;
}

/** The templates of one server (postmarkapp.com/developer/api/templates-api). */
export class Templates {
	private byId = new Map<number, Template>();
	private byAlias = new Map<string, Template>();
	/** Parsed once for the thousands of messages that use them. */
	private parsed = new WeakMap<Template, Record<Part, Parsed>>();

	get all(): Template[] {
		return [...this.byId.values()];
	}

	get size(): number {
		return this.byId.size;
	}

	/** By number or by alias. */
	find(idOrAlias: string | number): Template | undefined {
		const id = Number(idOrAlias);
		return (Number.isInteger(id) ? this.byId.get(id) : undefined) ?? this.byAlias.get(String(idOrAlias));
	}

	/** A template that has nothing yet and is not stored. */
	blank(id: number, serverId: number): Template {
		return {
			TemplateId: id,
			Name: '',
			Alias: null,
			Subject: null,
			HtmlBody: null,
			TextBody: null,
			TemplateType: 'Standard',
			LayoutTemplate: null,
			AssociatedServerId: serverId,
			Active: true,
		};
	}

	put(template: Template): void {
		this.remove(template.TemplateId);
		this.byId.set(template.TemplateId, template);
		if (template.Alias) this.byAlias.set(template.Alias, template);
	}

	remove(id: number): void {
		const old = this.byId.get(id);
		if (old?.Alias) this.byAlias.delete(old.Alias);
		this.byId.delete(id);
	}

	usersOf(layout: Template): Template[] {
		return layout.Alias ? this.all.filter(({ LayoutTemplate }) => LayoutTemplate === layout.Alias) : [];
	}

	/** @throws {PostmarkError} 1122 when a part cannot be read; a stored template always can. */
	render(template: Template, model: Model): Rendered {
		const part = (name: Part): string | undefined => {
			const source = this.draw(template, name, model);
			const layout = template.LayoutTemplate ? this.find(template.LayoutTemplate) : undefined;
			return source === undefined || !layout || name === 'Subject'
				? source
				: (this.draw(layout, name, model, source) ?? source);
		};
		return { subject: part('Subject') ?? '', html: part('HtmlBody'), text: part('TextBody') };
	}

	private draw(template: Template, name: Part, model: Model, content?: string): string | undefined {
		if (template[name] === null) return undefined;
		const { program, problems } = this.partsOf(template)[name];
		if (!program)
			throw new PostmarkError(1122, `The template's ${name} is not valid: ${problems[0]?.Message}`);
		return renderTemplate(program, model, name === 'HtmlBody', content);
	}

	private partsOf(template: Template): Record<Part, Parsed> {
		const known = this.parsed.get(template);
		if (known) return known;
		const made = Object.fromEntries(
			PARTS.map((name) => [name, parseTemplate(template[name] ?? '')]),
		) as Record<Part, Parsed>;
		this.parsed.set(template, made);
		return made;
	}
}
