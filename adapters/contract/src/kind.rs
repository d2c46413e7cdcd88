//! Which file of a folder says what. A path that answers to no kind is refused, so that a misspelt folder
//! name does not silently lose its contents.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Agency,
    Service,
    Licence,
    Policy,
    Bulletin,
    Form,
    Map,
    Sample,
    Readme,
    City,
    Domains,
    Zones,
    LifeEvents,
    Calendar,
    Words,
    Ratings,
    Voice,
}

impl Kind {
    /// The kind of a path in an agency's package.
    pub fn in_package(path: &str) -> Option<Self> {
        let Some((folder, name)) = path.split_once('/') else {
            return match path {
                "agency.toml" => Some(Self::Agency),
                "README.md" => Some(Self::Readme),
                _ => None,
            };
        };
        let (kind, ending) = match folder {
            "services" => (Self::Service, ".toml"),
            "licences" => (Self::Licence, ".toml"),
            "policies" => (Self::Policy, ".toml"),
            "bulletins" => (Self::Bulletin, ".toml"),
            "forms" => (Self::Form, ".json"),
            "maps" => (Self::Map, ".jq"),
            "samples" => (Self::Sample, ".json"),
            _ => return None,
        };
        let stem = name.strip_suffix(ending)?;
        (!stem.is_empty() && !stem.contains('/')).then_some(kind)
    }

    /// The kind of a path in the city's folder.
    pub fn in_city(path: &str) -> Option<Self> {
        match path {
            "city.toml" => Some(Self::City),
            "domains.toml" => Some(Self::Domains),
            "zones.toml" => Some(Self::Zones),
            "life-events.toml" => Some(Self::LifeEvents),
            "calendar.toml" => Some(Self::Calendar),
            "words.toml" => Some(Self::Words),
            "ratings.toml" => Some(Self::Ratings),
            "voice.toml" => Some(Self::Voice),
            "README.md" => Some(Self::Readme),
            _ => None,
        }
    }

    /// Where files of this kind stand.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::Agency => "agency.toml",
            Self::Service => "services/*.toml",
            Self::Licence => "licences/*.toml",
            Self::Policy => "policies/*.toml",
            Self::Bulletin => "bulletins/*.toml",
            Self::Form => "forms/*.json",
            Self::Map => "maps/*.jq",
            Self::Sample => "samples/*.json",
            Self::Readme => "README.md",
            Self::City => "city.toml",
            Self::Domains => "domains.toml",
            Self::Zones => "zones.toml",
            Self::LifeEvents => "life-events.toml",
            Self::Calendar => "calendar.toml",
            Self::Words => "words.toml",
            Self::Ratings => "ratings.toml",
            Self::Voice => "voice.toml",
        }
    }
}

/// The name of a file without folder and ending: the code or id that its contents must repeat.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_kind_or_none() {
        assert_eq!(Kind::in_package("services/YZ02022.toml"), Some(Kind::Service));
        assert_eq!(Kind::in_package("maps/apply.jq"), Some(Kind::Map));
        for path in [
            "service/YZ02022.toml",
            "services/YZ02022.yaml",
            "services/.toml",
            "services/a/b.toml",
            "city.toml",
        ] {
            assert_eq!(Kind::in_package(path), None, "{path}");
        }
        assert_eq!(Kind::in_city("life-events.toml"), Some(Kind::LifeEvents));
        assert_eq!(Kind::in_city("agency.toml"), None);
    }

    #[test]
    fn the_stem_is_what_the_contents_must_repeat() {
        assert_eq!(stem("services/YZ02022.toml"), "YZ02022");
        assert_eq!(stem("agency.toml"), "agency");
    }
}
