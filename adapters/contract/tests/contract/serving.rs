//! Rules for who serves a service.

use crate::folder::Folder;

const QUERY: &str = "services/YZ02001.toml";
const RENEWAL: &str = "services/YZ02022.toml";
const AGENCY: &str = "agency.toml";

#[test]
fn the_backend_can_do_what_the_service_needs() {
    let folder = Folder::backed().with(AGENCY, "[capabilities.lookup]", "[capabilities.\"lookup@YZ02001\"]");
    folder.begins(QUERY, &[]);
    let folder = Folder::backed().with(AGENCY, "\"case.status\"", "\"case.status@YZ02001\"");
    folder.begins(
        RENEWAL,
        &["served_by: The service is served by `case`, but agency.toml declares no `case.status`. Add \
           [capabilities.\"case.status\"] to agency.toml, or remove this field"],
    );
    assert!(folder.line(RENEWAL, "served_by").is_some());
    // One that nobody serves needs nothing: its guide is shown.
    Folder::backed()
        .with(AGENCY, "\"case.status\"", "\"case.status@YZ02001\"")
        .with(RENEWAL, "served_by = \"case\"\n", "")
        .begins(RENEWAL, &[]);
}

#[test]
fn each_type_of_service_is_served_in_its_own_way() {
    for (wrong, remedy) in
        [("slots", "Write \"case\" or \"binding\""), ("lookup", "Write \"case\" or \"binding\"")]
    {
        let folder =
            Folder::backed().with(RENEWAL, "served_by = \"case\"", &format!("served_by = \"{wrong}\""));
        let said = folder.said_of(RENEWAL);
        let start = format!("served_by: A service of this type is not served by `{wrong}`. {remedy}");
        assert!(said.iter().any(|said| said.starts_with(&start)), "{said:#?}");
    }
    Folder::backed().with(RENEWAL, "served_by = \"case\"", "served_by = \"desk\"").begins(RENEWAL, &[]);
    Folder::backed().with(RENEWAL, "served_by = \"case\"", "served_by = \"site\"").begins(RENEWAL, &[]);
}

#[test]
fn an_agency_without_a_backend_is_served_at_its_desk() {
    let mut folder = Folder::backed();
    let agency = folder.0.get_mut(AGENCY).unwrap();
    agency.truncate(agency.find("[backend]").unwrap());
    agency.push_str("[backend]\ndriver = \"desk\"\nauth = \"portal-account\"\n");
    for sample in ["samples/one-violation.json", "samples/refused.json"] {
        folder = folder.without(sample);
    }
    folder
        .begins(RENEWAL, &["served_by: The agency works in the portal and has no backend. Write \"desk\"."]);
    folder.with(RENEWAL, "served_by = \"case\"", "served_by = \"desk\"").begins(RENEWAL, &[]);
}

#[test]
fn a_query_belongs_to_a_service_that_answers() {
    Folder::backed().with(QUERY, "served_by = \"lookup\"\n", "").begins(
        QUERY,
        &["query: Nobody serves this service, so this is not shown. Write served_by = \"lookup\", or \"desk\"."],
    );
    Folder::backed().with(QUERY, "served_by = \"lookup\"", "served_by = \"site\"").begins(
        QUERY,
        &["query: A service that is served by `site` answers no question. Remove this table."],
    );
    let mut folder = Folder::backed().without("samples/one-violation.json");
    let text = folder.0.get_mut(QUERY).unwrap();
    text.truncate(text.find("[query]").unwrap());
    folder.begins(
        QUERY,
        &["query: Nobody knows what is asked for and what the answer tells. Add the table [query]"],
    );
}

