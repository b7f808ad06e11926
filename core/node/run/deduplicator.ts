import type { IDataObject } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from '../../connection/connection';
import { claim, type Claim, type Fate } from '../../batch/inFlight';
import type { Chunk } from '../../batch/chunks';
import {
	idOf,
	MAX_TRIES,
	pausesOf,
	type Finder,
	type Found,
	type FoundMessage,
	type IdempotencyKey,
	type KeyedMessage,
} from '../../batch/idempotency';
import type { IdempotencyStrategy } from '../idempotency';
import { toServiceError, ServiceError } from '../../errors';
import type { ParameterReader } from '../parameters/reader';
import type { ItemResult } from '../operation';
import type { RunContext } from './runContext';
import { keyOfAnother } from './keyOfAnother';
import { WorkerClaims, type Elsewhere } from './workerClaims';

type Send = (chunk: Chunk) => Promise<ItemResult[]>;

/**
 * Sees to it that a bulk run sends each marked message once: what went out earlier is not sent, what this process or
 * another worker is sending at the same moment is waited for, and what got lost on its way is looked up before it is sent again. Messages
 * without a mark pass through untouched.
 */
export class Deduplicator {
	private readonly held = new Map<number, { mark: IdempotencyKey; id: string; claim: Claim }>();
	private readonly workers: WorkerClaims;
	private readonly waiting: Array<Promise<void>> = [];
	private readonly finder: Finder;

	constructor(
		private readonly once: IdempotencyStrategy<Connection, unknown>,
		private readonly run: RunContext,
		private readonly answer: (index: number, part: ItemResult) => void,
	) {
		this.finder = once.finder(run.client, run.count);
		this.workers = new WorkerClaims(run.signal);
	}

	/** Whether the item's message is to be sent. If not, its answer follows from the message with the same mark. */
	admits(item: ParameterReader, message: unknown): boolean {
		const mark = this.once.keyOf(item, message);
		if (mark === undefined) return true;
		const id = `${this.run.client.account} ${idOf(mark)}`;
		const claimed = claim(id, mark.message);
		if ('others' in claimed) {
			const mistake = this.mistakeIn(mark, claimed.message);
			if (mistake !== undefined) throw mistake;
			this.waiting.push(claimed.others.then((fate) => this.follow(item.index, fate)));
			return false;
		}
		this.held.set(item.index, { mark, id, claim: claimed.mine });
		return true;
	}

	/** Sends what has to be sent of a chunk; one answer for each message, in the chunk's order. */
	async deliver(chunk: Chunk, send: Send): Promise<ItemResult[]> {
		const parts = new Array<ItemResult | undefined>(chunk.size);
		const idAt = (index: number) => this.held.get(index)?.id;
		for (let open = openIn(parts); open.length > 0; open = openIn(parts)) {
			const { mine, others } = await this.workers.admit(chunk, open, idAt);
			// Before waiting for other workers, which may be waiting for these.
			await this.deliverOwn(chunk, mine, parts, send);
			for (const { position, fate } of others) {
				const known = await fate;
				if (known !== undefined) parts[position] = this.fromOther(known, chunk.indexes[position]!);
			}
		}
		return parts as ItemResult[];
	}

	/** Sends what this run holds among all workers. What it can no longer be sure to hold stays open. */
	private async deliverOwn(
		whole: Chunk,
		positions: number[],
		parts: Array<ItemResult | undefined>,
		send: Send,
	): Promise<void> {
		if (positions.length === 0) return;
		const chunk = whole.only(positions);
		const own = new Array<ItemResult | undefined>(chunk.size);
		await this.lookForDoubtful(chunk, own);
		await this.skipSent(chunk, own);
		for (let tries = 1; ; tries++) {
			const open = openIn(own).filter((position) => this.workers.isHeld(chunk.indexes[position]!));
			if (open.length === 0) break;
			const answers = await this.sendHeld(chunk.only(open), send);
			open.forEach((position, i) => (own[position] = answers?.[i]));
			await this.clearDoubts(chunk, own, tries);
		}
		positions.forEach((position, i) => {
			parts[position] = own[i];
			const index = chunk.indexes[i]!;
			const { message } = this.held.get(index)?.mark ?? {};
			this.workers.settle(index, { ...fateOf(own[i] ?? { failed: givenBack() }), message });
		});
	}

