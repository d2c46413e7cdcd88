//! Forms, as the checker sees them.

use yimen_tools::check;

use crate::packages::{backed, edited, maps};

#[tokio::test]
async fn a_form_that_cannot_be_shown_is_refused_with_line_and_remedy() {
    let path = "forms/renewal.json";
    for (from, to, field, remedy) in [
        ("\"maxLength\": 200", "\"maxlength\": 200", "properties.deliver_to.maxlength", "maxLength"),
        ("\"required\": [\"reason\"]", "\"required\": [\"reasons\"]", "required", "Correct the name"),
        ("\"zh\": \"损坏\", ", "", "properties.reason.x-choices.damaged", "Chinese may not be left out"),
    ] {
        let checked = check("vehicle-office", &edited(&backed(), path, from, to), &maps()).await;
        let errors: Vec<_> = checked.findings.errors().collect();
        assert_eq!(errors.len(), 1, "{}", checked.findings);
        assert_eq!((errors[0].file.as_str(), errors[0].field.as_deref()), (path, Some(field)));
        assert!(errors[0].line.is_some_and(|line| line > 1));
        assert!(errors[0].problem.remedy.contains(remedy), "{}", errors[0]);
    }
    let checked = check("vehicle-office", &backed(), &maps()).await;
    assert!(checked.findings.is_empty(), "{}", checked.findings);
}
