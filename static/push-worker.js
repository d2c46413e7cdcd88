// Shows what the portal sent to this browser, and opens it. It answers no request of any page.

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const options = { tag: told.id, lang: told.lang, data: told.path, icon: "/favicon.ico" };
  event.waitUntil(self.registration.showNotification(told.title ?? "", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data ?? "/me/notices", self.location.origin);
  if (address.origin === self.location.origin) event.waitUntil(self.clients.openWindow(address.href));
});
