// Every kind of page, once: the public ones here, those of people who are signed in below.

const FIXED = [
  { path: '/', kind: 'home' },
  { path: '/domains', kind: 'domains' },
  { path: '/domains/D02', kind: 'domain' },
  { path: '/domains/D02/D02-4', kind: 'class' },
  { path: '/services/YZ02022', kind: 'guide' },
  { path: '/services/YZ03005/start', kind: 'notes' },
  { path: '/services/YZ18001/start', kind: 'ask' },
  { path: '/services/YZ13022/ratings', kind: 'ratings-public' },
  { path: '/agencies', kind: 'agencies' },
  { path: '/agencies/vehicle-office', kind: 'agency' },
  { path: '/agencies/vehicle-office/ratings', kind: 'ratings-agency' },
  { path: '/quality', kind: 'quality' },
  { path: '/quality/agencies/vehicle-office', kind: 'quality-agency' },
  { path: '/quality/services/YZ13022', kind: 'quality-service' },
  { path: '/quality?by=district', kind: 'quality-districts' },
  { path: '/quality/districts/990101', kind: 'quality-district' },
  { path: '/quality/domains/D13', kind: 'quality-domain-card' },
  { path: '/events', kind: 'events' },
  { path: '/events/newborn', kind: 'event' },
  { path: '/zones', kind: 'zones' },
  { path: '/districts', kind: 'districts' },
  { path: '/districts/990101', kind: 'district' },
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
  { path: '/sign-in', kind: 'sign-in' },
  { path: '/sign-in/code?id=none', kind: 'sign-in-code' },
  { path: '/sign-in/second?id=none', kind: 'sign-in-second' },
  { path: '/register', kind: 'register' },
  { path: '/recover', kind: 'recover' },
  { path: '/recover/code?id=none', kind: 'recover-code' },
  { path: '/recover/access', kind: 'recover-access' },
  { path: '/sign-out', kind: 'sign-out' },
  { path: '/surveys', kind: 'surveys' },
  { path: '/voice?q=路灯', kind: 'voice' },
  { path: '/voice/answers', kind: 'voice-answers' },
  { path: '/voice/progress', kind: 'voice-progress' },
  { path: '/voice/report/guest?asset=LD-0001', kind: 'voice-guest' },
  { path: '/verify', kind: 'check' },
  { path: '/verify/7KQ3-MFXD-7KQ3-MFXE', kind: 'check-unknown', status: 404 },
  { path: '/staff/sign-in', kind: 'staff-sign-in' },
  { path: '/staff/join?token=none', kind: 'staff-join-gone' },
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
  return answered([...FIXED, ...found]);
}

// A citizen's own pages: a parent with a verified name.
export const CITIZEN = answered([
  { path: '/me', kind: 'me' },
  { path: '/me/looks', kind: 'looks' },
  { path: '/me/cases', kind: 'cases' },
  { path: '/me/ratings', kind: 'ratings' },
  { path: '/me/households', kind: 'my-household' },
  { path: '/me/voice', kind: 'my-voice' },
  { path: '/voice/complaint/new?service=YZ02022', kind: 'voice-form' },
  { path: '/me/payments', kind: 'payments' },
  { path: '/services/YZ17010/start', kind: 'dues' },
  { path: '/services/YZ13022/start', kind: 'case-begin' },
  { path: '/me/notices', kind: 'notices' },
  { path: '/me/notices/choices', kind: 'notice-choices' },
  { path: '/me/notices/follow', kind: 'notices-follow' },
  { path: '/me/notices/outlets', kind: 'notices-outlets' },
  { path: '/me/wallet', kind: 'wallet' },
  { path: '/me/wallet/add', kind: 'wallet-add' },
  { path: '/me/reminders', kind: 'dates' },
  { path: '/me/reminders/yearly/YZ14008', kind: 'yearly' },
  { path: '/me/privacy', kind: 'privacy' },
  { path: '/me/privacy/correct', kind: 'correct' },
  { path: '/me/privacy/erase', kind: 'erase' },
  { path: '/me/prove', kind: 'prove' },
  { path: '/me/security', kind: 'security' },
  { path: '/me/security/password', kind: 'password' },
  { path: '/me/security/totp', kind: 'totp' },
  { path: '/me/security/contact', kind: 'contact' },
  { path: '/me/security/national', kind: 'national' },
  { path: '/me/acting', kind: 'acting' },
  { path: '/me/acting/grant', kind: 'acting-grant' },
  { path: '/me/acting/child', kind: 'acting-child' },
  { path: '/me/acting/company', kind: 'acting-company' },
  { path: '/me/verify?level=5', kind: 'verify-ways' },
  { path: '/sign-out', kind: 'sign-out-signed-in' },
]);

