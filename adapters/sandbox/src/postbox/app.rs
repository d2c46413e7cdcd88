//! The authenticator apps on demo people's telephones (RFC 6238), so that nobody needs one to try the demo.

use std::sync::PoisonError;

use totp_rs::{Builder, Secret, Totp};

use super::PostBox;

pub struct App {
    name: String,
    login: String,
    maker: Totp,
}

impl PostBox {
    /// Puts an app onto the page. A secret that is none is left out.
    pub fn carry(&self, name: &str, login: &str, secret: &str) {
        let maker =
            Secret::try_from_base32(secret).ok().and_then(|it| Builder::new().with_secret(it).build().ok());
        if let Some(maker) = maker {
            let app = App { name: name.to_owned(), login: login.to_owned(), maker };
            self.apps.lock().unwrap_or_else(PoisonError::into_inner).push(app);
        }
    }

    /// Name, login and the code that holds right now.
    pub(super) fn codes(&self) -> Vec<(String, String, String)> {
        let now = u64::try_from(self.clock.seconds()).unwrap_or_default();
        let apps = self.apps.lock().unwrap_or_else(PoisonError::into_inner);
        apps.iter()
            .map(|app| (app.name.clone(), app.login.clone(), app.maker.generate(now).to_string()))
            .collect()
    }
}
