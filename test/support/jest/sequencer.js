const { default: Sequencer } = require('@jest/test-sequencer');
const { sep } = require('node:path');

/**
 * Minutes each, and short to read: where no earlier run tells, Jest takes the largest files for the longest and would begin
 * these last, with one worker at work on them and the others idle.
 */
const LONGEST = [
	'test/nodes/triggerMishaps.test.ts',
	'test/nodes/lostAnswers.test.ts',
	'test/workflows/failover.test.ts',
	'test/nodes/Mailchimp/batch/batch.test.ts',
	'test/nodes/Mailchimp/member/road.test.ts',
	'test/core/http/signInBounds.test.ts',
];

const placeOf = ({ path }) => {
	const place = LONGEST.findIndex((file) => path.split(sep).join('/').endsWith(`/${file}`));
	return place === -1 ? LONGEST.length : place;
};

/** Jest's own order, but for the longest files, which begin first. */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
	}
};
module.exports.LONGEST = LONGEST;
