//! The whole public surface, one line a function, record, field and variant, read off the built
//! library. Whoever changes it reads the lines that changed (`cargo insta review`).

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;

use camino::Utf8PathBuf;
use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::{
    DefaultValueMetadata, EnumShape, FieldMetadata, FnParamMetadata, LiteralMetadata, Metadata,
    Type,
};

/// What the library says of itself.
fn metadata() -> Vec<Metadata> {
    // target/PROFILE/deps/surface-HASH: cargo built the library with this test, beside it. One folder
    // up is only what `cargo build` put there.
    let test = Utf8PathBuf::from_path_buf(std::env::current_exe().unwrap()).unwrap();
    let folder = test.parent().unwrap();
    let name = format!(
        "{}overview_bindings{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    extract_from_library(&folder.join(name)).unwrap()
}

#[test]
fn the_public_surface_is_the_reviewed_one() {
    let mut items: Vec<Vec<String>> = metadata().iter().map(lines_of).collect();
    // Present only where the suites build the library; no app has them.
    let of_suites = |line: &String| line.contains(".panic_") || line.contains(".time_");
    items.retain(|lines| !lines.iter().any(of_suites));
    // Fields and variants stay in their order, which both languages show.
    items.sort_by(|one, other| one.first().cmp(&other.first()));
    items.dedup();
    insta::assert_snapshot!(items.concat().join("\n"));
}

#[test]
fn defaults_are_those_of_the_core() {
    let core = overview_core::pack::PackRequest::default();
    let mut found = 0;
    for item in metadata() {
        let Metadata::Record(it) = item else { continue };
        for field in it.fields.iter().filter(|_| it.name == "PackRequest") {
            let of_core = match field.name.as_str() {
                "newest" => format!(" = {}", core.newest),
                "byte_budget" => format!(" = {}", core.byte_budget),
                "pictures" => format!(" = {}", core.pictures),
                _ => continue,
            };
            assert_eq!(default(&field.default), of_core, "{}", field.name);
            found += 1;
        }
    }
    assert_eq!(found, 3);
}

#[test]
fn nothing_has_a_name_that_a_language_cannot_have() {
    for item in metadata() {
        match item {
            Metadata::Enum(it) => {
                assert_ne!(it.name, "Error", "it would hide the language's own");
                for variant in &it.variants {
                    let is_error = !matches!(it.shape, EnumShape::Enum);
                    for field in &variant.fields {
                        // Kotlin's exceptions have a `message` already.
                        assert!(!is_error || field.name == "reason", "{}", it.name);
                        let hidden = matches!(
                            innermost(&field.ty),
                            Type::Record { name, .. } | Type::Enum { name, .. }
                                if *name == variant.name
                        );
                        assert!(!hidden, "{}.{} hides its own type", it.name, variant.name);
                    }
                    // Kotlin's variants are nested classes, and hide these.
                    let taken = ["List", "Map", "Set", "String", "Boolean"];
                    assert!(!taken.contains(&variant.name.as_str()), "{}", variant.name);
                }
            }
            Metadata::Method(it) => {
                assert_ne!(it.name, "close", "Kotlin's objects have it already");
                let may_fail = it.throws.is_some();
                assert!(may_fail || !it.is_async, "{}: what waits may fail", it.name);
            }
            _ => {}
        }
    }
}

#[test]
fn everything_is_explained() {
    let mut bare = Vec::new();
    let mut check = |name: String, docs: &Option<String>| {
        if docs.as_ref().is_none_or(|docs| docs.trim().is_empty()) {
            bare.push(name);
        }
    };
    for item in metadata() {
        match item {
            Metadata::Func(it) => check(it.name, &it.docstring),
            Metadata::Object(it) => check(it.name, &it.docstring),
            Metadata::Constructor(it) => check(it.name, &it.docstring),
            Metadata::Method(it) => check(format!("{}.{}", it.self_name, it.name), &it.docstring),
            Metadata::TraitMethod(it) => check(it.name, &it.docstring),
            Metadata::Record(it) => {
                for field in &it.fields {
                    check(format!("{}.{}", it.name, field.name), &field.docstring);
                }
                check(it.name, &it.docstring);
            }
            Metadata::Enum(it) => {
                for variant in &it.variants {
                    check(format!("{}.{}", it.name, variant.name), &variant.docstring);
                }
                check(it.name, &it.docstring);
            }
            _ => {}
        }
    }
    assert!(bare.is_empty(), "without a word of explanation: {bare:?}");
}

fn lines_of(item: &Metadata) -> Vec<String> {
    match item {
        Metadata::Func(it) => vec![format!(
            "fn {}{}",
            it.name,
            signature(&it.inputs, it.is_async, &it.return_type, &it.throws)
        )],
        Metadata::Object(it) => vec![format!("object {}", it.name)],
        Metadata::Constructor(it) => {
            let made = Some(Type::Object {
                module_path: String::new(),
                name: it.self_name.clone(),
                imp: uniffi_meta::ObjectImpl::Struct,
            });
            vec![format!(
                "object {} constructor {}{}",
                it.self_name,
                it.name,
                signature(&it.inputs, it.is_async, &made, &it.throws)
            )]
        }
        Metadata::Method(it) => vec![format!(
            "object {}.{}{}",
            it.self_name,
            it.name,
            signature(&it.inputs, it.is_async, &it.return_type, &it.throws)
        )],
        Metadata::TraitMethod(it) => vec![format!(
            "trait {}.{}{}",
            it.trait_name,
            it.name,
            signature(&it.inputs, it.is_async, &it.return_type, &it.throws)
        )],
        Metadata::Record(it) => std::iter::once(format!("record {}", it.name))
            .chain(
                it.fields
                    .iter()
                    .map(|of| format!("record {}.{}", it.name, field(of))),
            )
            .collect(),
        Metadata::Enum(it) => {
            let kind = match it.shape {
                EnumShape::Enum => "enum",
                EnumShape::Error { .. } => "error",
            };
            let variants = it.variants.iter().map(|variant| {
                let fields: Vec<String> = variant.fields.iter().map(field).collect();
                match fields.as_slice() {
                    [] => format!("{kind} {}.{}", it.name, variant.name),
                    fields => format!("{kind} {}.{}({})", it.name, variant.name, fields.join(", ")),
                }
            });
            std::iter::once(format!("{kind} {}", it.name))
                .chain(variants)
                .collect()
        }
        Metadata::CustomType(it) => vec![format!("type {} = {}", it.name, name_of(&it.builtin))],
        Metadata::CallbackInterface(it) => vec![format!("callback {}", it.name)],
        Metadata::UniffiTrait(it) => vec![format!("{it:?}")],
        Metadata::ObjectTraitImpl(it) => vec![format!("{it:?}")],
        Metadata::Namespace(_) | Metadata::UdlFile(_) => Vec::new(),
    }
}

fn signature(
    inputs: &[FnParamMetadata],
    is_async: bool,
    gives: &Option<Type>,
    throws: &Option<Type>,
) -> String {
    let inputs: Vec<String> = inputs
        .iter()
        .map(|it| format!("{}: {}{}", it.name, name_of(&it.ty), default(&it.default)))
        .collect();
    let mut text = format!("({})", inputs.join(", "));
    if is_async {
        text += " async";
    }
    if let Some(error) = throws {
        write!(text, " throws {}", name_of(error)).unwrap();
    }
    if let Some(gives) = gives {
        write!(text, " -> {}", name_of(gives)).unwrap();
    }
    text
}

fn field(it: &FieldMetadata) -> String {
    // A payload without a name has an empty one.
    let name = if it.name.is_empty() { "_" } else { &it.name };
    format!("{name}: {}{}", name_of(&it.ty), default(&it.default))
}

fn default(it: &Option<DefaultValueMetadata>) -> String {
    match it {
        None => String::new(),
        Some(DefaultValueMetadata::Default) => " = default".to_owned(),
        Some(DefaultValueMetadata::Literal(literal)) => match literal {
            LiteralMetadata::Boolean(it) => format!(" = {it}"),
            LiteralMetadata::UInt(it, ..) => format!(" = {it}"),
            LiteralMetadata::Int(it, ..) => format!(" = {it}"),
            LiteralMetadata::None => " = none".to_owned(),
            other => format!(" = {other:?}"),
        },
    }
}

fn innermost(of: &Type) -> &Type {
    match of {
        Type::Optional { inner_type }
        | Type::Sequence { inner_type }
        | Type::Box { inner_type } => innermost(inner_type),
        other => other,
    }
}

fn name_of(of: &Type) -> String {
    match of {
        Type::UInt8 => "u8".to_owned(),
        Type::UInt16 => "u16".to_owned(),
        Type::UInt32 => "u32".to_owned(),
        Type::UInt64 => "u64".to_owned(),
        Type::Int32 => "i32".to_owned(),
        Type::Int64 => "i64".to_owned(),
        Type::Float32 => "f32".to_owned(),
        Type::Float64 => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        Type::Optional { inner_type } => format!("{}?", name_of(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", name_of(inner_type)),
        Type::Map {
            key_type,
            value_type,
        } => {
            format!("[{}: {}]", name_of(key_type), name_of(value_type))
        }
        Type::Box { inner_type } => name_of(inner_type),
        other => panic!("a type that has no name here yet: {other:?}"),
    }
}
