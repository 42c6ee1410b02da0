//! A playbook as nested fields: its language without the YAML around it, for
//! those who write it in another format or read it from one.

use super::{
    edition::sealed,
    model::Playbook,
    problem::{Problem, Source},
    write,
    yaml::{self, Node, Value},
};

/// One value of the language. Mappings keep their order, which is the printed
/// order of roles, facts, cases and steps.
#[derive(Clone, PartialEq, Debug)]
pub enum Field {
    /// Nothing.
    Nothing,
    /// True or false.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text; never taken for anything else.
    Text(String),
    /// A list.
    List(Vec<Field>),
    /// Names and values, in order.
    Map(Vec<(String, Field)>),
}

impl Field {
    /// A text.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// A list of texts.
    pub fn texts<S: Into<String>>(items: impl IntoIterator<Item = S>) -> Self {
        Self::List(items.into_iter().map(|item| Self::Text(item.into())).collect())
    }

    /// The names and values of a mapping; none of anything else.
    pub fn entries(&self) -> &[(String, Self)] {
        if let Self::Map(entries) = self { entries } else { &[] }
    }

    /// The value of this name in a mapping.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.entries().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// On one line, as YAML.
    fn write(&self, out: &mut String) {
        match self {
            Self::Nothing => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(words) => out.push_str(&write::quoted(words)),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (name, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    out.push_str(&write::quoted(name));
                    out.push_str(": ");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

impl From<Node> for Field {
    fn from(node: Node) -> Self {
        match node.value {
            Value::Null => Self::Nothing,
            Value::Bool(flag) => Self::Flag(flag),
            Value::Number(number) => Self::Number(number),
            Value::Text(words) => Self::Text(words),
            Value::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Map(entries) => {
                Self::Map(entries.into_iter().map(|(key, value)| (key.name, Self::from(value))).collect())
            }
        }
    }
}

impl Playbook {
    /// The playbook as fields, named as in its YAML. Texts have the languages
    /// the playbook has them in, translations laid over it included; what the
    /// answers of a fact are called is no part of the language.
    pub fn fields(&self) -> Result<Field, Vec<Problem>> {
        let source = Source { name: self.id.clone(), text: write::playbook(self) };
        yaml::tree(&source).map(Field::from)
    }

    /// The playbook these fields are, its text the one the program writes for
    /// it; or everything that is wrong with them.
    pub fn of_fields(name: &str, fields: &Field) -> Result<Self, Vec<Problem>> {
        let mut text = String::new();
        fields.write(&mut text);
        sealed(&Self::read(name, &text)?)
    }
}
