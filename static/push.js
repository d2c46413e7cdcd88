// Notices in this browser: asks the browser for an address and keys, and hands them to the portal.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const active = (registration) =>
  new Promise((done, failed) => {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    const look = () => {
      if (worker.state === "activated") done(registration);
      if (worker.state === "redundant") failed(new Error("redundant"));
    };
    worker.addEventListener("statechange", look);
    look();
  });

async function subscribe(button) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("denied");
  const registration = await active(await navigator.serviceWorker.register("/notices/worker.js"));
  // One from before may have been made for another key.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const asked = { userVisibleOnly: true, applicationServerKey: bytes(button.dataset.key) };
  const { endpoint, keys } = (await registration.pushManager.subscribe(asked)).toJSON();
  const fields = { csrf: button.dataset.csrf, endpoint, p256dh: keys.p256dh, auth: keys.auth };
  return fetch("/me/notices/outlets/browser", { method: "POST", body: new URLSearchParams(fields), redirect: "follow" });
}

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  for (const button of document.querySelectorAll("[data-push]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const response = await subscribe(button);
        if (!response.ok) throw new Error(response.status);
        location.assign(response.url);
      } catch {
        button.disabled = false;
        let told = document.getElementById("push-failed");
        if (!told) {
          told = document.createElement("p");
          told.id = "push-failed";
          told.className = "field-error";
          told.setAttribute("role", "alert");
          button.parentElement.after(told);
        }
        told.textContent = button.dataset.failed;
      }
    });
  }
}