	/**
	 * Sends, as long as this run holds every message just before: a request may have waited for its turn for minutes, and
	 * another worker have taken this one for dead. Undefined when it was not sent for that reason.
	 */
	private async sendHeld(chunk: Chunk, send: Send): Promise<ItemResult[] | undefined> {
		let isLost = false;
		chunk.beforeSending = () => {
			if (chunk.indexes.every((index) => this.workers.isHeld(index))) return;
			isLost = true;
			throw givenBack().with({ canRetry: false });
		};
		const answers = await send(chunk);
		return isLost ? undefined : answers;
	}

	/** Tells those who wait for the item's message what became of it. */
	settle(index: number, part: ItemResult): void {
		this.held.get(index)?.claim.settle(fateOf(part));
		this.held.delete(index);
	}

	/** At the end of a run, whatever its end: what was never sent is free again, and all answers are in. */
	async close(): Promise<void> {
		const failed = new ServiceError({
			message: 'The run ended before this was sent',
			remedy: 'Run it again.',
			outcome: 'notSent',
			canRetry: true,
		});
		for (const index of [...this.held.keys()]) this.settle(index, { failed });
		await Promise.all(this.waiting);
	}

	private async skipSent(chunk: Chunk, parts: Array<ItemResult | undefined>): Promise<void> {
		const marked = this.markedIn(chunk).filter(({ position }) => parts[position] === undefined);
		if (marked.length === 0) return;
		try {
			const found = await this.finder.before(marked.map(({ mark }) => mark));
			for (const { position, mark } of marked) {
				const earlier = found.get(idOf(mark));
				if (earlier !== undefined) parts[position] = this.asFound(earlier, mark);
			}
		} catch (error) {
			const failed = unchecked(toServiceError(error));
			for (const { position } of marked) parts[position] = { failed };
		}
	}

	/** What a worker that died, or an earlier run, may have sent: the search is behind, so it is looked for with patience. */
	private async lookForDoubtful(chunk: Chunk, parts: Array<ItemResult | undefined>): Promise<void> {
		const doubtful = this.markedIn(chunk).filter(({ index }) => this.isDoubtful(index));
		if (doubtful.length === 0) return;
		const { found, isSure } = await this.search(doubtful.map(({ mark }) => mark));
		for (const { position, mark } of doubtful) {
			const earlier = found.get(idOf(mark));
			if (earlier !== undefined) parts[position] = this.asFound(earlier, mark);
			else if (!isSure) parts[position] = { failed: unchecked(new ServiceError({ message: NOT_FOUND_OUT })) };
		}
	}

	/** Marked messages whose fate is unknown: found, free to be sent again (no answer), or as unknown as before. */
	private async clearDoubts(
		chunk: Chunk,
		parts: Array<ItemResult | undefined>,
		tries: number,
	): Promise<void> {
		const doubtful = this.markedIn(chunk).filter(({ position }) => isUnknown(parts[position]));
		if (doubtful.length === 0) return;
		const { found, isSure } = await this.search(doubtful.map(({ mark }) => mark));
		for (const { position, mark } of doubtful) {
			const own = found.get(idOf(mark));
			if (own !== undefined) parts[position] = { done: own.row };
			else if (isSure) parts[position] = tries < MAX_TRIES ? undefined : notArrived(parts[position]!);
		}
	}

