// A city that has been open for a while: its months of scorecards, the open data, what an agency says to a month, and what
// administrators see: all services down to a single rating and its matter, the month's report, how far people come, and
// what is looked at.

import { visitor, watched } from '../../browser.mjs';
import { atWork, badge, mustBeAt, press, send, signIn, taken } from '../../people.mjs';
import { Portal } from '../../portal.mjs';
import { PostBox } from '../../post-box.mjs';
import { must } from '../walk.mjs';
import { apply, grant, toRating } from './matters.mjs';
import { inBothLanguages } from './ways.mjs';

// So many days ago it opened: some month is over and published, whatever day it is.
const OPEN_FOR = 45;
const AGENCY = 'government-services';
const SERVICE = 'YZ27007';
const DOMAIN = 'D27';
const COLUMNS = 18;
const TABLE = 'main a[href$=".csv"]:not([href$="/domains.csv"])';
const LOOKED = '核对办理过程';
// What is printed of a sheet of A4 on its side: 265 mm by 174.
const SHEET = { width: 1002, height: 657 };

export async function quality(outer) {
  const before = await Portal.start(process.env.YIMEN_BIN, { earlier: OPEN_FOR });
  await before.close();
  const portal = await Portal.start(process.env.YIMEN_BIN, { data: before.data });
  const world = { ...outer, portal, base: portal.url, postBox: new PostBox(portal.neighbour('Post box')) };
  const seats = [];
  const sit = async (purpose) => {
    const context = await visitor(world.browser, world.base, {});
    const { page, troubles } = await watched(context);
    seats.push({ context, troubles });
    await atWork(page, world.postBox, portal.staff(purpose));
    return page;
  };
  try {
    const manager = await sit('confirms what such an officer drafts');
    const officer = await sit('decides cases of an agency without a system');
    const above = await sit('runs the city');
    const chief = await badge(above);
    await inBothLanguages(world, 'scorecards', async (page, { context, turn, mustBeSound }) => {
      const month = await league(page, mustBeSound);
      await files(page, month);
      for (const path of [`/quality/agencies/${AGENCY}?month=${month}`, `/quality/services/${SERVICE}`, `/quality?month=${month}&domain=${DOMAIN}`]) {
        await page.goto(path);
        must((await page.locator('main .empty').count()) === 0, `${path} has no month`);
        await mustBeSound();
      }
      await press(page.locator(`main a[href="/quality/domains/${DOMAIN}"]`));
      must((await page.locator('main .empty').count()) === 0, 'the card of a domain has no month');
      await mustBeSound();
      await page.goto('/districts');
      await mustBeSound();
      await press(page.locator('main a.line-name').first());
      must((await page.locator('#streets + ul li').count()) > 0, 'a district has no streets');
      await mustBeSound();
      must((await page.goto('/quality?month=2020-01')).status() === 404, 'a month before the city opened is shown');
      must((await page.goto('/open-data/quality/2020-01.csv')).status() === 404, 'a month before the city opened can be had');

      // The agency speaks to a month that is over; everybody reads it, without a number that slipped in.
      const desk = `/agency/quality?month=${month}`;
      await officer.goto(desk);
      must((await officer.locator('main textarea').count()) === 0, 'an officer speaks for the agency');
      await manager.goto(desk);
      await mustBeSound(manager);
      const words = `系统升级，已经恢复（${turn}），电话13812345678。`;
      await manager.locator('main textarea[name="words"]').fill(words);
      await press(manager.locator('main form[action="/agency/quality"] button'));
      mustBeAt(manager, '/agency/quality', 'after speaking');
      must((await manager.locator('main .notice.ok').count()) === 1, 'that it was said is not confirmed');
      await mustBeSound(manager);
      await page.goto(`/quality/agencies/${AGENCY}?month=${month}`);
      const said = await page.locator('main').innerText();
      must(said.includes(`已经恢复（${turn}）`) && !said.includes('13812345678'), 'what the agency says is not there, or with a number');
      await mustBeSound();

      await above.goto(`/admin/quality?month=${month}`);
      const all = await above.locator('main tbody tr').count();
      await above.locator('main select[name="agency"]').selectOption(AGENCY);
      await press(above.locator('main form.filter-row button'));
      const some = await above.locator('main tbody tr').count();
      must(some > 0 && some < all, `of ${all} services ${some} are the agency's`);
      await mustBeSound(above);
      must((await manager.goto('/admin/quality')).status() === 403, 'a manager reads what is for administrators');

      await context.addCookies(chief);
      await report(page, month, mustBeSound);
      await steps(page, mustBeSound);
    });
    await inBothLanguages(world, 'from a line to a matter', async (page, { context, mustBeSound }) => {
      await context.addCookies(chief);
      await drillDown(page, { officer, person: portal.person(world.register.owner.name), mustBeSound });
    });
    world.report.check('scorecards at the desk', 'clean', seats.flatMap(({ troubles }) => troubles()).filter((trouble) => !trouble.includes('403')));
  } finally {
    for (const { context } of seats) await context.close();
    const how = await portal.stop();
    world.report.check('a city that was opened again', 'stop', how ? [how] : []);
  }
}

