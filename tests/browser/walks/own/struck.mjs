// The same errands in a city whose portal is killed after each thing that somebody asks of it, once it was promised and
// before anybody has read so: whoever goes on finds everything as it was promised.

import { Portal } from '../../portal.mjs';
import { PostBox } from '../../post-box.mjs';
import { applying } from './applying.mjs';
import { booking } from './booking.mjs';
import { desk } from './desk.mjs';
import { paying } from './paying.mjs';
import { together } from './together.mjs';
import { violation } from './violation.mjs';

// What is asked: to begin, to hand in, to put right, to book, to pay, to take back; and what officers do.
const ASKED = /\/(start|submit|correct|book|cancel|withdraw|pay|refund|payments\/P-[^/]+|hand-in|do\/[a-z-]+)$/;

export async function struck(outer) {
  // What a killed portal was doing is done by the next, soon.
  const portal = await Portal.start(process.env.YIMEN_BIN, { env: { YIMEN_JOBS_LEASE_SECONDS: '3' } });
  let strikes = 0;
  const browser = {
    async newContext(options) {
      const context = await outer.browser.newContext(options);
      await context.route((url) => url.origin === new URL(portal.url).origin && ASKED.test(url.pathname), async (route) => {
        const request = route.request();
        if (request.method() !== 'POST') return route.continue();
        // What the browser itself adds is not seen on the way.
        const headers = { ...request.headers(), 'sec-fetch-site': 'same-origin' };
        const response = await route.fetch({ headers, maxRedirects: 0 });
        await portal.strike();
        world.postBox.url = portal.neighbour('Post box');
        strikes += 1;
        return route.fulfill({ response });
      });
      return context;
    },
  };
  const world = {
    ...outer,
    portal,
    browser,
    base: portal.url,
    postBox: new PostBox(portal.neighbour('Post box')),
    // Their pages are looked at where nobody is killed.
    hurried: { turn: 0 },
    prefix: 'killed each time, ',
  };
  try {
    for (const walk of [applying, booking, paying, desk, violation, together]) await walk(world);
    outer.report.check('a portal that is killed', 'often', strikes < 12 ? [`it was killed ${strikes} times only`] : []);
  } finally {
    await portal.stop();
  }
}