	/** Asks until all are found or patience ends. `isSure`: what is not found was not sent. */
	private async search(marks: IdempotencyKey[]): Promise<{ found: Found; isSure: boolean }> {
		const found: Found = new Map();
		let isSure = false;
		for (const pause of pausesOf(this.waitFor(marks))) {
			try {
				await wait(pause, undefined, this.run.signal ? { signal: this.run.signal } : undefined);
				const missing = marks.filter((mark) => !found.has(idOf(mark)));
				for (const [id, one] of await this.finder.now(missing)) found.set(id, one);
				isSure = true;
			} catch {
				isSure = false;
			}
			if (found.size === marks.length || this.run.signal?.aborted) break;
		}
		return { found, isSure: isSure && !this.run.signal?.aborted };
	}

	private isDoubtful(index: number): boolean {
		return this.workers.isDoubtful(index) || this.held.get(index)?.claim.isDoubtful === true;
	}

	private waitFor(marks: IdempotencyKey[]): number | undefined {
		const waits = marks.flatMap(({ searchWaitMs }) => searchWaitMs ?? []);
		return waits.length > 0 ? Math.max(...waits) : this.once.searchWaitMs;
	}

	private follow(index: number, fate: Fate): void {
		if ('sent' in fate) this.answer(index, this.repeated(fate.sent));
		else if (!this.run.results.isClosed) this.answer(index, { failed: sameFate(fate.failed) });
	}

	private fromOther(fate: NonNullable<Elsewhere>, index: number): ItemResult {
		if ('notClaimed' in fate) return { failed: fate.notClaimed };
		const mistake = this.mistakeIn(this.held.get(index)!.mark, fate.message);
		if (mistake !== undefined) return { failed: mistake };
		return 'sent' in fate ? this.repeated(fate.sent) : { failed: sameFate(fate.failed) };
	}

	private asFound({ row, message }: FoundMessage, mark: IdempotencyKey): ItemResult {
		const mistake = this.mistakeIn(mark, message);
		return mistake === undefined ? this.repeated(row) : { failed: mistake };
	}

	private mistakeIn(mark: IdempotencyKey, other: KeyedMessage | undefined): ServiceError | undefined {
		return keyOfAnother(this.once.keyField, mark, other);
	}

	private repeated(earlier: IDataObject): ItemResult {
		this.run.feedback.hint(
			'Some items were sent earlier and were not sent again: “alreadySent” is true in them.',
		);
		return { done: this.once.alreadySent(earlier) };
	}

	private markedIn(chunk: Chunk): Array<{ position: number; index: number; mark: IdempotencyKey }> {
		return chunk.indexes.flatMap((index, position) => {
			const held = this.held.get(index);
			return held === undefined ? [] : [{ position, index, mark: held.mark }];
		});
	}
}

const NOT_FOUND_OUT = 'an earlier try may have sent it, and the service could not be asked';

const openIn = (parts: Array<ItemResult | undefined>): number[] =>
	Array.from(parts, (part, position) => (part === undefined ? position : -1)).filter((p) => p >= 0);

const fateOf = (part: ItemResult): Fate => ('done' in part ? { sent: part.done } : part);

/** It was not tried, and is claimed again at once. */
const givenBack = () =>
	new ServiceError({ message: 'It was not sent yet', outcome: 'notSent', canRetry: true });

const isUnknown = (part: ItemResult | undefined): boolean =>
	part !== undefined && 'failed' in part && part.failed.outcome === 'unknown';

function unchecked(cause: ServiceError): ServiceError {
	return cause.with({
		message: `It was not sent, because it could not be looked up whether it was sent before: ${cause.message}`,
		remedy: `${cause.remedy ?? ''} Nothing was sent for this item: run it again later.`.trim(),
		outcome: 'notSent',
		canRetry: true,
	});
}

function notArrived(part: ItemResult): ItemResult {
	if (!('failed' in part)) return part;
	return {
		failed: part.failed.with({
			message: `It was handed over ${MAX_TRIES} times, and was not there when it was looked up: it was not sent`,
			remedy: 'Look at the status page of the service, and run it again later.',
			outcome: 'refused',
			canRetry: true,
		}),
	};
}

function sameFate(failure: ServiceError): ServiceError {
	return failure.with({
		message: `Not sent, because another item with the same key was tried first: ${failure.message}`,
	});
}
