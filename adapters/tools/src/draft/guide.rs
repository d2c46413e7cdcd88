//! What a draft says where nobody has written anything yet: everything the law asks of a guide has its place, and
//! each place says that it waits to be written. Drafts are seen by the agency and the reviewers only.

use yimen_contract::{
    Bilingual,
    agency::{Agency, AgencyKind, Auth, Backend, Contact, Driver, Level},
    service::{
        Audience, Completion, DayUnit, Days, Delivery, Fee, FeeMode, ItemType, LegalBasis, Outcome, Remedies,
        Scope, Service, ServiceKind, Status, Step, TimeLimits,
    },
};

/// A code of nobody, with the right check character.
pub const CREDIT_CODE: &str = "119901009900000172";

/// A place that waits for its words.
pub fn waiting(zh: &str, en: &str) -> Bilingual {
    Bilingual::new(format!("（待填写：{zh}）"), format!("(To be written: {en})"))
}

/// An agency behind a backend, and nothing known of either but what is given.
pub fn agency(name: Bilingual, backend: Backend) -> Agency {
    let website = (backend.driver == Driver::Redirect).then(|| "https://www.agency.example/".to_owned());
    Agency {
        format: 1,
        code: "X01".to_owned(),
        name,
        kind: AgencyKind::Dept,
        fields: Vec::new(),
        level: Level::City,
        parent: None,
        credit_code: CREDIT_CODE.to_owned(),
        about: waiting("这个部门做什么", "what the agency does"),
        contact: Contact {
            phone: "12345".to_owned(),
            complaint_phone: "12345".to_owned(),
            address: waiting("地址", "address"),
            hours: waiting("办公时间", "counter hours"),
            email: None,
            website,
        },
        backend,
        capabilities: std::collections::BTreeMap::new(),
    }
}

/// A backend of a protocol, with everything else as it is where nothing is said.
pub fn backend(driver: Driver, endpoint: &str) -> Backend {
    let auth = usual(driver);
    Backend {
        driver,
        endpoint: (driver != Driver::Desk).then(|| endpoint.to_owned()),
        auth,
        secrets: secrets(auth),
        encoding: yimen_contract::agency::Encoding::default(),
        body: yimen_contract::agency::BodyKind::default(),
        amount_unit: yimen_contract::agency::AmountUnit::default(),
        date_format: yimen_contract::agency::DateFormat::default(),
        deadline_ms: 3_000,
        concurrent: 16,
        closed: Vec::new(),
        daily_file_at: None,
        availability: Bilingual::default(),
        server_ca: None,
        digest: yimen_contract::agency::Digest::default(),
        token_path: None,
        scope: None,
        codes: None,
        frames: None,
        files: None,
        events: None,
    }
}

/// How backends of a protocol usually know the portal.
fn usual(driver: Driver) -> Auth {
    match driver {
        Driver::Rest | Driver::Callback => Auth::Hmac,
        Driver::Soap => Auth::WsSecurity,
        Driver::Csv => Auth::SftpKey,
        Driver::Fixed => Auth::IpAllow,
        Driver::Redirect => Auth::None,
        Driver::Desk => Auth::PortalAccount,
    }
}

/// The secrets that a way of signing in needs, by name.
pub fn secrets(auth: Auth) -> Vec<String> {
    let names: &[&str] = match auth {
        Auth::None | Auth::IpAllow | Auth::PortalAccount => &[],
        Auth::ApiKey => &["api-key"],
        Auth::Token => &["token"],
        Auth::Hmac | Auth::SharedSecret | Auth::Sm2Sign => &["signing-key"],
        Auth::Oauth2 => &["client-id", "client-secret"],
        Auth::Mtls => &["client-certificate"],
        Auth::SftpKey => &["portal-key", "host-key"],
        Auth::WsSecurity => &["username", "password"],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A service that nobody has described yet.
pub fn service(code: &str, name: Bilingual, kind: ServiceKind) -> Service {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    Service {
        code: code.to_owned(),
        item_code: format!("990Y{digits}000-990100000000-000-{CREDIT_CODE}-1-00"),
        status: Status::Draft,
        domain: "D01".to_owned(),
        class: "D01-1".to_owned(),
        name,
        summary: waiting("在这里能办成什么", "what a person gets done here"),
        kind,
        item_type: ItemType::PublicService,
        level: Level::City,
        scope: Scope::City,
        audience: Audience::Person,
        assurance: 3,
        agent_allowed: false,
        zones: Vec::new(),
        licence: None,
        joint_with: Vec::new(),
        synonyms: Vec::new(),
        sample: true,
        months: Vec::new(),
        time: times(kind),
        fee: Fee { mode: FeeMode::Free, amount_fen: None, standard: None, basis: None },
        visits: 0,
        visit: None,
        conditions: vec![waiting("谁可以办", "who may use it")],
        papers: Vec::new(),
        steps: vec![Step {
            name: waiting("第一步", "the first step"),
            role: Bilingual::new("申请人", "You"),
            time: Days { days: 0, unit: DayUnit::Working },
            note: None,
            special: None,
        }],
        result: Outcome {
            name: waiting("办理结果", "what one gets"),
            delivery: vec![Delivery::Electronic],
            note: None,
        },
        basis: vec![LegalBasis {
            law: waiting("法律或规章", "the law or rule"),
            article: waiting("条款", "the article"),
            text: waiting("条款内容", "what it says"),
        }],
        contact: None,
        faq: Vec::new(),
        remedies: Remedies {
            reconsideration_days: None,
            suit_months: None,
            note: waiting("不服怎么办", "what one can do about a decision"),
        },
        policies: Vec::new(),
        served_by: None,
        claims: Vec::new(),
        form: None,
        checks: Vec::new(),
        pays: None,
        query: None,
        booking: None,
        desk: None,
    }
}

fn times(kind: ServiceKind) -> TimeLimits {
    let (completion, days) = match kind {
        ServiceKind::Handle => (Completion::Promised, 5),
        _ => (Completion::Instant, 0),
    };
    TimeLimits {
        completion,
        promised: Days { days, unit: DayUnit::Working },
        legal: None,
        waiting_calendar_days: None,
    }
}
