const { dest, src } = require('gulp');

/** tsc copies no pictures: put each node's icons beside its compiled file, where n8n looks for them. */
function icons() {
	return src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));
}

module.exports = { icons };
