// What two calendar programs make of a feed: one parser is Thunderbird's, the other reads feeds on servers.

import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

import { must } from './walks/walk.mjs';

const two = (number) => String(number).padStart(2, '0');
const dayOf = (year, month, day) => `${year}-${two(month)}-${two(day)}`;

function byThunderbird(text) {
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  return events.map(({ uid, summary, startDate }) => ({
    uid,
    summary,
    day: dayOf(startDate.year, startDate.month, startDate.day),
    allDay: startDate.isDate,
  }));
}

function byServers(text) {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((one) => one.type === 'VEVENT');
  return events.map(({ uid, summary, start, datetype }) => ({
    uid,
    summary,
    day: dayOf(start.getFullYear(), start.getMonth() + 1, start.getDate()),
    allDay: datetype === 'date',
  }));
}

/** The entries of a feed, on which both agree. */
export function entries(text) {
  const [one, other] = [byThunderbird(text), byServers(text)].map((all) => all.sort((a, b) => a.uid.localeCompare(b.uid)));
  must(one.length === text.split('BEGIN:VEVENT').length - 1, 'an entry cannot be read');
  must(JSON.stringify(one.filter((entry) => entry.allDay)) === JSON.stringify(other.filter((entry) => entry.allDay)), 'two calendars read different days');
  must(JSON.stringify(one.map(({ uid, summary }) => [uid, summary])) === JSON.stringify(other.map(({ uid, summary }) => [uid, summary])), 'two calendars read different entries');
  return one;
}
