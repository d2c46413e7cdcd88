// Every kind of public page, once.

const FIXED = [
  { path: '/', kind: 'home' },
  { path: '/domains', kind: 'domains' },
  { path: '/domains/D02', kind: 'domain' },
  { path: '/domains/D02/D02-4', kind: 'class' },
  { path: '/services/YZ02022', kind: 'guide' },
  { path: '/services/YZ02022/start', kind: 'start' },
  { path: '/agencies', kind: 'agencies' },
  { path: '/agencies/vehicle-office', kind: 'agency' },
  { path: '/events', kind: 'events' },
  { path: '/events/newborn', kind: 'event' },
  { path: '/zones', kind: 'zones' },
  { path: '/zones/senior', kind: 'zone' },
  { path: '/policies', kind: 'policies' },
  { path: '/bulletins', kind: 'bulletins' },
  { path: '/search?q=驾照', kind: 'search' },
  { path: '/search?q=zzzzqqq', kind: 'search-nothing' },
  { path: '/about', kind: 'about' },
  { path: '/accessibility', kind: 'accessibility' },
  { path: '/sitemap', kind: 'sitemap' },
  { path: '/display', kind: 'display' },
  { path: '/components', kind: 'components' },
  { path: '/open', kind: 'open' },
  { path: '/nothing-here', kind: 'not-found', status: 404 },
];

// The fixed pages, and the first policy and bulletin that their lists lead to.
export async function addresses(page) {
  const found = [];
  for (const [list, kind] of [['/policies', 'policy'], ['/bulletins', 'bulletin']]) {
    await page.goto(list);
    const link = page.locator(`main a[href^="${list}/"]`).first();
    found.push({ path: await link.getAttribute('href'), kind });
  }
  return [...FIXED, ...found].map((address) => ({ status: 200, ...address }));
}
