// Numbers on the way to a page are the numbers on the page.

import { must, walk } from './walk.mjs';

export async function numbers(world) {
  await walk(world, 'counted services', {}, async (page) => {
    for (const [list, kind] of [['/domains', 'domains'], ['/events', 'events'], ['/zones', 'zones']]) {
      await page.goto(list);
      const tiles = await page.locator('main .tile').evaluateAll((all) =>
        all.map((tile) => ({
          href: tile.querySelector('a').getAttribute('href'),
          count: Number(/\d+/.exec(tile.querySelector('.tile-count').textContent)[0]),
        })));
      must(tiles.length > 3, `${list} shows ${tiles.length} ${kind}`);
      for (const { href, count } of tiles) {
        await page.goto(href);
        const shown = await page.locator('main').evaluate((main) =>
          new Set([...main.querySelectorAll('a[href^="/services/"]')].map((link) => link.getAttribute('href'))).size);
        must(shown === count, `${list} promises ${count} services at ${href}, which shows ${shown}`);
        const said = new RegExp(`(?<!\\d)${count} (项服务|步)`);
        must(said.test(await page.locator('main').innerText()), `${href} does not say that it has ${count} services`);
      }
    }
  });
}
