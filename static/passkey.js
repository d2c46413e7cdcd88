// Passkeys: the one thing on these pages that needs script. Buttons stay hidden where the browser has none.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function post(path, fields) {
  return fetch(path, { method: "POST", body: new URLSearchParams(fields), redirect: "follow" });
}

async function enter(button) {
  const csrf = button.dataset.csrf;
  const question = await (await post("/sign-in/passkey/begin", { csrf })).json();
  const asked = question.publicKey;
  asked.challenge = bytes(asked.challenge);
  asked.allowCredentials = [];
  const key = await navigator.credentials.get({ publicKey: asked });
  const answer = {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    extensions: {},
    response: {
      authenticatorData: text(key.response.authenticatorData),
      clientDataJSON: text(key.response.clientDataJSON),
      signature: text(key.response.signature),
      userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
    },
  };
  const next = document.querySelector("input[name=next]")?.value ?? "";
  return post("/sign-in/passkey/finish", { csrf, id: question.id, next, answer: JSON.stringify(answer) });
}

async function add(button) {
  const csrf = button.dataset.csrf;
  const begun = await post("/me/security/passkey/begin", { csrf });
  // Whoever has to prove who they are first is led there.
  if (begun.redirected) return begun;
  const question = await begun.json();
  const asked = question.publicKey;
  asked.challenge = bytes(asked.challenge);
  asked.user.id = bytes(asked.user.id);
  for (const known of asked.excludeCredentials ?? []) known.id = bytes(known.id);
  // The device keeps the key, so that it can offer it without being told whose it is.
  asked.authenticatorSelection = { ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true };
  const key = await navigator.credentials.create({ publicKey: asked });
  const answer = {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    extensions: {},
    response: {
      attestationObject: text(key.response.attestationObject),
      clientDataJSON: text(key.response.clientDataJSON),
    },
  };
  const label = document.querySelector("input[name=label]")?.value ?? "";
  return post("/me/security/passkey/finish", { csrf, id: question.id, label, answer: JSON.stringify(answer) });
}

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const response = await (button.dataset.passkey === "add" ? add(button) : enter(button));
        if (!response.ok) throw new Error(response.status);
        location.assign(response.url);
      } catch {
        button.disabled = false;
        let told = document.getElementById("passkey-failed");
        if (!told) {
          told = document.createElement("p");
          told.id = "passkey-failed";
          told.className = "field-error";
          told.setAttribute("role", "alert");
          button.parentElement.after(told);
        }
        told.textContent = button.dataset.failed;
      }
    });
  }
}