// Of somebody whose name nobody has checked yet.
export const UNVERIFIED = answered([
  { path: '/me', kind: 'me-unverified' },
  { path: '/me/verify?level=3', kind: 'verify' },
]);

export const OFFICER = answered([
  { path: '/staff', kind: 'staff' },
  { path: '/staff/claims', kind: 'staff-claims' },
  { path: '/agency/cases', kind: 'desk-cases' },
  { path: '/agency/copies', kind: 'desk-copies' },
  { path: '/agency/notes', kind: 'notes-desk' },
  { path: '/staff/requests', kind: 'staff-requests' },
  { path: '/agency/ratings', kind: 'ratings-desk' },
  { path: '/agency/households', kind: 'households' },
  { path: '/agency/households/new', kind: 'household-new' },
  { path: '/agency/ratings/code', kind: 'ratings-code' },
  { path: '/agency/quality', kind: 'quality-desk' },
  { path: '/agency/writing', kind: 'agency-writing' },
  { path: '/agency/surveys', kind: 'survey-desk' },
  { path: '/agency/voice', kind: 'voice-desk' },
  { path: '/agency/voice/answers', kind: 'voice-drafts' },
  { path: '/agency/surveys/new', kind: 'survey-new' },
  { path: '/staff/counter', kind: 'staff-counter' },
  { path: '/staff/account', kind: 'staff-account' },
  { path: '/staff/sign-out', kind: 'staff-sign-out' },
]);

export const ADMINISTRATOR = answered([
  { path: '/staff', kind: 'staff-administrator' },
  { path: '/staff/requests?show=done', kind: 'staff-requests-done' },
  { path: '/admin', kind: 'admin-home' },
  { path: '/admin/jobs', kind: 'admin-jobs' },
  { path: '/admin/audit', kind: 'admin-audit' },
  { path: '/admin/audit?source=looks&order=oldest', kind: 'admin-audit-looks' },
  { path: '/admin/policy', kind: 'admin-policy' },
  { path: '/admin/policy?group=stars', kind: 'admin-policy-stars' },
  { path: '/admin/policy/contact-due', kind: 'admin-policy-rule' },
  { path: '/admin/policy/star-weights/change', kind: 'admin-policy-change' },
  { path: '/admin/policy/history', kind: 'admin-policy-history' },
  { path: '/admin/health', kind: 'admin-health' },
  { path: '/admin/calendar?year=2026', kind: 'admin-calendar' },
  { path: '/admin/people', kind: 'staff-people' },
  { path: '/admin/people/invite', kind: 'staff-invite' },
  { path: '/admin/breach', kind: 'staff-breach' },
  { path: '/agency/sites', kind: 'agency-sites' },
  { path: '/admin/ratings', kind: 'ratings-above' },
  { path: '/admin/households', kind: 'households-helped' },
  { path: '/admin/quality', kind: 'quality-admin' },
  { path: '/admin/due', kind: 'admin-due' },
  { path: '/admin/quality/survey', kind: 'quality-survey' },
  { path: '/admin/sanctions', kind: 'sanctions' },
  { path: '/admin/voice', kind: 'voice-overview' },
  { path: '/admin/voice/topics', kind: 'voice-topics' },
  { path: '/admin/funnel/services', kind: 'quality-funnel' },
  { path: '/admin/use', kind: 'quality-use' },
  { path: '/admin/balance', kind: 'balance' },
  { path: '/admin/notices', kind: 'notices-desk' },
  { path: '/staff/circulars', kind: 'circulars' },
  { path: '/staff/circulars/new', kind: 'circular-new' },
]);

function answered(all) {
  return all.map((address) => ({ status: 200, ...address }));
}
