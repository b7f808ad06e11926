import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toCsv, toTruncatedCsv } from './company/csv';
import { expectDay1, expectDay2, expectDay3, expectDay4 } from './company/expected';
import { toGbk } from './company/gbk';
import { firstNight } from './company/firstNight';
import { domain } from './company/names';
import { secondNight, type SecondNight } from './company/secondNight';

export type { Employee } from './company/csv';
export type { ExpectedDay, ExpectedProblem, ExpectedTruncation } from './company/expected';
export type { ExistingMailbox } from './company/firstNight';
export type { ProblemKind } from './company/flaws';

/** Where the exports are kept, for people to look at and for the workflow to read. */
export const dataFolder = resolve(__dirname, '../../workflows/data');

const seed = 20_260_309;

/**
 * Yunhe Technology / 云禾科技, a company of about 1,000 people that does not exist: three nightly HR exports, what the
 * target holds beforehand, and what each night's sync has to come to. Every call gives the same company.
 */
export function makeCompany() {
	const start = firstNight(seed);
	const night = secondNight(start);
	const last = whereTransferBroke(night);
	const day1 = expectDay1(start.everyone, start.existing);
	const day2 = expectDay2(night, day1);
	return {
		name: 'Yunhe Technology / 云禾科技',
		domain,
		/** Every row of the export, those with Status Left as well; day 3 is day 2 until the transfer broke off. */
		employees: { day1: start.everyone, day2: night.rows },
		/** All that is in the target and did not come from a sync. */
		alreadyThere: start.existing,
		/** Frozen before day 1, not in the export of day 1, back on day 2. */
		formerEmployees: start.existing.filter(({ kind }) => kind === 'former'),
		/** What happened between day 1 and day 2, person by person. */
		day2: night,
		expected: { day1, day2, day3: expectDay3(night, last, day2), day4: expectDay4(night, day2) },
		/** What the HR system writes on day 4: GBK, as a Chinese Windows does. Not kept: it is day 2 in other bytes. */
		day4: () => toGbk(toCsv(night.rows).replace(/^\ufeff/, '')),
		files: {
			[day1.file]: toCsv(start.everyone),
			[day2.file]: toCsv(night.rows),
			'hr-export-day-3.csv': toTruncatedCsv(night.rows, last),
		} as Record<string, string>,
	};
}

export type Company = ReturnType<typeof makeCompany>;

/** At 55 % of the rows, in one that has nothing else wrong with it. */
function whereTransferBroke({ rows, flaws }: SecondNight): number {
	const from = Math.floor(rows.length * 0.55);
	const sound = rows.slice(from).findIndex((row) => row.status !== 'Left' && !flaws.has(row));
	return from + sound;
}

if (require.main === module) {
	if (process.argv.includes('--write')) {
		mkdirSync(dataFolder, { recursive: true });
		for (const [file, content] of Object.entries(makeCompany().files)) {
			writeFileSync(resolve(dataFolder, file), content);
			process.stdout.write(`Wrote workflows/data/${file}\n`);
		}
	} else {
		process.stdout.write('Add --write to write the HR exports into workflows/data.\n');
	}
}
