// What officers keep for everybody: what there is to know of a service that no system answers, and how many came to a
// counter without an appointment.

import { visitor, watched } from '../../browser.mjs';
import { atWork, badge, fill, mustBeAt, mustTellMistakes, press, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const NOTED = 'YZ20005';
const BOOKED = 'YZ20012';

export async function keeping(world) {
  const { portal, postBox, browser, base } = world;
  const context = await visitor(browser, base, {});
  try {
    const desk = await context.newPage();
    await atWork(desk, postBox, portal.staff('asks applicants for papers'));
    const officer = await badge(desk);
    await inBothLanguages(world, 'what officers put down', async (page, ways) => notes(page, { ...ways, officer }));
    await inBothLanguages(world, 'who came to a counter', async (page, ways) => walkIns(page, { ...ways, officer }));
  } finally {
    await context.close();
  }
}

async function notes(page, { context, tag, turn, again, officer, mustBeSound }) {
  const park = `湖滨公园${turn}${again ? '再' : ''}`;
  const english = `Lakeside Park ${turn}${again ? ' again' : ''}`;
  const asks = `/services/${NOTED}/start`;
  await context.addCookies(officer);
  await page.goto('/agency/notes');
  await press(page.locator(`main a[href="/agency/notes/${NOTED}"]`));
  await mustBeSound();
  const put = page.locator('main form:has([name="title_zh"]) button');
  await press(put);
  await mustTellMistakes(page, ['title_zh', 'text_zh']);
  await mustBeSound();
  await fill(page, { title_zh: park, title_en: english, text_zh: '下午人多，建议上午去。', text_en: 'Crowded in the afternoon.' });
  await press(put);
  must((await page.locator('main .notice.ok').count()) === 1, 'that it was put down is not said');
  await mustBeSound();

  // Whoever asks reads it, in their language, without being anybody.
  const shown = tag === 'en' ? english : park;
  await page.goto(asks);
  must((await page.locator('main h3').allInnerTexts()).includes(shown), 'what was put down does not answer whoever asks');
  await mustBeSound();
  await page.goto(`/agency/notes/${NOTED}`);
  await press(page.locator('main form[action$="/end"] button', { hasText: shown }));
  must((await page.locator('main .notice.ok').count()) === 1, 'that it was taken away is not said');
  await page.goto(asks);
  must(!(await page.locator('main h3').allInnerTexts()).includes(shown), 'what was taken away is still told');
  await mustBeSound();
}

async function walkIns(page, { context, turn, officer, mustBeSound }) {
  const here = `/agency/calendar/${BOOKED}/load`;
  await context.addCookies(officer);
  await page.goto('/agency/calendar');
  await press(page.locator(`main a[href="/agency/calendar/${BOOKED}"]`));
  await press(page.locator(`main a[href="${here}"]`));
  await mustBeSound();
  await fill(page, { people: 'many' });
  await send(page);
  await mustTellMistakes(page, ['people'], { people: 'many' });
  await mustBeSound();
  // The last word about an hour counts.
  const hour = String(9 + turn);
  for (const people of ['3', '7']) {
    await page.locator('main select[name="hour"]').selectOption(hour);
    await fill(page, { people });
    await send(page);
    mustBeAt(page, here, 'after writing it down');
    must((await page.locator('main .notice.ok').count()) === 1, 'that it was written down is not said');
  }
  const walked = await page.locator('main tbody tr td:last-child').allInnerTexts();
  must(walked.length === turn + 2 && walked.slice(0, -1).every((number) => number === '7'), `the hours say ${walked.join(' ')}`);
  must(Number(walked.at(-1)) === 7 * (turn + 1), `the sum is ${walked.at(-1)}`);
  await mustBeSound();
}
