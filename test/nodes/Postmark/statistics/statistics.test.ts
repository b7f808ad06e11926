import { useSandbox } from '../../../support/services';
import { asked, lastQuery, perform, refusal, sendMany } from '../operations';

const sandbox = useSandbox();

async function aDayOfMail() {
	const tracked = { TrackOpens: true, TrackLinks: 'HtmlAndText' };
	const [first] = await sendMany(sandbox.current, [
		{ ...tracked, Tag: 'welcome' },
		{ To: 'li@yunhe.example', MessageStream: 'broadcast' },
		{ To: 'gone@yunhe.example' },
	]);
	const { postmark } = sandbox.current;
	postmark.open(first!);
	postmark.click(first!);
	postmark.bounce({ email: 'gone@yunhe.example' });
}

test('Get Overview gives the totals, of all or of a part', async () => {
	await aDayOfMail();
	const { rows } = await perform(sandbox.current, 'statistics.getOverview');
	expect(rows).toEqual([expect.objectContaining({ Sent: 3, Bounced: 1, Opens: 1, TotalClicks: 1 })]);
	const part = await perform(sandbox.current, 'statistics.getOverview', { filters: { tag: 'welcome' } });
	expect(part.rows[0]).toMatchObject({ Sent: 1, Bounced: 0 });
	const stream = await perform(sandbox.current, 'statistics.getOverview', {
		filters: { messageStream: 'broadcast' },
	});
	expect(stream.rows[0]).toMatchObject({ Sent: 1 });
});

test.each([
	['sends', { Sent: 3 }],
	['bounces', { HardBounce: 1 }],
	['opens', { Opens: 1, Unique: 1 }],
	['clicks', { Clicks: 1, Unique: 1 }],
	['tracked', { Tracked: 1 }],
	['clicks/location', { HTML: 1 }],
])('Get Series: %s, day by day and in total', async (series, counts) => {
	await aDayOfMail();
	const days = await perform(sandbox.current, 'statistics.getSeries', { series, returnAs: 'days' });
	expect(days.rows).toEqual([
		expect.objectContaining({ Date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/), ...counts }),
	]);
	const totals = await perform(sandbox.current, 'statistics.getSeries', { series, returnAs: 'totals' });
	expect(totals.rows).toEqual([expect.objectContaining(counts)]);
	expect(totals.rows[0]).not.toHaveProperty('Days');
});

test.each([
	['sends', { Sent: 0 }],
	['bounces', { HardBounce: 0, SMTPApiError: 0, SoftBounce: 0, Transient: 0 }],
	['opens/platforms', { Desktop: 0, Mobile: 0, Unknown: 0, WebMail: 0 }],
	['clicks/browserfamilies', {}],
])(
	'Get Series: %s of a time in which nothing happened is one row of totals, and no day',
	async (series, zeros) => {
		const totals = await perform(sandbox.current, 'statistics.getSeries', { series, returnAs: 'totals' });
		expect(totals.rows).toEqual([zeros]);
		const days = await perform(sandbox.current, 'statistics.getSeries', { series, returnAs: 'days' });
		expect(days.rows).toEqual([]);
	},
);

test('days are asked for as days, also when the calendar gave a time', async () => {
	await perform(sandbox.current, 'statistics.getOverview', {
		filters: { fromDate: '2026-02-01T00:00:00', toDate: '2026-02-28T23:30:00' },
	});
	expect(lastQuery(sandbox.current)).toEqual({ fromdate: '2026-02-01', todate: '2026-02-28' });
});

test('a series that Postmark does not have cannot become a part of the path', async () => {
	const { message, details } = await refusal(sandbox.current, 'statistics.getSeries', {
		series: '={{ "../../server" }}',
		returnAs: 'totals',
	});
	expect(message).toBe("'Series' is “../../server”, which is not one of its choices [item 0]");
	expect(details.remedy).toContain('opens/emailclients');
	expect(asked(sandbox.current)).toEqual([]);
});
