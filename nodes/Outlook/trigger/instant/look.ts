import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { toServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { lookAgain, lookBack } from '../../../../core/webhook/lookBack';
import { persistStaticData } from '../../../../core/webhook/staticData';
import { memoryOf } from '../../../../core/webhook/takeEvents';
import { wakeLater } from '../../../../core/webhook/wake';
import { outlook } from '../../connection';
import { readChosen } from '../chosen';
import type { Found } from '../delta';
import { items } from '../items';
import { changesInPlaces } from '../places';
import { instantFields } from './fields';
import { keepSubscription } from './lifecycle';
import type { State } from './state';

const MINUTE = 60_000;
/** The subscription lasts for a week. */
const KEEP_EVERY = 50 * MINUTE;
/** What fails for longer than this is told, whether it may work later or not. */
const PATIENCE = 3 * 60 * MINUTE;
/** A notification can come before the change is seen. */
const LATE = 20_000;

export interface Occasion {
	/** Whether the trigger itself calls. */
	isWoken: boolean;
	/** Whether Graph has told that something changed. */
	isNoticed: boolean;
	/** Whether Graph has told that something is the matter with the subscription. */
	keep: boolean;
}

/** What changed since the last look. One call at a time looks; the others wait for it, and look at what came meanwhile. */
export async function look(
	context: IWebhookFunctions,
	state: State,
	{ isWoken, isNoticed, keep }: Occasion,
): Promise<IWebhookResponseData> {
	const node = memoryOf(context)!;
	const chosen = readChosen(context, instantFields);
	const client = await outlook.open(context);
	const kept = await keptUp(context, state, client, keep);
	const how = {
		service: 'Outlook',
		node,
		secret: state.secret,
		isWoken,
		nameOf: ({ name }: Found) => name,
		waitMs: isWoken ? 30_000 : 1_000,
		failed: (error: unknown) => throwIfSerious(error, state.lookedAt),
	};
	const found = await lookBack(context, how, async (forMs) => {
		const before = { ...state.place };
		const { found: events, ...rest } = await changesInPlaces(before, chosen, client, Date.now(), forMs);
		return { events, isEmpty: events.length === 0, ...rest };
	});
	const rows = (found?.events ?? []).map(({ row }) => row);
	const all = await items(rows, chosen, client, context);
	if (all.length === 0 && kept.failure !== undefined) throwIfSerious(kept.failure, state.keptAt);
	const place = found && { place: found.state, lookedAt: Date.now() };
	persistStaticData(context, { ...kept.changes, ...place });
	const address = { url: context.getNodeWebhookUrl('default')!, secret: state.secret! };
	if (found === undefined) wakeLater(context, node, address, MINUTE);
	else if (found.isMore) lookAgain(context, state.secret!);
	else if (isNoticed && found.isEmpty) wakeLater(context, node, address, LATE);
	return all.length > 0 ? { workflowData: [all] } : {};
}

interface Kept {
	/** To be stored. */
	changes?: Pick<State, 'hooks' | 'keptAt'>;
	failure?: unknown;
}

/** Renews the subscription when it is time, or makes it anew. What goes wrong must not keep anybody from looking. */
async function keptUp(
	context: IWebhookFunctions,
	{ keptAt = 0, secret }: State,
	client: Client,
	keep: boolean,
): Promise<Kept> {
	if (!keep && Date.now() - keptAt < KEEP_EVERY) return {};
	try {
		const address = context.getNodeWebhookUrl('default')!;
		return {
			changes: { hooks: await keepSubscription(context, client, address, secret!), keptAt: Date.now() },
		};
	} catch (failure) {
		const { message, facts } = toServiceError(failure);
		context.logger.warn(
			`Outlook’s subscription could not be renewed: ${message}. ${facts.remedy ?? ''} It is tried again within an hour; until then the trigger still looks every hour.`,
			{ node: context.getNode().name },
		);
		return { failure };
	}
}

/** n8n shows what is thrown as a failed execution, and starts the error workflow. What passes by itself is left to the next look. */
function throwIfSerious(error: unknown, lastGood: number | undefined): void {
	const isNew = lastGood !== undefined && Date.now() - lastGood < PATIENCE;
	if (!toServiceError(error).facts.canRetry || !isNew) throw error;
}
