//! Holds what the house says against the API document it serves.

use crate::harness::Answer;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

/// The API document, ready to check answers.
pub struct Contract {
    document: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Contract {
    /// The document a house serves. All houses serve the same one.
    pub async fn served_at(http: &reqwest::Client, base: &str) -> Arc<Self> {
        static SERVED: OnceLock<Arc<Contract>> = OnceLock::new();
        if let Some(contract) = SERVED.get() {
            return contract.clone();
        }
        let answer = http.get(format!("{base}/api/v1/openapi.json")).send().await.expect("an answer");
        let document: Value = answer.json().await.expect("an API document");
        assert_eq!(document["openapi"], "3.1.0");
        SERVED.get_or_init(|| Arc::new(Self { document, validators: Mutex::default() })).clone()
    }

    /// Fails unless the document names this answer and describes its body.
    #[track_caller]
    pub fn hold(&self, method: &str, path: &str, answer: &Answer) {
        let asked = &answer.asked;
        let content_type = answer.headers.get("content-type").map_or("", String::as_str);
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        let Some((template, item)) = self.item(path) else {
            // What is not in the document must not exist either.
            return self.hold_problem(answer, essence, 404);
        };
        let operation = &item[method.to_lowercase()];
        if operation.is_null() {
            return self.hold_problem(answer, essence, 405);
        }
        let status = answer.status.to_string();
        let response = &operation["responses"][&status];
        assert!(!response.is_null(), "{asked} answered {status}, which the document does not name");
        let Some(content) = response["content"].as_object().filter(|content| !content.is_empty()) else {
            assert!(answer.bytes.is_empty(), "{asked} answered {status} with a body the document omits");
            return;
        };
        let described = content.get(essence);
        let Some(media) = described else {
            panic!("{asked} answered {status} with {content_type}, and the document says {content:?}")
        };
        if essence.ends_with("json") {
            let key = format!("{method} {template} {status} {essence}");
            self.check(&key, &media["schema"], &answer.body, asked);
        }
    }

    /// Fails unless this is something the document says the live channel says.
    pub fn hold_live(&self, said: &Value) {
        self.check("live", &json!({ "$ref": "#/components/schemas/Say" }), said, "the live channel");
    }

    #[track_caller]
    fn hold_problem(&self, answer: &Answer, essence: &str, status: u16) {
        let asked = &answer.asked;
        assert_eq!(answer.status, status, "{asked} is not in the document: {}", answer.body);
        assert_eq!(essence, "application/problem+json", "{asked}");
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        self.check("problem", &schema, &answer.body, asked);
    }

    /// The path of the document that a real path is one of.
    fn item(&self, path: &str) -> Option<(&String, &Value)> {
        let paths = self.document["paths"].as_object()?;
        paths.get_key_value(path).or_else(|| paths.iter().find(|(template, _)| fits(template, path)))
    }

    #[track_caller]
    fn check(&self, key: &str, schema: &Value, body: &Value, asked: &str) {
        let validator = self.validator(key, schema);
        let faults: Vec<String> =
            validator.iter_errors(body).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{asked} is not as the document says: {faults:#?}\n{body:#}");
    }

    /// The schema beside the components it refers to, in one document.
    fn validator(&self, key: &str, schema: &Value) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let make = || {
            let whole = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "allOf": [schema],
                "components": self.document["components"],
            });
            Arc::new(jsonschema::validator_for(&whole).expect("a schema"))
        };
        validators.entry(key.to_owned()).or_insert_with(make).clone()
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(want), Some(got)) if want == got => {}
            (Some(want), Some(got)) if want.starts_with('{') && !got.is_empty() => {}
            _ => return false,
        }
    }
}
