// The portal in a real browser. Starts its own demo city with the program that YIMEN_BIN names, looks at every
// kind of page in every mode, walks through it, and ends with `browser: N passed, N failed`.
//
//   YIMEN_BIN=target/debug/yimen node tests/browser/run.mjs [part …]
//
// Parts: pages, walks, own, weight; all of them when none is named. YIMEN_SCREENSHOTS names a folder for pictures
// of every page.

import { launch } from './browser.mjs';
import { register } from './cast.mjs';
import { checkDark } from './checks/dark.mjs';
import { leakFinder } from './checks/leaks.mjs';
import { checkLinks } from './checks/links.mjs';
import { checkPages } from './checks/pages.mjs';
import { checkWeight } from './checks/weight.mjs';
import { checkWithoutScript } from './checks/without-script.mjs';
import { guests } from './guests.mjs';
import { Portal } from './portal.mjs';
import { PostBox } from './post-box.mjs';
import { Report } from './report.mjs';
import { follow } from './totp.mjs';
import { display } from './walks/display.mjs';
import { keyboard } from './walks/keyboard.mjs';
import { lost } from './walks/lost.mjs';
import { newcomer } from './walks/newcomer.mjs';
import { numbers } from './walks/numbers.mjs';
import { account } from './walks/own/account.mjs';
import { administering } from './walks/own/administering.mjs';
import { applying } from './walks/own/applying.mjs';
import { booking } from './walks/own/booking.mjs';
import { asking } from './walks/own/asking.mjs';
import { backends } from './walks/own/backends.mjs';
import { acting } from './walks/own/acting.mjs';
import { checking } from './walks/own/checking.mjs';
import { inquiries } from './walks/own/inquiries.mjs';
import { keeping } from './walks/own/keeping.mjs';
import { keyboard as keyboardSignIn } from './walks/own/keyboard.mjs';
import { midForm } from './walks/own/mid-form.mjs';
import { national } from './walks/own/national.mjs';
import { packages } from './walks/own/packages.mjs';
import { papers } from './walks/own/papers.mjs';
import { passkey } from './walks/own/passkey.mjs';
import { paying } from './walks/own/paying.mjs';
import { privacy } from './walks/own/privacy.mjs';
import { publishing } from './walks/own/publishing.mjs';
import { pushing } from './walks/own/pushing.mjs';
import { quality } from './walks/own/quality.mjs';
import { rating } from './walks/own/rating.mjs';
import { ruling } from './walks/own/ruling.mjs';
import { secondStep } from './walks/own/second-step.mjs';
import { sites } from './walks/own/sites.mjs';
import { dates } from './walks/own/dates.mjs';
import { delivering } from './walks/own/delivering.mjs';
import { desk } from './walks/own/desk.mjs';
import { looks, staff } from './walks/own/staff.mjs';
import { struck } from './walks/own/struck.mjs';
import { surveying } from './walks/own/surveying.mjs';
import { stepUp } from './walks/own/step-up.mjs';
import { together } from './walks/own/together.mjs';
import { violation } from './walks/own/violation.mjs';
import { voice } from './walks/own/voice.mjs';
import { print } from './walks/print.mjs';
import { suggestions } from './walks/suggestions.mjs';
import { switches } from './walks/switches.mjs';

// A machine half as fast as ours is still let finish: what hangs is ended by the walks' own patience.
const LONGEST_RUN = 40 * 60_000;
const WALKS = [newcomer, switches, keyboard, suggestions, display, lost, numbers, print];
// Side by side, the longest row first; those in one row have people or an agency in common.
const OWN = [
  [inquiries, desk, delivering, rating, checking, voice, surveying, publishing, keeping, dates],
  [papers, packages, paying, backends, ruling, quality],
  [acting, midForm, looks, violation, together],
  [struck],
  [account, secondStep, administering],
  [stepUp, passkey, asking, applying, booking],
  [privacy, staff, national],
  [sites, keyboardSignIn, pushing],
];

const longest = [];
async function timed(walk, world) {
  const began = Date.now();
  await walk(world);
  longest.push({ name: walk.name, seconds: (Date.now() - began) / 1000 });
}

const PARTS = {
  async pages(world) {
    for await (const guest of guests(world)) {
      const seen = { ...world, ...guest };
      seen.links = await checkPages(seen);
      await Promise.all([checkWithoutScript(seen), checkLinks(seen)]);
      await checkDark(seen);
    }
  },
  async walks(world) {
    for (const walk of WALKS) await walk(world);
  },
  async own(world) {
    const waiting = [...OWN];
    const worker = async () => {
      for (let row = waiting.shift(); row; row = waiting.shift()) for (const walk of row) await timed(walk, world);
    };
    await Promise.all([worker(), worker(), worker()]);
    console.log(`longest: ${longest.sort((a, b) => b.seconds - a.seconds).slice(0, 12).map(({ name, seconds }) => `${name} ${seconds.toFixed(0)} s`).join(', ')}`);
  },
  async weight(world) {
    for await (const guest of guests(world)) await checkWeight({ ...world, ...guest });
  },
};

const report = new Report();
let portal, browser;

async function run(parts) {
  const binary = process.env.YIMEN_BIN;
  if (!binary) throw new Error('YIMEN_BIN must name the program, such as target/debug/yimen');
  portal = await Portal.start(binary);
  // Others may start cities with clocks of their own beside it.
  follow(portal.ahead);
  browser = await launch();
  const world = {
    browser,
    report,
    portal,
    base: portal.url,
    postBox: new PostBox(portal.neighbour('Post box')),
    register: register(),
    leaks: await leakFinder(),
  };
  for (const part of parts) {
    const began = Date.now();
    await PARTS[part](world);
    console.log(`${part}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
}

function givenUp(why) {
  portal?.kill();
  console.log(`FAIL the run · ${why}`);
  report.failed += 1;
  report.end();
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => givenUp(signal));
setTimeout(() => givenUp(`not finished after ${LONGEST_RUN / 1000} s`), LONGEST_RUN).unref();

const asked = process.argv.slice(2);
const unknown = asked.find((part) => !(part in PARTS));
if (unknown) {
  console.error(`run.mjs: there is no part ${unknown}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
try {
  await run(asked.length > 0 ? asked : Object.keys(PARTS));
} catch (error) {
  report.check('the run', 'start', [error.stack ?? error.message]);
} finally {
  await browser?.close().catch(() => {});
  if (portal) {
    const how = await portal.stop();
    report.check('the portal', 'stop', how ? [how] : []);
  }
}
process.exit(report.end() ? 0 : 1);