#[test]
fn nothing_is_claimed_of_people_whom_nobody_knows() {
    let two = "assurance = 2";
    Folder::backed().with(QUERY, "assurance = 4", two).begins(
        QUERY,
        &[
            "claims[0]: `name` is only known from level 3.",
            "claims[1]: `identity_number` is only known from level 3.",
        ],
    );
    Folder::backed()
        .with(QUERY, "assurance = 4", "assurance = 0")
        .begins(QUERY, &["claims[0]: Nobody has to sign in", "claims[1]: Nobody has to sign in"]);
    Folder::backed()
        .with(QUERY, "\"identity_number\"]", "\"name\"]")
        .without("samples/one-violation.json")
        .begins(QUERY, &["claims[1]: `name` is listed twice."]);
}

#[test]
fn a_form_is_in_the_package_and_asks_only_what_is_not_known() {
    Folder::backed()
        .with(RENEWAL, "forms/renewal.json", "forms/renewel.json")
        .begins(RENEWAL, &["form: There is no form `forms/renewel.json` in the package."]);
    Folder::backed()
        .with(QUERY, "served_by = \"lookup\"", "served_by = \"lookup\"\nform = \"forms/renewal.json\"")
        .begins(QUERY, &["form: A service that answers questions has no form of its own."]);
    let deliver_to =
        r#""deliver_to": { "title": "邮寄地址", "x-label": { "zh": "邮寄地址", "en": "Post it to" }"#;
    Folder::backed().with("forms/renewal.json", deliver_to, r#""q2": { "title": "身份证号""#).begins(
        "forms/renewal.json",
        &["properties.q2: This field asks for data that the claim `identity_number` of YZ02022 already gives."],
    );
    Folder::backed()
        .with("forms/renewal.json", "\"deliver_to\": {", "\"email\": {")
        .begins("forms/renewal.json", &["properties.email: warning"]);
    Folder::backed()
        .with(
            "forms/renewal.json",
            "\"enum\": [\"expires\", \"damaged\"]",
            "\"$ref\": \"https://x.example/a.json\"",
        )
        .begins(
            "forms/renewal.json",
            &["properties.reason.\"$ref\": A form points at nothing outside itself."],
        );
    Folder::backed()
        .put("forms/renewal.json", "[]")
        .begins("forms/renewal.json", &["type: A form is a schema of an object."]);
}

#[test]
fn maps_and_forms_that_nothing_uses_are_named() {
    Folder::backed().put("maps/old.jq", ".").put("forms/old.json", "{\"type\": \"object\"}").says(&[
        "forms/old.json: warning: Nothing uses this form. Name it under `form` in a service, or remove the file.",
        "maps/old.jq: warning: Nothing uses this map. Name it under a capability in agency.toml, or remove the file.",
    ]);
    Folder::backed()
        .put("maps/query.jq", "# later\n")
        .says(&["maps/query.jq: This map says nothing. Write what it makes; a dot alone changes nothing."]);
    Folder::backed().put("maps/query.jq", &".\n".repeat(33 * 1024)).says(&[
        "maps/query.jq: This map is longer than 64 KiB. Make it shorter, or make one for each capability.",
    ]);
    Folder::backed().without("maps/records.jq").begins(
        AGENCY,
        &["capabilities.\"lookup\".response: There is no map `maps/records.jq` in the package."],
    );
}

#[test]
fn a_service_of_its_own_way_exists_and_can_be_asked_about() {
    Folder::backed()
        .with(AGENCY, "lookup@YZ02012", "lookup@YZ09999")
        .begins(AGENCY, &["capabilities.\"lookup@YZ09999\": There is no service `YZ09999` in this package."]);
    Folder::backed().with(AGENCY, "lookup@YZ02012", "licences.list@YZ02012").begins(
        AGENCY,
        &["capabilities.\"licences.list@YZ02012\": A question of `licences.list` is not about a service."],
    );
    Folder::backed()
        .with(AGENCY, "lookup@YZ02012", "guess@YZ02012")
        .begins(AGENCY, &["capabilities.\"guess@YZ02012\": There is no capability `guess`."]);
}

#[test]
fn a_write_that_nobody_can_ask_after_is_said_aloud() {
    Folder::backed()
        .with(AGENCY, "\"case.find\"", "\"binding.list\"")
        .begins(AGENCY, &["capabilities.\"case.submit\": warning"]);
}
