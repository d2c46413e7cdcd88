//! Lists that come page by page, gathered into one answer. A list that cannot be gathered whole is no answer:
//! whoever sees half of it would take it for all.

use std::time::Instant;

use serde_json::Value;
use yimen_contract::protocol::Pages;

use super::{Rest, Said};
use crate::{
    call::{Call, CallError},
    mapping::{at, put},
};

/// All pages together. Whoever looks at a list reads no more, and many lists may be gathered at once.
const LONGEST: usize = 4 << 20;

impl Rest {
    /// Asks page after page. The first page's answer gets the whole list.
    pub(super) async fn all(
        &self,
        call: &Call<'_>,
        pages: &Pages,
        question: Value,
        began: Instant,
    ) -> Result<Said, CallError> {
        let broken = |why: &str| Err(CallError::Broken(why.to_owned()));
        let (mut whole, mut list, mut bytes) = (None, Vec::new(), 0);
        let mut wanted = pages.next.is_none().then(|| Value::from(pages.first));
        for part in 0..pages.at_most {
            let asked = asking(&question, pages, wanted.clone())?;
            let (said, length) = self.one(call, asked, part, began).await?;
            let mut answer = match said {
                Said::Answer(answer) => answer,
                taken @ Said::Taken(_) => return Ok(taken),
            };
            bytes += length;
            if bytes > LONGEST {
                return broken("a list longer than 4 MiB");
            }
            // What the backend refuses or has not decided is read as if it were the only page.
            if !call.is_decided(&answer)? {
                return Ok(Said::Answer(answer));
            }
            let entries = match at_mut(&pages.list, &mut answer).map(Value::take) {
                Some(Value::Array(entries)) => entries,
                Some(Value::Null) => Vec::new(),
                _ => return broken("a page without its list"),
            };
            let count = entries.len();
            list.extend(entries);
            let next = match &pages.next {
                Some(path) => at(path, &answer).filter(|next| !next.is_null() && *next != "").cloned(),
                None if count < pages.size.unwrap_or(0) as usize => None,
                None => Some(Value::from(pages.first + part + 1)),
            };
            let first = whole.get_or_insert(answer);
            if next.is_none() {
                if let Some(place) = at_mut(&pages.list, first) {
                    *place = Value::Array(list);
                }
                return Ok(Said::Answer(first.take()));
            }
            if next == wanted {
                return broken("a page that leads to itself");
            }
            wanted = next;
        }
        broken("more pages than the package allows")
    }
}

fn asking(question: &Value, pages: &Pages, wanted: Option<Value>) -> Result<Value, CallError> {
    let mut question = question.clone();
    let fields = question.as_object_mut();
    let fields = fields.ok_or_else(|| CallError::Impossible("only fields can ask for a page".to_owned()))?;
    if let Some(wanted) = wanted {
        put(fields, &pages.field, wanted);
    }
    Ok(question)
}

fn at_mut<'v>(path: &str, answer: &'v mut Value) -> Option<&'v mut Value> {
    path.split('.').try_fold(answer, |here, name| here.get_mut(name))
}
