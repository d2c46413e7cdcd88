// A decision about a rating that one side does not accept: an order of its own, which another unit answers, and the
// rating follows what was found.

import { fill, mustBeAt, mustTellMistakes, press, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { act, DESK } from './orders.mjs';

const WHY = '等了三周是事实，有短信为证。';
const FOUND = { words: '核对了短信和提交记录。' };

// By whoever rated, from the page of the rating.
export async function disputed(page, here, { hotline, unit, mustBeSound }) {
  await page.goto(here);
  await press(page.locator(`main a[href="${here}/dispute"]`));
  await disputes(page, mustBeSound);
  const mine = new URL(page.url()).pathname;
  must(mine.startsWith('/me/voice/'), `disputed, at ${page.url()}`);
  await mustBeSound();
  // It is disputed once: the way there leads to the order now.
  await page.goto(`${here}/dispute`);
  mustBeAt(page, mine, 'disputing it again');
  await answered(`${DESK}/${mine.split('/').at(-1)}`, { hotline, unit, mustBeSound });
  await page.goto(mine);
  must((await page.locator('main').innerText()).includes(FOUND.words), 'the answer is not shown');
  await mustBeSound();
}

// By the agency, from its page of the rating.
export async function disputedByAgency(desk, theirs, { hotline, unit, mustBeSound }) {
  await desk.goto(theirs);
  await press(desk.locator(`main a[href="${theirs}/dispute"]`));
  await disputes(desk, mustBeSound);
  mustBeAt(desk, theirs, 'after disputing');
  await desk.goto(`${theirs}/dispute`);
  const order = new URL(desk.url()).pathname;
  must(order.startsWith(`${DESK}/`), `disputing it again, at ${desk.url()}`);
  await mustBeSound(desk);
  await answered(order, { hotline, unit, mustBeSound });
  await desk.goto(order);
  must((await desk.locator('main').innerText()).includes(FOUND.words), 'the agency does not read the answer');
}

async function disputes(page, mustBeSound) {
  await mustBeSound(page);
  await send(page);
  await mustTellMistakes(page, ['words']);
  await mustBeSound(page);
  await fill(page, { words: WHY });
  await send(page);
}

// The desk gives it to a unit that the rating is not about, which finds against the first decision.
async function answered(there, { hotline, unit, mustBeSound }) {
  await act(hotline, there, 'dispatch', { lead: 'parks' });
  await act(unit, there, 'take', {});
  await unit.goto(there);
  const read = await unit.locator('main').innerText();
  must(read.includes(WHY) && read.includes('依据充分'), 'the unit does not read both sides');
  must((await unit.locator('form[action$="/contact"]').count()) === 0, 'the unit can ask who rated');
  await mustBeSound(unit);
  await unit.goto(`${there}/do/reply`);
  await fill(unit, FOUND);
  await send(unit);
  await mustTellMistakes(unit, ['finding-stands'], FOUND);
  await mustBeSound(unit);
  await act(unit, there, 'reply', FOUND, 'changed');
  await mustBeSound(unit);
}
