import type { InjectOptions } from 'fastify';
import { newId } from './audience';
import { MailchimpError } from './errors';

export interface Operation {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	params?: Record<string, string>;
	body?: string;
	operation_id?: string;
}

export interface Result {
	status_code: number;
	operation_id: string;
	response: string;
}

export interface Batch {
	id: string;
	status: 'pending' | 'preprocessing' | 'started' | 'finalizing' | 'finished';
	operations: Operation[];
	results: Result[];
	authorization: string;
	submitted_at: string;
	completed_at: string;
}

/** Pending batches an account can have. */
const MOST = 500;

/** Operations that are done later, their results in a file (mailchimp.com/developer/marketing/guides/run-async-requests-batch-endpoint). */
export class Batches {
	readonly all = new Map<string, Batch>();
	private readonly timers = new Set<NodeJS.Timeout>();

	constructor(
		private readonly clock: { stamp(): string; readonly settings: { batchMs: number } },
		private readonly inject: (request: InjectOptions) => Promise<{ statusCode: number; body: string }>,
	) {}

	add(operations: Operation[], authorization: string): Batch {
		const pending = [...this.all.values()].filter(({ status }) => status !== 'finished');
		if (pending.length >= MOST)
			throw new MailchimpError(429, 'Too Many Requests', `You have ${MOST} pending batches.`);
		const batch: Batch = {
			id: newId(),
			status: 'pending',
			operations,
			results: [],
			authorization,
			submitted_at: this.clock.stamp(),
			completed_at: '',
		};
		this.all.set(batch.id, batch);
		this.later(() => {
			batch.status = 'started';
			void this.run(batch);
		});
		return batch;
	}

	clear(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.all.clear();
	}

	private async run(batch: Batch): Promise<void> {
		for (const one of batch.operations) {
			if (!this.all.has(batch.id)) return;
			batch.results.push(await this.perform(one, batch.authorization));
		}
		this.later(() => {
			batch.status = 'finished';
			batch.completed_at = this.clock.stamp();
		});
	}

	private async perform(
		{ method, path, params, body, operation_id: id = '' }: Operation,
		authorization: string,
	) {
		const search = params ? `?${new URLSearchParams(params).toString()}` : '';
		const answer = await this.inject({
			method,
			url: `/3.0${path.startsWith('/') ? path : `/${path}`}${search}`,
			headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			...(body === undefined ? {} : { payload: body }),
		});
		return { status_code: answer.statusCode, operation_id: id, response: answer.body };
	}

	private later(work: () => void): void {
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			work();
		}, this.clock.settings.batchMs);
		timer.unref();
		this.timers.add(timer);
	}
}
