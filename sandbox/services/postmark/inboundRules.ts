import { parseAddress } from './addresses';
import { readBody } from './body';
import { PostmarkError } from './errors';
import { readPage } from './paging';
import type { Resource } from './resource';

const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u;

/** `/triggers/inboundrules`: senders whose mail is blocked (postmarkapp.com/developer/api/inbound-rules-triggers-api). */
export const inboundRules: Resource = ({ app, state, server }) => {
	app.get('/triggers/inboundrules', async (request) => {
		const of = server(request);
		const { count, offset } = readPage(request, state, [], 800);
		const rules = [...of.inboundRules].map(([ID, Rule]) => ({ ID, Rule }));
		return { TotalCount: rules.length, InboundRules: rules.slice(offset, offset + count) };
	});

	app.post('/triggers/inboundrules', async (request) => {
		const of = server(request);
		const { Rule } = readBody(request, state, { Rule: 'string' }) as { Rule?: string };
		if (!Rule) throw new PostmarkError(809, 'No trigger data was submitted.');
		if (!isSender(Rule)) throw new PostmarkError(813, `'${Rule}' is not an email address or a domain.`);
		if ([...of.inboundRules.values()].some((one) => one.toLowerCase() === Rule.toLowerCase())) {
			throw new PostmarkError(810, `There is a rule for '${Rule}' already.`);
		}
		const ID = state.newId();
		of.inboundRules.set(ID, Rule);
		return { ID, Rule };
	});

	app.delete<{ Params: { id: string } }>('/triggers/inboundrules/:id', async (request) => {
		const of = server(request);
		const ID = Number(request.params.id);
		const rule = of.inboundRules.get(ID);
		if (rule === undefined)
			throw new PostmarkError(812, `There is no rule with the id '${request.params.id}'.`);
		of.inboundRules.delete(ID);
		return { ErrorCode: 0, Message: `Rule ${rule} removed.` };
	});
};

function isSender(rule: string): boolean {
	if (DOMAIN.test(rule)) return true;
	try {
		return parseAddress(rule, 'Rule').Email === rule;
	} catch (error) {
		if (error instanceof PostmarkError) return false;
		throw error;
	}
}
