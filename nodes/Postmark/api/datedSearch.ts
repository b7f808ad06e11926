import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { wallClock } from '../../../core/node/parameters/time';
import { TooManyRows } from '../../../core/poll/backfill';
import { ServiceError } from '../../../core/errors';
import { listOf } from '../connection';

/** “Count + Offset cannot exceed 10,000” (https://postmarkapp.com/developer/api/bounce-api#bounces, and for messages). */
export const REACH = 10_000;
const PAGE = 500;
const SECOND = 1_000;
const HOUR = 60 * 60 * SECOND;
/** “Our API uses Eastern Time Zone” (https://postmarkapp.com/developer/api/bounce-api#bounces). */
const EASTERN = 'America/New_York';

interface Page {
	rows: IDataObject[];
	total: number;
}

interface Answer {
	TotalCount: number;
}

interface Period {
	fromdate: string;
	todate: string;
}

/** One of Postmark's searches, for all that happened between two moments. */
export class DatedSearch {
	/** The zone in which Postmark reads dates, once it had to be known. */
	zone?: string;

	/** @param at when a row happened, in epoch milliseconds; without it the zone stays unknown, and short windows are read with
	 * up to five hours more. */
	constructor(
		private readonly client: Client,
		private readonly path: string,
		private readonly key: string,
		private readonly query: IDataObject,
		private readonly at?: (row: IDataObject) => number,
	) {}

	/** @throws {TooManyRows} see `Source` in core/poll. */
	async *between(from: Date, until: Date, most: number): AsyncGenerator<IDataObject> {
		let period = this.period(+from, +until);
		let page = await this.page(period, 0);
		if (page.total > Math.min(most, REACH) && this.zone === undefined && this.at !== undefined) {
			this.zone = await this.zoneOf(page.rows, this.at, period);
			period = this.period(+from, +until);
			page = await this.page(period, 0);
		}
		if (page.total > most) throw new TooManyRows();
		let read = 0;
		for (;;) {
			yield* page.rows;
			read += page.rows.length;
			// What comes in meanwhile pushes the rest back, by as much as the total has grown.
			if (read >= Math.min(page.total, REACH)) break;
			if (page.rows.length === 0) throw brokeOff(read, page.total);
			page = await this.page(period, read);
		}
		if (page.total > REACH) throw new TooManyRows();
	}

	private async page(period: Period, offset: number): Promise<Page> {
		const query = { ...this.query, ...period, count: Math.min(PAGE, REACH - offset), offset };
		const { rows } = listOf(this.key);
		const answer = await this.client.send({
			method: 'GET',
			path: this.path,
			query,
			answer: (body) => rows(body) !== undefined && Number.isFinite((body as Partial<Answer>).TotalCount),
		});
		return { rows: rows(answer) ?? [], total: Number(answer.TotalCount) };
	}

	/**
	 * As long as the zone does not matter it is not asked for: the clocks of the US East Coast never run ahead of UTC, so with
	 * the beginning on their clocks and the end in UTC, nothing is left out in whichever zone they are read.
	 */
	private period(from: number, until: number): Period {
		if (this.zone === undefined)
			return { fromdate: shown(from, EASTERN), todate: shown(until + SECOND, 'UTC') };
		// When clocks are put back an hour comes twice, and nobody can say which of the two is meant.
		const isTwice = offsetOf(from - HOUR, this.zone) !== offsetOf(until + HOUR, this.zone);
		const margin = isTwice ? HOUR : 0;
		return {
			fromdate: shown(from - margin, this.zone),
			todate: shown(until + margin + SECOND, this.zone),
		};
	}

	/** Asks for all up to the newest row that is known, on East Coast clocks: it is there unless they are read otherwise. */
	private async zoneOf(
		rows: IDataObject[],
		at: (row: IDataObject) => number,
		period: Period,
	): Promise<string> {
		const newest = Math.max(...rows.map(at));
		const todate = shown(newest + SECOND, EASTERN);
		const found = await this.page({ ...period, todate }, 0);
		return found.rows.some((row) => at(row) >= newest) ? EASTERN : 'UTC';
	}
}

const shown = (at: number, zone: string): string => wallClock(new Date(at), zone);

/** In whole minutes: clocks show no fractions of a second. */
const offsetOf = (at: number, zone: string): number =>
	Math.round((Date.parse(`${shown(at, zone)}Z`) - at) / (60 * SECOND));

const brokeOff = (read: number, total: number): ServiceError =>
	new ServiceError({
		service: 'Postmark',
		message: `Postmark’s list broke off after ${read} of ${total} rows`,
		remedy: 'It is read again with the next look.',
		canRetry: true,
	});
