//! What an operator decides: one commented file of defaults inside the binary, a file of theirs over it, the
//! environment over both. All mistakes are reported at once, each with where it stands and what to do.

mod channels;
mod national;
mod reader;
mod settings;

pub use channels::{CarrierConfig, OutletsConfig, ProviderConfig, SmtpConfig, SmtpSecurity};
pub use national::{ClientProof, NationalConfig};
pub use settings::{
    Address, AnswersConfig, CacheConfig, Channels, Config, DatabaseConfig, FilesConfig, GatewayConfig,
    JobsConfig, LimitsConfig, LogConfig, LogFormat, PaymentsConfig, ServerConfig,
};

use std::{fmt, fs, io, path::Path};

use reader::{Origin, Reader};

/// The file of defaults, with its comments: `yimen config show` prints it.
pub const DEFAULTS: &str = include_str!("default.toml");

/// One thing wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// `database.url`, or the name of an environment variable.
    pub key: String,
    /// The file and line, or the environment.
    pub origin: String,
    pub problem: String,
    pub remedy: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {} {}", self.origin, self.key, self.problem, self.remedy)
    }
}

/// Everything wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        writeln!(f, "the configuration has {count} mistake{}:", if count == 1 { "" } else { "s" })?;
        for mistake in &self.0 {
            writeln!(f, "  {mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

impl Config {
    /// Reads the files, each over those before it, and the environment over the defaults.
    pub fn load<'a>(
        files: impl IntoIterator<Item = &'a Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Mistakes> {
        let mut reader = Reader::new(DEFAULTS);
        for path in files {
            let origin = Origin::File(path.display().to_string());
            match fs::read_to_string(path) {
                Ok(text) => reader.layer(&origin, &text),
                Err(error) => reader.mistake(
                    "--config",
                    &path.display().to_string(),
                    format!("The file cannot be read: {error}."),
                    match error.kind() {
                        io::ErrorKind::NotFound => "Name a file that exists, or leave --config out.",
                        _ => "Give this user the right to read it.",
                    },
                ),
            }
        }
        reader.environment(environment);
        let config = settings::read(&mut reader);
        let mistakes = reader.finish();
        if mistakes.is_empty() { Ok(config) } else { Err(Mistakes(mistakes)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, environment: &[(&str, &str)]) -> Result<Config, Mistakes> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        let environment = environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Config::load(Some(file.path()), environment)
    }

    #[test]
    fn the_defaults_hold_and_the_environment_wins() {
        let config =
            load("[database]\nurl = \"a.sqlite\"\nslow_ms = 5", &[("DATABASE_URL", "b.sqlite")]).unwrap();
        assert_eq!(config.database.url.as_str(), "b.sqlite");
        assert_eq!(config.database.slow.as_millis(), 5);
        assert_eq!(config.server.listen.port(), 8080);
    }

    #[test]
    fn five_mistakes_are_reported_at_once_each_with_key_line_and_remedy() {
        let text = "[server]\nlisten = \"nowhere\"\nthreads = -1\nlissten = 1\n[log]\nformat = \"xml\"";
        let mistakes = load(text, &[("YIMEN_JOBS_RUNNERS", "many"), ("PATH", "/bin")]).unwrap_err().0;
        let seen: Vec<_> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
        assert_eq!(
            seen,
            ["server.lissten", "server.listen", "server.threads", "log.format", "YIMEN_JOBS_RUNNERS"]
        );
        assert!(mistakes[0].to_string().contains(":4: server.lissten: There is no such setting."));
        assert!(mistakes[0].remedy.contains("server.listen"), "{}", mistakes[0]);
        assert!(mistakes[1].origin.ends_with(":2"), "{}", mistakes[1]);
        assert!(mistakes.iter().all(|mistake| mistake.remedy.len() > 10));
    }

    #[test]
    fn people_come_by_https_except_on_this_machine() {
        let told =
            |url: &str| load(&format!("[server]\npublic_url = \"{url}\""), &[]).map_err(|wrong| wrong.0);
        for fine in
            ["https://yimen.example.org", "http://localhost:8080", "http://127.0.0.1:8080/", "http://[::1]/"]
        {
            assert!(told(fine).is_ok(), "{fine}");
        }
        for bad in
            ["http://yimen.example.org", "http://10.0.0.1/", "ftp://localhost/", "https://a.example/b", "x"]
        {
            assert_eq!(told(bad).unwrap_err()[0].key, "server.public_url", "{bad}");
        }
    }

    #[test]
    fn a_file_that_is_no_toml_is_named_with_its_line() {
        let mistakes = load("[server]\nlisten = ", &[]).unwrap_err();
        assert!(mistakes.0[0].origin.ends_with(":2"), "{mistakes}");
    }

    const PROVIDER: &str = "[[national]]\nid = \"one\"\nname_zh = \"一\"\nname_en = \"One\"\nclient_id = \"yimen\"\n\
                            level = 4\nissuer = \"https://id.example.org\"\nclient_secret = \"hunter2\"\n";

    #[test]
    fn channels_and_providers_are_read_and_their_secrets_never_printed() {
        let text = format!(
            "[smtp]\nserver = \"mail.example.org:587\"\nfrom = \"Y <a@example.org>\"\nuser = \"u\"\n{PROVIDER}"
        );
        let environment =
            [("YIMEN_SMTP_PASSWORD", "hunter2"), ("YIMEN_NATIONAL_ONE_CLIENT_SECRET", "hunter3")];
        let config = load(&text, &environment).unwrap();
        assert_eq!(config.mail[0].security, SmtpSecurity::StartTls);
        assert!(config.texts.is_empty());
        let ClientProof::Secret(secret) = &config.national[0].proof else { panic!("a secret") };
        assert_eq!(secrecy::ExposeSecret::expose_secret(secret), "hunter3");
        assert!(!format!("{config:?}").contains("hunter"));
    }

    #[test]
    fn a_channel_in_the_clear_is_a_mistake_except_on_this_machine() {
        let smtp = |host: &str| {
            format!("[smtp]\nserver = \"{host}:25\"\nsecurity = \"plain\"\nfrom = \"a@example.org\"")
        };
        assert!(load(&smtp("127.0.0.1"), &[]).is_ok());
        let mistakes = load(&smtp("mail.example.org"), &[]).unwrap_err().0;
        assert_eq!(mistakes[0].key, "smtp.security");
        assert!(load(&smtp("mail.example.org"), &[("YIMEN_SMTP_ALLOW_PLAIN", "true")]).is_ok());
        let sms = "[sms]\naddress = \"http://sms.example.org/\"";
        let mistakes = load(sms, &[]).unwrap_err().0;
        let keys: Vec<_> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
        assert_eq!(keys, ["sms.address", "sms.key"]);
        // A package has its address where agencies' are bound, and nowhere else.
        let both = "[sms]\ncarrier = \"city-messenger\"\naddress = \"https://sms.example.org/\"\nkey = \"k\"";
        assert_eq!(load(both, &[]).unwrap_err().0[0].key, "sms.carrier");
        let lone = "[sms_second]\ncarrier = \"pigeon-text\"";
        assert_eq!(load(lone, &[]).unwrap_err().0[0].key, "sms_second.carrier");
        let config = load(&format!("[sms]\ncarrier = \"city-messenger\"\n{lone}"), &[]).unwrap();
        assert!(config.channels().sms && config.carriers.len() == 2);
        // A second provider of what has no first is a mistake of its own.
        let app = "[app_second]\naddress = \"https://push.example.org/\"\nkey = \"k\"";
        assert_eq!(load(app, &[]).unwrap_err().0[0].key, "app_second.address");
    }

    #[test]
    fn mistakes_in_a_provider_are_told_with_its_number_and_line() {
        let second =
            PROVIDER.replace("https://id", "http://id").replace("level = 4", "level = 9\ncolour = 1");
        let mistakes = load(&format!("{PROVIDER}{second}"), &[]).unwrap_err().0;
        let keys: Vec<_> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
        assert_eq!(keys, ["national.2.colour", "national.2.level", "national.2.issuer", "national.2.id"]);
        assert!(mistakes[1].origin.ends_with(":14"), "{}", mistakes[1]);
    }

    /// As with every setting, the later source is the one that counts, and it counts whole: a list half from here
    /// and half from there would be nobody's.
    #[test]
    fn a_list_in_a_later_source_replaces_the_earlier() {
        let write = |text: &str| {
            let file = tempfile::NamedTempFile::new().unwrap();
            fs::write(file.path(), text).unwrap();
            file
        };
        let other = |id: &str| {
            PROVIDER
                .replace("id = \"one\"", &format!("id = \"{id}\""))
                .replace("https://id", &format!("https://{id}"))
        };
        let earlier =
            write(&format!("[gateway]\nallow = [\"10.0.0.0/8\", \"::1\"]\n{PROVIDER}{}", other("two")));
        let later = write(&format!("[gateway]\nallow = [\"192.168.0.0/16\"]\n{}", other("three")));
        let load = |files: &[&tempfile::NamedTempFile], environment: &[(&str, &str)]| {
            let environment = environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            Config::load(files.iter().map(|file| file.path()), environment)
        };
        let ids = |config: &Config| config.national.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        let nets = |config: &Config| config.gateway.allow.iter().map(ToString::to_string).collect::<Vec<_>>();
        let config = load(&[&earlier], &[]).unwrap();
        assert_eq!((ids(&config).len(), nets(&config).len()), (2, 2));
        let config = load(&[&earlier, &later], &[]).unwrap();
        assert_eq!(ids(&config), ["three"]);
        assert_eq!(nets(&config), ["192.168.0.0/16"]);
        let config = load(&[&earlier, &later], &[("YIMEN_GATEWAY_ALLOW", "[\"127.0.0.1\"]")]).unwrap();
        assert_eq!(nets(&config), ["127.0.0.1/32"]);
        // What a replaced list held can no longer be set; a later file without the list leaves it as it is.
        let gone = load(&[&earlier, &later], &[("YIMEN_NATIONAL_ONE_CLIENT_SECRET", "x")]);
        assert!(gone.unwrap_err().to_string().contains("YIMEN_NATIONAL_ONE_CLIENT_SECRET"));
        let silent = write("[log]\nfilter = \"info\"\n");
        assert_eq!(ids(&load(&[&earlier, &silent], &[]).unwrap()), ["one", "two"]);
    }

    #[test]
    fn a_password_in_an_address_is_never_printed() {
        let config = load("", &[("DATABASE_URL", "postgres://u:hunter2@h/d")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let mistakes = load("", &[("REDIS_URL", "http://u:hunter2@h")]).unwrap_err();
        assert!(!mistakes.to_string().contains("hunter2"));
    }
}
