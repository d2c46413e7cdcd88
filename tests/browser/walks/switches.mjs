// Language, text size and appearance: chosen once by a link, they stay until chosen otherwise.

import { press } from '../people.mjs';
import { must, mustLook, walk } from './walk.mjs';

const GUIDE = '/services/YZ02022';

export async function switches(world) {
  for (const javaScriptEnabled of [true, false]) {
    const name = `switches ${javaScriptEnabled ? 'with' : 'without'} script`;
    await walk(world, name, { javaScriptEnabled, colorScheme: 'light' }, async (page) => {
      await page.goto(GUIDE);
      await mustLook(page, 'zh-CN normal auto', 'at first');
      const chinese = await page.locator('h1').innerText();
      await press(page.locator('header a[hreflang="en"]'));
      must(new URL(page.url()).pathname === GUIDE, 'the language link left the guide');
      await mustLook(page, 'en normal auto', 'after the language link');
      must((await page.locator('h1').innerText()) !== chinese, 'the heading is still the Chinese one');
      await press(page.locator(`main a[href="${GUIDE}/start"]`).first());
      await mustLook(page, 'en normal auto', 'on the next page');

      await press(page.locator('header a[href*="mode=large"]'));
      await mustLook(page, 'en large auto', 'after the large-text link');
      await press(page.locator('header a[href="/domains"]'));
      await mustLook(page, 'en large auto', 'on the next page');

      const lightest = await brightness(page);
      await press(page.locator('a[href*="theme=dark"]'));
      await mustLook(page, 'en large dark', 'after the dark link');
      must((await brightness(page)) < lightest / 2, 'the dark page is not dark');
      await page.goto('/');
      await mustLook(page, 'en large dark', 'on the home page');

      await press(page.locator('header a[hreflang="zh-CN"]'));
      await press(page.locator('header a[href*="mode=normal"]'));
      await press(page.locator('a[href*="theme=auto"]'));
      await mustLook(page, 'zh-CN normal auto', 'after switching everything back');
      await page.goto(GUIDE);
      await mustLook(page, 'zh-CN normal auto', 'on the guide again');
    });
  }

  await walk(world, 'switches keep what was searched', {}, async (page) => {
    await page.goto('/search?q=社保&page=2');
    await press(page.locator('header a[hreflang="en"]'));
    const { searchParams } = new URL(page.url());
    must(searchParams.get('q') === '社保' && searchParams.get('page') === '2', `the language link led to ${page.url()}`);
  });
}

function brightness(page) {
  return page.evaluate(() => {
    const colour = [document.body, document.documentElement]
      .map((element) => getComputedStyle(element).backgroundColor)
      .find((value) => value !== 'rgba(0, 0, 0, 0)') ?? 'rgb(255, 255, 255)';
    // Painted, so that every way to write a colour comes out as numbers.
    const brush = new OffscreenCanvas(1, 1).getContext('2d');
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
}
