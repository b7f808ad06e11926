const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Makes a folder for all that n8n and the tests write in this run; ./teardown.js removes it. */
module.exports = async function setup(config) {
	module.exports.sayWhatIsLeftOut(config);
	process.env.MAILOPS_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'mailops-test-'));
};

/** Said in runs of everything: what is not in them must not pass for tested. */
module.exports.sayWhatIsLeftOut = ({ testPathPatterns, nonFlagArgs = [] }) => {
	if (nonFlagArgs.length > 0 || testPathPatterns?.isSet?.()) return;
	process.stderr.write(
		'\nThe suites against a real Active Directory and a real OpenLDAP (*.directory.test.ts) are not in this run: `npm run test:directory` and CI run them.\n\n',
	);
};
