//! The templates of a new vault. `{{name}}`, `{{habit}}`, `{{title}}` and `{{date}}` are filled in when a note is made.

/// File name and text of each template, relative to the folder of templates.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("contact.md", include_str!("../../example-vault/templates/contact.md")),
    ("habit.md", include_str!("../../example-vault/templates/habit.md")),
    ("meeting.md", include_str!("../../example-vault/templates/meeting.md")),
];
