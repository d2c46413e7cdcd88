//! Descriptions of backends become drafts, and what cannot be read is named.

use proptest::prelude::*;
use serde_json::{Value, json};
use yimen_contract::{Package, package};
use yimen_tools::{
    check,
    import::{ImportError, Imported, Wanted, import},
};

use crate::packages::maps;

const OPENAPI: &str = r##"
openapi: 3.0.3
info: { title: 云州市停车管理, version: "1" }
servers: [{ url: "https://parking.example.cn/api" }]
paths:
  /v1/health:
    get: { operationId: health, responses: { "200": { description: ok } } }
  /v1/permits/query:
    post:
      operationId: queryPermits
      summary: 停车证查询
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Ask" }
      responses:
        "200":
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: object, properties: { list: { type: array, items: { $ref: "#/components/schemas/Permit" } } } }
  /v1/permits:
    post:
      operationId: applyPermit
      requestBody: { $ref: "#/components/requestBodies/Apply" }
      responses: { "201": { content: { application/json: { schema: { properties: { id: { type: integer } } } } } } }
    get:
      operationId: listPermits
      parameters: [{ name: plate, in: query, schema: { type: string } }]
      responses: { "200": { content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Permit" } } } } } }
  /v1/permits/{id}:
    get: { responses: { "200": { description: ok } } }
  /v1/other:
    post:
      requestBody: { content: { application/json: { schema: { $ref: "https://evil.example/schema.json#/X" } } } }
      responses: { "200": { description: ok } }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    key: { type: apiKey, in: header, name: X-Api-Key }
  requestBodies:
    Apply:
      content:
        application/json:
          schema:
            type: object
            required: [plateNo, xm, parent]
            properties:
              xm: { type: string }
              plateNo: { type: string, maxLength: 8, description: 号牌号码 }
              kind: { type: string, enum: [a, b] }
              parent: { $ref: "#/components/schemas/Node" }
  schemas:
    Ask: { type: object, required: [plateNo], properties: { plateNo: { type: string }, zjhm: { type: string }, from: { type: string, format: date } } }
    Permit: { type: object, properties: { no: { type: string }, plateNo: { type: string }, until: { type: string, format: date }, fee: { type: integer } } }
    Node: { type: object, properties: { value: { type: string }, inner: { $ref: "#/components/schemas/Node" } } }
"##;

fn wanted(file: &str) -> Wanted {
    Wanted { slug: "parking".to_owned(), name: None, file: file.to_owned(), first: "YZ99001".to_owned() }
}

fn imported(text: &str) -> Imported {
    import(&wanted("described"), text.as_bytes()).unwrap()
}

/// The draft, which the loader takes as it is.
fn loaded(imported: &Imported) -> Package {
    let reading = package::read("parking", &imported.draft.files());
    assert!(!reading.findings.has_errors(), "{}", reading.findings);
    reading.value.unwrap()
}

#[tokio::test]
async fn a_draft_can_be_tried_at_once() {
    let (mut imported, maps) = (imported(OPENAPI), maps());
    imported.try_out("parking", &maps).await.unwrap();
    let files = imported.draft.files();
    let names: Vec<&str> =
        files.iter().map(|(path, _)| path).filter(|path| path.starts_with("samples/")).collect();
    assert_eq!(
        names,
        [
            "samples/case-submit-yz99001.json",
            "samples/case-submit-yz99003.json",
            "samples/lookup-yz99004.json"
        ]
    );
    let checked = check("parking", &files, &maps).await;
    assert!(!checked.findings.has_errors() && checked.samples == 3, "{}", checked.findings);
    let package = loaded(&imported);
    let lookup = &package.samples["samples/lookup-yz99004.json"];
    assert_eq!(lookup.answer.as_ref().unwrap()["records"][0]["facts"]["until"], "2026-11-20");
    assert_eq!(lookup.request.as_ref().unwrap()["zjhm"], "990101198501010010");
}

#[tokio::test]
async fn a_description_becomes_a_draft() {
    let imported = imported(OPENAPI);
    let package = loaded(&imported);
    let names: Vec<&str> = package.agency.capabilities.keys().map(String::as_str).collect();
    assert_eq!(names, ["case.submit@YZ99001", "case.submit@YZ99003", "health", "lookup@YZ99004"]);
    assert!(package.services.iter().all(|service| service.status == yimen_contract::service::Status::Draft));
    let lookup = package.services.iter().find(|service| service.code == "YZ99004").unwrap();
    let query = lookup.query.as_ref().unwrap();
    let keys = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        query.inputs.iter().map(|one| one.key.clone()).collect::<Vec<_>>(),
        keys(vec!["from", "plate_no"])
    );
    assert_eq!(
        query.facts.iter().map(|one| one.key.clone()).collect::<Vec<_>>(),
        keys(vec!["fee", "no", "plate_no", "until"])
    );
    assert_eq!(lookup.claims.iter().map(|claim| claim.word()).collect::<Vec<_>>(), ["identity_number"]);
    assert_eq!(package.agency.backend.secrets, ["api-key"]);
    let form = &package.forms["forms/YZ99003.json"];
    assert_eq!(form["required"], json!(["plateNo", "parent"]));
    assert!(form["properties"].get("xm").is_none(), "the city knows the name");
    // The maps are programs, not only texts.
    let checked = check("parking", &imported.draft.files(), &maps()).await;
    assert!(!checked.findings.has_errors(), "{}", checked.findings);
}

#[test]
fn what_cannot_be_read_is_named_with_place_and_reason() {
    let imported = imported(OPENAPI);
    let said = |place: &str, reason: &str| {
        imported.unread.iter().any(|one| one.place.contains(place) && one.reason.contains(reason))
    };
    assert!(said("/paths/~1v1~1permits~1{id}/get", "varies"), "{:#?}", imported.unread);
    assert!(said("/paths/~1v1~1other/post", "nothing is fetched"), "{:#?}", imported.unread);
    assert!(said("/components/schemas/Node", "holds itself"), "{:#?}", imported.unread);
    assert!(said("/components/securitySchemes/basic", "`basic`"), "{:#?}", imported.unread);
    assert!(said("/paths/~1v1~1permits/get", "GET"), "{:#?}", imported.unread);
    let readme = imported.draft.iter().find(|(path, _)| *path == "README.md").unwrap().1;
    assert!(imported.unread.iter().all(|one| readme.contains(&one.reason)), "{readme}");
    // Addresses stand in the README only: the operator binds them.
    let others = imported
        .draft
        .iter()
        .filter(|(path, text)| *path != "README.md" && text.contains("parking.example.cn"));
    assert_eq!(others.count(), 0);
}

#[test]
fn the_older_and_the_newer_form_are_read_too() {
    let old = json!({
        "swagger": "2.0", "info": { "title": "Old" }, "host": "old.example.cn", "basePath": "/v2",
        "securityDefinitions": { "o": { "type": "oauth2", "flow": "application", "tokenUrl": "https://old.example.cn/oauth/token" } },
        "definitions": { "R": { "type": "object", "properties": { "bh": { "type": "string" } } } },
        "paths": { "/cases/search": { "post": {
            "consumes": ["application/x-www-form-urlencoded"],
            "parameters": [{ "name": "number", "in": "formData", "type": "string", "required": true }, { "name": "h", "in": "header", "type": "string" }],
            "responses": { "200": { "schema": { "type": "array", "items": { "$ref": "#/definitions/R" } } } } } } },
    });
    let read = imported(&old.to_string());
    let package = loaded(&read);
    assert_eq!(package.agency.backend.token_path.as_deref(), Some("/oauth/token"));
    assert_eq!(package.agency.backend.body, yimen_contract::agency::BodyKind::Form);
    assert_eq!(read.unread.len(), 1, "{:#?}", read.unread);
    let new = json!({
        "openapi": "3.1.0", "info": { "title": "New" },
        "paths": { "/find": { "post": {
            "requestBody": { "content": { "application/json": { "schema": { "type": ["object", "null"], "properties": {
                "number": { "anyOf": [{ "type": "integer" }, { "type": "null" }] }, "odd": { "oneOf": [{ "type": "string" }, { "type": "integer" }] } } } } } },
            "responses": { "200": { "content": { "application/json": { "schema": { "properties": { "no": { "type": ["string", "null"] } } } } } } } } } },
    });
    let read = imported(&new.to_string());
    let query = loaded(&read).services[0].query.clone().unwrap();
    assert_eq!(query.inputs[0].kind, yimen_contract::query::InputKind::Number);
    assert!(read.unread.iter().any(|one| one.place.ends_with("/odd")), "{:#?}", read.unread);
}

const WSDL: &str = r#"<?xml version="1.0"?>
<wsdl:definitions name="Registry" targetNamespace="urn:r" xmlns:tns="urn:r" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
 <wsdl:types><xs:schema targetNamespace="urn:r" elementFormDefault="qualified">
  <xs:import namespace="urn:x" schemaLocation="http://evil.example/x.xsd"/>
  <xs:element name="queryHouse"><xs:complexType><xs:sequence>
    <xs:element name="zjhm" type="xs:string"/><xs:element name="bdcdyh" type="xs:string"/><xs:element name="rq" type="xs:date" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="queryHouseResponse"><xs:complexType><xs:sequence>
    <xs:element name="house" type="tns:House" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="House"><xs:sequence><xs:element name="mj" type="xs:decimal"/><xs:element name="zl" type="xs:string"/>
    <xs:element name="part" type="tns:House"/></xs:sequence></xs:complexType>
 </xs:schema></wsdl:types>
 <wsdl:message name="In"><wsdl:part name="p" element="tns:queryHouse"/></wsdl:message>
 <wsdl:message name="Out"><wsdl:part name="p" element="tns:queryHouseResponse"/></wsdl:message>
 <wsdl:portType name="P"><wsdl:operation name="queryHouse"><wsdl:documentation>房屋查询</wsdl:documentation><wsdl:input message="tns:In"/><wsdl:output message="tns:Out"/></wsdl:operation>
   <wsdl:operation name="lost"><wsdl:input message="tns:Nowhere"/></wsdl:operation></wsdl:portType>
 <wsdl:binding name="B" type="tns:P"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
  <wsdl:operation name="queryHouse"><soap:operation soapAction="urn:r/queryHouse"/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>
  <wsdl:operation name="lost"><soap:operation soapAction=""/></wsdl:operation>
 </wsdl:binding>
 <wsdl:service name="S"><wsdl:port name="X" binding="tns:B"><soap:address location="http://10.0.0.1/ws"/></wsdl:port></wsdl:service>
</wsdl:definitions>"#;

#[tokio::test]
async fn a_wsdl_becomes_a_draft() {
    let imported = imported(WSDL);
    let package = loaded(&imported);
    let (name, binding) = package.agency.capabilities.iter().next().unwrap();
    assert_eq!(name, "lookup@YZ99001");
    let soap = binding.soap.as_ref().unwrap();
    assert_eq!((&*soap.operation, &*soap.namespace, soap.qualified), ("queryHouse", "urn:r", true));
    assert_eq!(soap.order, ["zjhm", "bdcdyh", "rq"]);
    assert_eq!(soap.action, "urn:r/queryHouse");
    let query = package.services[0].query.as_ref().unwrap();
    assert_eq!(query.facts.iter().map(|one| &*one.key).collect::<Vec<_>>(), ["mj", "zl"]);
    for reason in ["nothing is fetched", "`Nowhere` is not in this file", "holds itself"] {
        assert!(
            imported.unread.iter().any(|one| one.reason.contains(reason)),
            "{reason}: {:#?}",
            imported.unread
        );
    }
    let checked = check("parking", &imported.draft.files(), &maps()).await;
    assert!(!checked.findings.has_errors(), "{}", checked.findings);
}

#[test]
fn what_is_no_description_is_refused_with_its_line() {
    let refused = |bytes: &[u8]| import(&wanted("x.yaml"), bytes).unwrap_err();
    assert!(matches!(refused(b"a: 1\nb: [1\n"), ImportError::Malformed { .. }));
    assert!(matches!(refused(b"openapi: 4.0.0"), ImportError::Unknown { .. }));
    assert!(matches!(refused(b"\xFF\xFE"), ImportError::Unknown { .. }));
    assert!(matches!(refused(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), ImportError::Unknown { .. }));
    assert!(matches!(refused(&vec![b' '; (8 << 20) + 1]), ImportError::Unknown { .. }));
}

/// Values of any shape, with the words of descriptions in them.
fn any_value() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "type",
        "object",
        "array",
        "string",
        "properties",
        "items",
        "$ref",
        "#/x",
        "#/paths",
        "required",
        "allOf",
        "oneOf",
        "name",
        "in",
        "query",
        "body",
        "schema",
        "content",
        "application/json",
        "requestBody",
        "responses",
        "200",
        "get",
        "post",
        "parameters",
        "#",
        "xm",
        "姓名",
        "format",
        "date",
        "enum",
        "title",
        "11010519491231002X",
        "\u{202e}x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((prop_oneof![word.clone().prop_map(str::to_owned), ".{0,6}"], inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_make_it_stumble(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = import(&wanted("x"), &bytes);
    }

    #[test]
    fn no_text_makes_it_stumble(text in "[ \\n\\t:,{}\\[\\]&*!|>'\"a-c0-9#%@`<>/?=-]{0,120}") {
        let _ = import(&wanted("x"), text.as_bytes());
        let _ = import(&wanted("x"), format!("openapi: 3.0.0\n{text}").as_bytes());
    }

    #[test]
    fn whatever_is_read_makes_a_draft_that_the_loader_takes(
        paths in any_value(), operation in any_value(), schema in any_value(), title in ".{0,80}",
    ) {
        let document = json!({
            "openapi": "3.0.1",
            "info": { "title": title },
            "x": schema,
            "paths": { "/a/query": { "post": operation }, "/b": { "post": {
                "summary": title,
                "requestBody": { "content": { "application/json": { "schema": { "properties": { "q": paths.clone(), "xm": schema.clone() }, "required": paths } } } },
                "responses": { "200": { "content": { "application/json": { "schema": schema } } } } } } },
        });
        let read = imported(&document.to_string());
        let reading = package::read("parking", &read.draft.files());
        prop_assert!(!reading.findings.has_errors(), "{}", reading.findings);
    }

    #[test]
    fn a_wsdl_with_a_hole_makes_no_one_stumble(at in 0..WSDL.len(), length in 0_usize..300) {
        let cut: String = WSDL.char_indices().filter(|(i, _)| *i < at || *i > at + length).map(|(_, c)| c).collect();
        if let Ok(read) = import(&wanted("x"), cut.as_bytes()) {
            let reading = package::read("parking", &read.draft.files());
            prop_assert!(!reading.findings.has_errors(), "{}", reading.findings);
        }
    }
}