// The league of the latest month that is public. Which month it is.
async function league(page, mustBeSound) {
  await page.goto('/quality');
  await mustBeSound();
  must((await page.locator('main nav.tabs [aria-current]').count()) === 1, 'no month is shown');
  const file = await page.locator(TABLE).getAttribute('href');
  return /(\d{4}-\d{2})\.csv$/.exec(file)[1];
}

// Both files, and that they say the same.
async function files(page, month) {
  await page.goto('/quality');
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(TABLE).click()]);
  must(file.suggestedFilename().includes(month), `the table is called ${file.suggestedFilename()}`);
  const { request } = page.context();
  const table = await (await request.get(`/open-data/quality/${month}.csv`)).text();
  const [head, ...lines] = table.replace('\uFEFF', '').trim().split(/\r?\n/);
  must(head.split(',').length >= COLUMNS, `the table has the columns ${head}`);
  const document = await (await request.get(`/open-data/quality/${month}.json`)).json();
  const rows = document.services.filter((service) => !service.left_out);
  const domains = await (await request.get(`/open-data/quality/${month}/domains.csv`)).text();
  must(domains.includes(DOMAIN), 'the table of domains lacks one');
  must(rows.length === lines.length, `the table has ${lines.length} lines, the document ${rows.length}`);
}

// The report of a month, on the screen and on paper.
async function report(page, month, mustBeSound) {
  await page.goto(`/admin/quality?month=${month}`);
  await press(page.locator(`main a[href="/admin/quality/report/${month}"]`));
  must((await page.locator('#figures ~ table tbody tr').count()) > 3, 'the report has no figures');
  await mustBeSound();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(SHEET);
  for (const selector of ['header nav', '.crumbs', '[data-print]', 'footer nav']) {
    for (const element of await page.locator(selector).all()) must(!(await element.isVisible()), `${selector} is printed`);
  }
  for (const id of ['figures', 'league', 'followed', 'complaints']) {
    must(await page.locator(`#${id}`).isVisible(), `#${id} is not printed`);
  }
  // On paper nobody scrolls sideways.
  const cut = await page.locator('.scroll, .chart-drawn').evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.getAttribute('aria-label') ?? box.className));
  must(cut.length === 0, `on paper there is cut off: ${cut.join(', ')}`);
  await page.emulateMedia({ media: null });
}

// How far people come, service by service and agency by agency, and what is looked at.
async function steps(page, mustBeSound) {
  await page.goto('/admin/funnel/services');
  const rows = page.locator('main tbody tr');
  const services = await rows.count();
  await mustBeSound();
  await page.locator('main select[name="by"]').selectOption('agency');
  await page.locator('main select[name="domain"]').selectOption(DOMAIN);
  await press(page.locator('main form.filter-row button'));
  const agencies = await rows.count();
  must(agencies > 1 && agencies < services, `of ${services} services there are ${agencies} agencies`);
  await mustBeSound();
  const list = await taken(page, 'main form[action="/admin/funnel/services.csv"] button');
  must(list.trim().split('\n').length >= agencies, 'the list has less than the page');
  await page.goto('/admin/use');
  must((await page.locator('#days ~ .scroll tbody tr').count()) > 0, 'no day is counted');
  await mustBeSound();
}

// From a line to its ratings, to one of them, and for a reason to its matter; the person reads who looked, and why.
async function drillDown(page, { officer, person, mustBeSound }) {
  await signIn(page, person, `/services/${SERVICE}/start`);
  const mine = await apply(page);
  await grant(officer, mine);
  const rating = await toRating(page, mine);
  await page.goto(`${rating}?level=dissatisfied`);
  await send(page);
  must((await page.locator('main .notice.ok').count()) === 1, 'that it is rated is not said');

  const list = `/admin/ratings?show=all&service=${SERVICE}`;
  await page.goto(`/admin/quality?agency=${AGENCY}`);
  await press(page.locator(`main tbody a[href^="${list}&month="]`));
  mustBeAt(page, '/admin/ratings', 'from a line');
  await mustBeSound();
  // What was rated today may be in another month than the line's.
  await page.goto(`/quality/services/${SERVICE}`);
  await press(page.locator(`main a[href="${list}"]`));
  mustBeAt(page, '/admin/ratings', 'from a card');
  await mustBeSound();
  await press(page.locator('main a.line-name').first());
  const number = mine.split('/').at(-1);
  const shown = await page.content();
  must(!shown.includes(number) && !shown.includes(person.name), 'a single rating says whose it is');
  await mustBeSound();
  const form = page.locator('main details:has(input[name="act"][value="matter"])');
  await form.locator('summary').click();
  await form.locator('textarea').fill(LOOKED);
  await press(form.locator('button'));
  const told = await page.locator('main .notice dl').innerText();
  must(told.includes(number) && !told.includes(person.name), `of the matter there is shown: ${told}`);
  await mustBeSound();
  await page.goto('/me/looks');
  must((await page.locator('main').innerText()).includes(LOOKED), 'the look at the matter is not on record');
  await mustBeSound();
}
