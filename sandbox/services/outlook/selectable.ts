import { badRequest } from './errors';
import { typeOf } from './official';

/** What lists give, by their last step. */
const OF: Record<string, string> = {
	attachments: 'attachment',
	calendarView: 'event',
	contacts: 'contact',
	events: 'event',
	instances: 'event',
	messages: 'message',
};

/**
 * Only what a type has can be selected; what a derived type has stands with that type before it
 * (learn.microsoft.com/graph/query-parameters#select-parameter). @throws {GraphError} 400
 */
export function demandSelectable(path: string, $select: string | undefined): void {
	const steps = path.replace(/\/delta$/, '').split('/');
	const type = OF[steps.at(-1) ?? ''] ?? OF[steps.at(-2) ?? ''];
	if (type === undefined || $select === undefined) return;
	for (const given of $select.split(',').map((name) => name.trim())) {
		const [, derived, name = ''] = /^(?:microsoft\.graph\.(\w+)\/)?(.*)$/.exec(given) ?? [];
		if (typeOf(derived ?? type)?.[name] === undefined)
			throw badRequest(
				`Could not find a property named '${name}' on type 'microsoft.graph.${derived ?? type}'.`,
				'RequestBroker--ParseUri',
			);
	}
}
