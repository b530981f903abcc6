// The moments at which something about time changes: npm run test:as-of runs the tests at one of them, and the matrix
// takes another each week. Each begins shortly before the change, so that the run passes through it.

const day = 24 * 60 * 60 * 1000;

/** By name, in the order in which the weeks take them: the time at which the tests begin. */
const moments = {
  'end of a month': at('2027-04-30T23:59:00Z'),
  'last day of a year': at('2026-12-31T23:58:00Z'),
  'leap day': at('2028-02-29T00:01:00Z'),
  // in America/New_York, the tests' session time zone
  'night that lacks an hour': at('2027-03-14T06:58:00Z'),
  'night that has an hour twice': at('2027-11-07T05:58:00Z'),
  'minute before midnight in UTC': at('2027-08-18T23:59:00Z'),
  'year from now': () => Date.now() + 365 * day,
};

export const momentNames = Object.keys(moments);

/** The name of the moment that belongs to a week, by its ISO 8601 number. */
export function momentOfWeek(time = Date.now()) {
  return momentNames[isoWeek(time) % momentNames.length];
}

/** When the tests begin that are run as of one of these, or of a time of ISO 8601; not a number if it is neither. */
export function timeOf(moment) {
  return moments[moment]?.() ?? Date.parse(moment);
}

/** A week belongs to the year that its Thursday is in. */
function isoWeek(time) {
  const weekday = (new Date(time).getUTCDay() + 6) % 7;
  const thursday = new Date(time + (3 - weekday) * day);
  return 1 + Math.floor((thursday - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * day));
}

function at(time) {
  return () => Date.parse(time);
}
