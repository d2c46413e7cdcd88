// A decision about a rating that whoever rated does not accept: an order of its own, which another unit answers, and the
// rating follows what was found.

import { fill, mustBeAt, mustTellMistakes, press, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { act, DESK } from './orders.mjs';

const WHY = '等了三周是事实，有短信为证。';

// From the page of the rating. The desk gives it to a unit that the rating is not about.
export async function disputed(page, here, { hotline, unit, mustBeSound }) {
  await page.goto(here);
  await press(page.locator(`main a[href="${here}/dispute"]`));
  await mustBeSound();
  await send(page);
  await mustTellMistakes(page, ['words']);
  await mustBeSound();
  await fill(page, { words: WHY });
  await send(page);
  const mine = new URL(page.url()).pathname;
  must(mine.startsWith('/me/voice/'), `disputed, at ${page.url()}`);
  await mustBeSound();
  // It is disputed once: the way there leads to the order now.
  await page.goto(`${here}/dispute`);
  mustBeAt(page, mine, 'disputing it again');

  const there = `${DESK}/${mine.split('/').at(-1)}`;
  await act(hotline, there, 'dispatch', { lead: 'parks' });
  await act(unit, there, 'take', {});
  await unit.goto(there);
  const read = await unit.locator('main').innerText();
  must(read.includes(WHY) && read.includes('依据充分'), 'the unit does not read both sides');
  must((await unit.locator('form[action$="/contact"]').count()) === 0, 'the unit can ask who rated');
  await mustBeSound(unit);
  await unit.goto(`${there}/do/reply`);
  await fill(unit, { words: '核对了短信记录，评价属实。' });
  await send(unit);
  await mustTellMistakes(unit, ['finding-stands'], { words: '核对了短信记录，评价属实。' });
  await mustBeSound(unit);
  await act(unit, there, 'reply', { words: '核对了短信记录，评价属实。' }, 'changed');
  await mustBeSound(unit);

  await page.goto(mine);
  must((await page.locator('main').innerText()).includes('评价属实'), 'the answer is not shown');
  await mustBeSound();
}
